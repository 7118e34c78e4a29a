"""Numbers in the expressions of a study's indicators, each in a cell of its own."""

from __future__ import annotations

from capshare.reports.workbook.expressions import numbers_of
from capshare.reports.workbook.workbook_data import WorkbookData


def expression_numbers(data: WorkbookData) -> dict[float, str]:
    """Number → name of its cell, of the indicators that share out the cap and of those of the potential.

    Parameters
    ----------
    data : of the run
    """
    own = () if data.used is None else data.used.expressions.values()
    asked = data.setting("potential.indicators", ())
    return numbers_of([*own, *(str(one["expression"]) for one in asked)])
