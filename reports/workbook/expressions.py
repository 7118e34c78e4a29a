"""An indicator's expression as a spreadsheet formula on the input cells."""

from __future__ import annotations

import ast
from collections.abc import Callable

from capshare.indicators.expression import columns_of

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def formula_of(
    expression: str, cell_of: Callable[[str], str], number_of: Callable[[float], str] = repr
) -> str:
    """The expression with cells in the place of columns.

    Parameters
    ----------
    expression : ``+ - * /``, unary minus, parentheses, numbers and names of columns
    cell_of : name of a column → its cell
    number_of : number → how a formula says it

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
    return _written(tree, cell_of, number_of)


def _written(node: ast.expr, cell_of: Callable[[str], str], number_of: Callable[[float], str]) -> str:
    match node:
        case ast.Name(id=name):
            return cell_of(name)
        case ast.Constant(value=int() | float() as number):
            return number_of(number)
        case ast.UnaryOp(operand=operand):
            return f"(-{_written(operand, cell_of, number_of)})"
        case ast.BinOp(left=left, op=op, right=right):
            sides = [_bracketed(side, cell_of, number_of) for side in (left, right)]
            return _SIGNS[type(op)].join(sides)
    raise TypeError(f"{ast.dump(node)} is no part of an expression")


def _bracketed(node: ast.expr, cell_of: Callable[[str], str], number_of: Callable[[float], str]) -> str:
    written = _written(node, cell_of, number_of)
    return f"({written})" if isinstance(node, ast.BinOp) else written
