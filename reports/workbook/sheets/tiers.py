"""Whether the members of each tier have one cut, as columns of the allocation and as a check; live."""

from __future__ import annotations

import pandas as pd

from capshare.model.allocation.checks import FEASIBLE_MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.matching import YEAR, same

_TIER, _QUOTA, _APART = "tier", "quota_per_constant", "apart_in_tier_mt"


def tier_names(builder: WorkbookBuilder) -> tuple[str, ...]:
    """Names of the columns of :func:`tier_fields`.

    Parameters
    ----------
    builder : its data is read
    """
    targets = builder.data.targets
    return (_TIER, _QUOTA, _APART) if targets is not None and targets.is_bound else ()


def tier_fields(builder: WorkbookBuilder) -> list[Field]:
    """Tier, quota per tonne at constant intensity, and how far the quota is from its tier's; none unbound.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``entitlements`` and ``scores``
    """
    data, targets = builder.data, builder.data.targets
    if targets is None or not targets.is_bound:
        return []
    grid, scores = builder.grids["allocation"], builder.grids["scores"]
    share = builder.grids["entitlements"]
    per_tonne = data.provinces["quota_mt"] / targets.constant_mt

    def mean(row: Label) -> str:
        mine = same(grid, grid, row, (*YEAR, _TIER))
        return f"SUMPRODUCT({mine}*{grid.span(_QUOTA)})/SUMPRODUCT({mine}*1)"

    def apart(row: Label) -> str:
        return f"({grid.at(_QUOTA, row)}-{mean(row)})*{share.peer('constant_intensity_mt', row)}"

    return [
        Field(
            _TIER,
            data.provinces["group"].to_dict(),
            "live",
            lambda row: scores.find("group", grid.at("code", row), by="code"),
        ),
        Field(
            _QUOTA,
            per_tonne.to_dict(),
            "live",
            lambda row: f"{grid.at('quota_mt', row)}/{share.peer('constant_intensity_mt', row)}",
            "",
        ),
        Field(_APART, _apart_mt(builder, per_tonne).to_dict(), "live", apart),
    ]


def _apart_mt(builder: WorkbookBuilder, per_tonne: pd.Series) -> pd.Series:
    data = builder.data
    tier = [per_tonne.index.get_level_values("year"), data.provinces["group"]]
    apart = per_tonne - per_tonne.groupby(tier).transform("mean")
    return apart if data.targets is None else apart * data.targets.constant_mt


def tier_checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """How far the quota furthest from its tier's cut is from it; none where tiers are not bound.

    Parameters
    ----------
    builder : with the place of ``allocation``
    """
    targets = builder.data.targets
    if targets is None or not targets.is_bound:
        return {}
    apart = _apart_mt(builder, builder.data.provinces["quota_mt"] / targets.constant_mt)
    column = builder.grids["allocation"].column(_APART)
    return {_APART: Check(f"MAX(MAX({column}),-MIN({column}))", float(apart.abs().max()), FEASIBLE_MT)}
