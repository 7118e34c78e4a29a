"""Numbers in the expressions of indicators: each stands once among the assumptions, and formulas name it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.expressions import formula_of
from capshare.reports.workbook.workbook_data import WorkbookData

_SECTIONS = ("indicators", "burden.indicators", "potential.indicators")


def expression_numbers(data: WorkbookData) -> dict[float, str]:
    """Number → its name in formulas; 0 and 1 need none.

    Parameters
    ----------
    data : of the run; its study has the expressions
    """
    return numbers_of(str(one["expression"]) for name in _SECTIONS for one in data.setting(name, ()))


def numbers_of(expressions: Iterable[str]) -> dict[float, str]:
    """Number → its name in formulas, of some expressions.

    Parameters
    ----------
    expressions : in the order in which their numbers are named
    """
    found: dict[float, str] = {}
    for expression in expressions:
        for node in ast.walk(ast.parse(expression.strip(), mode="eval")):
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
                number = float(node.value)
                if number not in (0.0, 1.0) and number not in found:
                    found[number] = f"number_{len(found) + 1}"
    return found


def expression_formula(builder: WorkbookBuilder, expression: str, cell_of: Callable[[str], str]) -> str:
    """The expression on the cells of its columns, its numbers by their names.

    Parameters
    ----------
    builder : with the names of the assumptions
    expression, cell_of : as of :func:`~capshare.reports.workbook.expressions.formula_of`
    """
    names = expression_numbers(builder.data)

    def number(value: float) -> str:
        return builder.named(names[float(value)]) if float(value) in names else repr(value)

    return formula_of(expression, cell_of, number)
