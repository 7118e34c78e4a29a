"""Entitlements as functions of their block's quota."""

from __future__ import annotations

import pandas as pd

from capshare.model.allocation.entitlement import entitlements
from capshare.reports.workbook.kept import kept
from capshare.reports.workbook.workbook_data import WorkbookData


@kept
def affine(data: WorkbookData) -> pd.DataFrame | None:
    """Entitlements as functions of their block's quota, index (year, code); None without raw shares.

    Parameters
    ----------
    data : of the run; blocks, bounds and caps in Mt CO2
    """
    share, p = data.raw_share, data.provinces
    if share is None:
        return None
    parts = {}
    for year in data.years:
        rows = p.xs(year, level="year")
        parts[year] = entitlements(
            share.loc[year].loc[rows.index],
            rows["block"],
            data.blocks.loc[year]["cap_mt"],
            rows["floor_mt"],
            rows["ceiling_mt"],
            None if data.targets is None else data.targets.offset_mt.loc[year],
        )
    return pd.concat(parts, names=["year", "code"])
