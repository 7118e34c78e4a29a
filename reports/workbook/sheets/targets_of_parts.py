"""What a rounded cut means inside the national market and outside: columns of the sheet of targets."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import PERCENT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.market_sectors import SHEET

MARKET, REST, ROUNDED = "market_cut_at_target_pct", "rest_cut_at_target_pct", "rest_rounded_cut_pct"


def names_of_parts(builder: WorkbookBuilder, cuts: pd.DataFrame) -> tuple[str, ...]:
    """Columns of both parts; none where the study does not divide its emissions.

    Parameters
    ----------
    builder : with the sheet of the market's sectors, if the run has one
    cuts : index code; of ``targets.csv``
    """
    return (MARKET, REST, ROUNDED) if ROUNDED in cuts and SHEET in builder.grids else ()


def fields_of_parts(builder: WorkbookBuilder, cuts: pd.DataFrame) -> list[Field]:
    """Cuts of both parts from the rounded quota and the market's; the rounding is a solver's.

    Parameters
    ----------
    builder : with the place of ``targets``
    cuts : index code; of ``targets.csv``
    """
    if not names_of_parts(builder, cuts):
        return []
    grid, parts, percent = builder.grids["targets"], builder.grids[SHEET], builder.named("percent")
    year, is_fixed = builder.data.years[-1], _is_fixed(builder)

    def of(name: str, code: Label) -> str:
        return parts.peer(name, (year, code))

    def market_quota(code: Label) -> str:
        quota = of("market_quota_mt", code)
        # In proportion it moves with the quota that it is a part of.
        return (
            quota if is_fixed else f"{quota}*{grid.at('rounded_quota_mt', code)}/{grid.at('quota_mt', code)}"
        )

    def cut(quota: str, part: str, code: Label) -> str:
        own = of(f"{part}_mt", code)
        return f'IF({own}>0,{percent}*(1-({quota})/({own}*{of("gdp_ratio", code)})),"")'

    def market(code: Label) -> str:
        return cut(market_quota(code), "market", code)

    def rest(code: Label) -> str:
        return cut(f"{grid.at('rounded_quota_mt', code)}-{market_quota(code)}", "rest", code)

    values = {name: _filled(cuts[name]) for name in (MARKET, REST, ROUNDED)}
    return [
        Field(MARKET, values[MARKET], "live", market, PERCENT),
        Field(REST, values[REST], "live", rest, PERCENT),
        Field(ROUNDED, values[ROUNDED], "solved", unit=PERCENT),
    ]


def _is_fixed(builder: WorkbookBuilder) -> bool:
    """Whether the market's quota is stated by its change, and not a part of each quota."""
    return builder.data.setting("market_sectors.yearly_change_pct", None) is not None


def _filled(values: pd.Series) -> dict[Label, object]:
    """A part without emissions has no cut; its cell is blank."""
    return {label: value if value == value else "" for label, value in values.astype(float).items()}
