"""An indicator's expression as a spreadsheet formula on the input cells."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from capshare.indicators.expression import columns_of

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def numbers_of(expressions: Iterable[str]) -> dict[float, str]:
    """Numbers other than 0 and 1 in expressions, and the name of the cell that holds each.

    Parameters
    ----------
    expressions : as of :func:`formula_of`
    """
    trees = (ast.walk(ast.parse(expression.strip(), mode="eval")) for expression in expressions)
    constants = (node.value for tree in trees for node in tree if isinstance(node, ast.Constant))
    numbers = {float(number) for number in constants if isinstance(number, int | float)} - {0.0, 1.0}
    return {number: f"number_{place}" for place, number in enumerate(sorted(numbers), start=1)}


def formula_of(
    expression: str, cell_of: Callable[[str], str], names: Mapping[float, str] = MappingProxyType({})
) -> str:
    """The expression with cells in the place of columns.

    Parameters
    ----------
    expression : ``+ - * /``, unary minus, parentheses, numbers and names of columns
    cell_of : name of a column → its cell
    names : number → name of the cell that holds it; others are written as they are

    Returns
    -------
    str
        without the leading =; parentheses wherever the order of evaluation asks for them

    Raises
    ------
    CapshareError
        where the text is anything else
    """
    columns_of(expression)
    tree = ast.parse(expression.strip(), mode="eval").body
    return _written(tree, cell_of, names)


def _written(node: ast.expr, cell_of: Callable[[str], str], names: Mapping[float, str]) -> str:
    match node:
        case ast.Name(id=name):
            return cell_of(name)
        case ast.Constant(value=int() | float() as number):
            return names.get(float(number), repr(number))
        case ast.UnaryOp(operand=operand):
            return f"(-{_written(operand, cell_of, names)})"
        case ast.BinOp(left=left, op=op, right=right):
            sides = [_bracketed(side, cell_of, names) for side in (left, right)]
            return _SIGNS[type(op)].join(sides)
    raise TypeError(f"{ast.dump(node)} is no part of an expression")


def _bracketed(node: ast.expr, cell_of: Callable[[str], str], names: Mapping[float, str]) -> str:
    written = _written(node, cell_of, names)
    return f"({written})" if isinstance(node, ast.BinOp) else written
