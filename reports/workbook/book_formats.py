"""Formats of the workbook that follow its values."""

from __future__ import annotations

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.formats import mark_bars, mark_negative


def add_formats(found: WorkbookBuilder) -> None:
    """Negative numbers in red, and bars behind scores, weights and quotas.

    Parameters
    ----------
    found : with every sheet written
    """
    for name, column in (
        ("balance", "balance_mt"),
        ("market", "gain_1e8yuan"),
        ("intensity", "cut_vs_base_pct"),
    ):
        grid = found.grids.get(name)
        if grid is not None:
            mark_negative(found.book[grid.sheet], grid, column)
    for name, column in (("scores", "score"), ("weights", "weight"), ("allocation", "quota_mt")):
        grid = found.grids[name]
        if grid.labels:
            mark_bars(found.book[grid.sheet], grid, column)
