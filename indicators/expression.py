"""Expression: an indicator written as arithmetic over columns, parsed and never executed."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion

Vector = NDArray[np.float64]

# Many times what an indicator needs, and far from the thousand calls at which Python gives up.
_LONGEST, _DEEPEST = 1000, 100
# Provinces that a message names; of more, how many they are.
_LISTED = 8
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_ALLOWED = "columns and numbers joined by + - * / and parentheses"
_REMEDY = "Write for example gdp_1e8yuan / population_1e4."


def columns_of(expression: str) -> tuple[str, ...]:
    """Columns that an expression reads.

    Parameters
    ----------
    expression : ``+ - * /``, unary minus, parentheses, numbers and names of columns

    Returns
    -------
    names, each once, in alphabetical order

    Raises
    ------
    CapshareError
        where the text is anything else.
    """
    return _names(_parse(expression, "expression", shown(expression)))


def evaluate(expression: str, table: pd.DataFrame, source: str, place: str) -> pd.Series:
    """Value of an expression for every province.

    Parameters
    ----------
    expression : ``+ - * /``, unary minus, parentheses, numbers and names of columns
    table : index code, numeric columns; units as the columns' names say
    source, place : where the expression was written, for the messages

    Returns
    -------
    Series without a name, index as `table`, in the unit the arithmetic gives

    Raises
    ------
    CapshareError
        where the text is anything else, a column is unknown, or a province has no finite value.
    """
    tree = _parse(expression, source, place)
    problems = [
        Problem(source, place, "a numeric column", shown(name), suggestion(name, _numeric(table)))
        for name in _names(tree)
        if name not in _numeric(table)
    ]
    if problems:
        raise CapshareError(problems)
    with np.errstate(over="ignore"):
        value = _value(tree, table, source, place)
    _require_finite(value, expression, source, place)
    return value.rename(None)


def evaluate_array(expression: str, columns: Mapping[str, Vector]) -> Vector:
    """Value of an expression on arrays; not finite where :func:`evaluate` refuses the numbers.

    Parameters
    ----------
    expression : as of :func:`evaluate`
    columns : name → numbers, one per province; at least those of :func:`columns_of`
    """
    some = next(iter(columns.values()))
    with np.errstate(all="ignore"):
        value: Vector = np.broadcast_to(_array(_parsed(expression), columns), some.shape)
    return value


@cache
def _parsed(expression: str) -> ast.expr:
    return _parse(expression, "expression", shown(expression))


def _array(node: ast.expr, columns: Mapping[str, Vector]) -> Any:
    match node:
        case ast.Name(id=name):
            return columns[name]
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(operand=operand):
            return -_array(operand, columns)
        case ast.BinOp(left=left, op=op, right=right):
            first, second = np.asarray(_array(left, columns)), np.asarray(_array(right, columns))
            return _OPERATORS[type(op)](first, second)
    raise TypeError(f"{ast.dump(node)} passed the check of what is allowed")


def _parse(expression: str, source: str, place: str) -> ast.expr:
    text = expression.strip()
    if not text or len(text) > _LONGEST:
        found = f"{len(text)} characters" if text else "an empty text"
        expected = f"{_ALLOWED}, at most {_LONGEST} characters"
        raise CapshareError(Problem(source, place, expected, found, _REMEDY))
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CapshareError(Problem(source, place, _ALLOWED, shown(text), _REMEDY)) from error
    refused = _refused(tree)
    if refused is not None:
        raise CapshareError(Problem(source, place, _ALLOWED, f"{refused} in {shown(text)}", _REMEDY))
    return tree


def _refused(tree: ast.expr) -> str | None:
    """First part that is not on the list of what is allowed; walked without recursion."""
    pending = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > _DEEPEST:
            return f"more than {_DEEPEST} nested operations"
        match node:
            case ast.Name():
                continue
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                if not _is_finite(number):
                    return "a number that is too large"
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                pending.append((operand, depth + 1))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                pending += [(right, depth + 1), (left, depth + 1)]
            case _:
                return shown(ast.unparse(node))
    return None


def _is_finite(number: float) -> bool:
    try:
        return bool(np.isfinite(float(number)))
    except OverflowError:
        return False


def _names(tree: ast.expr) -> tuple[str, ...]:
    return tuple(sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}))


def _numeric(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table.select_dtypes("number").columns]


def _value(node: ast.expr, table: pd.DataFrame, source: str, place: str) -> pd.Series:
    match node:
        case ast.Name(id=name):
            column = table[name].astype("float64")
            _require_finite(column, name, source, place)
            return column
        case ast.Constant(value=int() | float() as number):
            return pd.Series(float(number), index=table.index)
        case ast.UnaryOp(operand=operand):
            return -_value(operand, table, source, place)
        case ast.BinOp(left=left, op=op, right=right):
            first, second = (_value(side, table, source, place) for side in (left, right))
            if isinstance(op, ast.Div):
                _require_divisor(second, right, source, place)
            value: pd.Series = _OPERATORS[type(op)](first, second)
            return value
    raise TypeError(f"{ast.dump(node)} passed the check of what is allowed")


def _require_divisor(divisor: pd.Series, node: ast.expr, source: str, place: str) -> None:
    zero = divisor.index[divisor == 0]
    if len(zero):
        found = f"a division by zero: {ast.unparse(node)} is 0 for {_codes(zero)}"
        remedy = "Divide by a column that is never 0, or leave these regions out."
        raise CapshareError(Problem(source, place, "a divisor other than 0", found, remedy))


def _require_finite(value: pd.Series, text: str, source: str, place: str) -> None:
    wrong = value.index[~np.isfinite(value.to_numpy(dtype=float))]
    if len(wrong):
        found = f"{text} without one for {_codes(wrong)}"
        remedy = "Supply the missing figures or use another column."
        raise CapshareError(Problem(source, place, "a finite number for every region", found, remedy))


def _codes(index: pd.Index) -> str:
    more = f" and {len(index) - _LISTED} more" if len(index) > _LISTED else ""
    return ", ".join(map(str, index[:_LISTED])) + more
