"""The market of each year after its allocation, with the study's offsets, collar and auction."""

from __future__ import annotations

import pandas as pd

from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.indicators.dataset.units import is_price_of_tonne
from capshare.model.allocation.data import AllocationData
from capshare.model.market.clearing import MarketClearing, clear_market, clearing_price
from capshare.model.market.inputs import PriceCollar
from capshare.model.market.offsets_and_reserve import auction, balance_values, named_prices, with_offsets
from capshare.model.outcome.trade import Trade


def trade(found: PreparedStudy, solved: YearlyAllocations, balance_mt: pd.Series) -> Trade:
    """Clear the market of every year.

    Purchases are not limited here, so its price can differ from the allocation's π.

    Parameters
    ----------
    found, solved : of the run
    balance_mt : index code; of the last year, Mt
    """
    tables, rows = {}, {}
    for year, data in solved.data.items():
        quota = in_year(solved.entitled, year)["quota_mt"]
        market = _cleared(found, data, quota)
        tables[year] = market.provinces.join(auction(market, quota, found.study.market.auctioned_share))
        rows[year] = _row(market, tables[year], _collar(found, data).ceiling_yuan_per_t)
    return Trade(
        provinces=pd.concat(tables, names=["year", "code"]),
        years=pd.DataFrame.from_dict(rows, orient="index").rename_axis("year"),
        balance_values=_values_at_named_prices(found, balance_mt),
    )


def market_price(found: PreparedStudy, data: AllocationData, quota_mt: pd.Series) -> float:
    """Clearing price of the market after one year's allocation, yuan/t.

    Parameters
    ----------
    found : the study's chain
    data : of the year's allocation
    quota_mt : index code, Mt
    """
    needed = float(data.provinces["emissions_mt"].sum() - quota_mt.sum())
    return clearing_price(needed, _steps(found, data), _collar(found, data))


def _collar(found: PreparedStudy, data: AllocationData) -> PriceCollar:
    """The study's collar; without a ceiling nobody pays more than what uncovered emissions cost."""
    asked = found.study.market
    ceiling = asked.price_ceiling_yuan_per_t
    return PriceCollar(
        asked.price_floor_yuan_per_t or 0.0, data.limits.penalty_yuan_per_t if ceiling is None else ceiling
    )


def _cleared(found: PreparedStudy, data: AllocationData, quota_mt: pd.Series) -> MarketClearing:
    collar = _collar(found, data)
    provinces = pd.DataFrame({"emissions_mt": data.provinces["emissions_mt"], "quota_mt": quota_mt})
    outside = max(data.limits.penalty_yuan_per_t, collar.ceiling_yuan_per_t)
    return clear_market(provinces, _steps(found, data), collar=collar, outside_yuan_per_t=outside)


def _steps(found: PreparedStudy, data: AllocationData) -> pd.DataFrame:
    """What may be abated, with the study's offsets."""
    asked, emissions = found.study.market, data.provinces["emissions_mt"]
    if asked.offsets_share == 0 or asked.offset_price_yuan_per_t is None:
        return data.steps
    return with_offsets(
        data.steps, emissions, max_share=asked.offsets_share, price_yuan_per_t=asked.offset_price_yuan_per_t
    )


def _row(
    market: MarketClearing, provinces: pd.DataFrame, ceiling_yuan_per_t: float
) -> dict[str, float | str]:
    return {
        "price_yuan_per_t": market.price_yuan_per_t,
        # Where no step is left the next tonne is bought at the ceiling.
        "price_low_yuan_per_t": min(market.price_low_yuan_per_t, ceiling_yuan_per_t),
        "price_high_yuan_per_t": min(market.price_high_yuan_per_t, ceiling_yuan_per_t),
        "regime": market.regime,
        "traded_mt": float(provinces["purchase_mt"].sum()),
        "offset_mt": float(provinces["offset_mt"].sum()),
        "extra_mt": market.extra_mt,
        "withheld_mt": market.withheld_mt,
        "abatement_cost_1e8yuan": float(provinces["abatement_cost_1e8yuan"].sum()),
        "no_trade_cost_1e8yuan": float(provinces["no_trade_cost_1e8yuan"].sum()),
        "gain_1e8yuan": float(provinces["gain_1e8yuan"].sum()),
        "auction_payment_1e8yuan": float(provinces["due_to_auction_1e8yuan"].sum()),
    }


def _values_at_named_prices(found: PreparedStudy, balance_mt: pd.Series) -> pd.DataFrame | None:
    """Worth of each balance at the carbon prices of the dataset, 1e8 yuan; None where it has none."""
    national = found.inputs.dataset.national
    if national is None or not national["unit"].map(is_price_of_tonne).any():
        return None
    values = balance_values(balance_mt, named_prices(national))
    return values.rename(columns=lambda name: f"{name.replace(' ', '_')}_1e8yuan")
