"""Ranks as formulas: what differs by rounding alone is a tie in every program, and shares a rank."""

from __future__ import annotations

from capshare.reports.workbook.builder import WorkbookBuilder


def rank_formula(builder: WorkbookBuilder, mine: str, every: str, among: str = "1*") -> str:
    """Rank of a cell from the largest down, as :func:`~capshare.model.outcome.distance.ranks` gives it.

    Parameters
    ----------
    builder : with the names of the assumptions
    mine, every : the cell, and the range that it is part of
    among : factor that is 1 in the rows that count, with its sign of multiplication; by default all do
    """
    own, others = _rounded(builder, mine), _rounded(builder, every)
    last = f"SUMPRODUCT({among}({others}>={own}))"
    return f"AVERAGE({first_rank_formula(builder, mine, every, among)},{last})"


def first_rank_formula(builder: WorkbookBuilder, mine: str, every: str, among: str = "1*") -> str:
    """Rank of a cell from the largest down where ties share the first of their ranks.

    Parameters
    ----------
    builder, mine, every, among : as of :func:`rank_formula`
    """
    return f"1+SUMPRODUCT({among}({_rounded(builder, every)}>{_rounded(builder, mine)}))"


def _rounded(builder: WorkbookBuilder, cells: str) -> str:
    return f"ROUND({cells},{builder.named('rank_digits')})"
