"""The market that the quotas would make without limits on trade, year by year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.base.conventions import conventions
from capshare.base.errors import CapshareError
from capshare.model.market.clearing import MarketClearing, clear_market
from capshare.model.market.inputs import ROUNDING_MT
from capshare.reports.folder.as_written import in_amounts
from capshare.reports.workbook.workbook_data import MOST_STEPS, WorkbookData


@dataclass(frozen=True)
class FreeMarket:
    """How the market cleared in every year.

    Attributes
    ----------
    figures : index year; ``needed_mt, clearing_price, marginal_part, sold_part, outside_price``
    provinces : index (year, code); the columns of :class:`~capshare.model.market.clearing.MarketClearing`
    used_mt : index (year, code, step)
    """

    figures: pd.DataFrame
    provinces: pd.DataFrame
    used_mt: pd.Series


def free_market(data: WorkbookData) -> FreeMarket | None:
    """Clear the market of every year.

    Parameters
    ----------
    data : of the run

    Returns
    -------
    FreeMarket; None where the steps do not suffice for it, or are too many for a spreadsheet
    """
    if len(data.steps) > MOST_STEPS * len(data.years):
        return None
    cleared = {year: _cleared(data, year) for year in data.years}
    found = {year: market for year, market in cleared.items() if market is not None}
    if len(found) < len(cleared):
        return None
    figures = {year: _figures(data, year, market) for year, market in found.items()}
    names = ["year", "code", "step"]
    return FreeMarket(
        figures=pd.DataFrame.from_dict(figures, orient="index").rename_axis("year"),
        provinces=in_amounts(
            pd.concat({year: market.provinces for year, market in found.items()}, names=names[:2]),
            conventions().per_inside,
        ),
        used_mt=pd.concat({year: market.used_mt for year, market in found.items()}, names=names),
    )


def _cleared(data: WorkbookData, year: int) -> MarketClearing | None:
    rows, steps = data.in_year(year), data.steps_in(year)
    try:
        return clear_market(
            rows[["emissions_mt", "quota_mt"]],
            steps[["size_mt", "cost_yuan_per_t"]],
            outside_yuan_per_t=_outside(data, steps),
        )
    except CapshareError:
        # Steps that end before the need does have no clearing price; the sheet says so.
        return None


def _outside(data: WorkbookData, steps: pd.DataFrame) -> float:
    penalty = float(data.setting("allocation.penalty_yuan_per_t", 0.0))
    return max(penalty, float(steps["cost_yuan_per_t"].max()))


def _figures(data: WorkbookData, year: int, market: MarketClearing) -> dict[str, float]:
    rows, steps = data.in_year(year), data.steps_in(year)
    needed = float(rows["emissions_mt"].sum() - rows["quota_mt"].sum())
    return {
        "needed_mt": needed,
        "clearing_price": market.price_yuan_per_t,
        "marginal_part": _marginal_part(steps, market.price_yuan_per_t, needed),
        "sold_part": _sold_part(market.provinces, needed),
        "outside_price": _outside(data, steps),
    }


def _marginal_part(steps: pd.DataFrame, price: float, needed_mt: float) -> float:
    size, cost = steps["size_mt"], steps["cost_yuan_per_t"]
    marginal = float(size[cost == price].sum())
    if marginal <= 0:
        return 0.0
    return min(max((needed_mt - float(size[cost < price].sum())) / marginal, 0.0), 1.0)


def _sold_part(provinces: pd.DataFrame, needed_mt: float) -> float:
    spare = float((provinces["sale_mt"] + provinces["unsold_mt"]).sum())
    if needed_mt >= -ROUNDING_MT or spare <= 0:
        return 1.0
    return min(float(provinces["purchase_mt"].sum()) / spare, 1.0)
