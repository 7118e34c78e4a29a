"""The market after allocation: one price clears what the quotas leave over and what they lack."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.model.market.inputs import (
    IN_1E8YUAN,
    ROUNDING_MT,
    PriceCollar,
    collar_problems,
    market_problems,
)
from capshare.model.market.no_trade import no_trade


@dataclass(frozen=True, eq=False)
class MarketClearing:
    """How the market cleared.

    Attributes
    ----------
    price_yuan_per_t : clearing price: the cost of the dearest tonne abated, or the collar's floor or ceiling
    price_low_yuan_per_t, price_high_yuan_per_t : without a collar, what one tonne of quota more would save
        and one less would cost; they differ where a step is just used up, and any price between them clears.
        Infinite where no step is left.
    regime : "slack" (quotas cover emissions, price 0), "cleared", "floor" or "ceiling"
    extra_mt : allowances sold at the ceiling on top of the quotas, Mt
    withheld_mt : allowances taken up at the floor, Mt
    used_mt : index (``code``, ``step``) as given; abatement of each step, Mt
    provinces : index ``code``; ``abatement_mt, offset_mt, purchase_mt, sale_mt, unsold_mt`` (Mt),
        ``abatement_cost_1e8yuan`` (with offsets), ``trade_cost_1e8yuan`` (negative: revenue),
        ``no_trade_cost_1e8yuan, uncovered_no_trade_mt, gain_1e8yuan`` (from trade)
    """

    price_yuan_per_t: float
    price_low_yuan_per_t: float
    price_high_yuan_per_t: float
    regime: str
    extra_mt: float
    withheld_mt: float
    used_mt: pd.Series
    provinces: pd.DataFrame


def clear_market(
    provinces: pd.DataFrame,
    steps: pd.DataFrame,
    *,
    collar: PriceCollar | None = None,
    outside_yuan_per_t: float | None = None,
) -> MarketClearing:
    r"""Clear one national market: abate everywhere what is cheaper than the price, trade the rest.

    .. math:: \sum_i E_i - \sum_{is} a_{is}(p) = \sum_i x_i + \text{extra} - \text{withheld}

    Steps of all provinces are merged by cost and used until the quotas suffice; a step that is needed in part
    is used in the same part wherever it costs the same. With the collar's ceiling, extra allowances are sold
    at it instead of dearer abatement; with its floor, allowances that nobody needs at it are withheld.
    Purchases are not limited: the price may differ from the allocation's :math:`\pi`, where they are.

    Parameters
    ----------
    provinces : index ``code``; ``emissions_mt`` and ``quota_mt``, Mt CO2
    steps : index (``code``, ``step``); ``size_mt``, ``cost_yuan_per_t``, and optionally ``kind``
        ("abatement" or "offset"; without the column all are abatement)
    collar : floor and ceiling of the price
    outside_yuan_per_t : what a tonne costs without trade that the province's own steps do not cover; at
        least the clearing price. None: the collar's ceiling, or an error where there is such a tonne

    Returns
    -------
    MarketClearing

    Raises
    ------
    InfeasibleError
        where all steps together do not bring emissions down to the quotas and no ceiling sells the rest, or
        a province alone cannot, and no price for its uncovered emissions is given.
    CapshareError
        where provinces differ or a number is out of range; all at once.
    """
    problems = market_problems(provinces, steps) + collar_problems(collar, outside_yuan_per_t)
    if problems:
        raise CapshareError(problems)
    ordered = steps[steps["size_mt"] > 0].sort_values("cost_yuan_per_t", kind="stable")
    needed_mt = float(provinces["emissions_mt"].sum() - provinces["quota_mt"].sum())
    low, high = clearing_prices(ordered, needed_mt)
    price, regime = _collared(low, collar, "slack" if needed_mt < -ROUNDING_MT else "cleared")
    _require_clearing(price, needed_mt, float(ordered["size_mt"].sum()), outside_yuan_per_t)
    used = _used(ordered, price, needed_mt).reindex(steps.index, fill_value=0.0).rename("used_mt")
    gap = needed_mt - float(used.sum())
    outside = collar.ceiling_yuan_per_t if collar and outside_yuan_per_t is None else outside_yuan_per_t
    alone = no_trade(provinces, steps, outside)
    return MarketClearing(
        price_yuan_per_t=price,
        price_low_yuan_per_t=low,
        price_high_yuan_per_t=high,
        regime=regime,
        extra_mt=gap if regime == "ceiling" and gap > ROUNDING_MT else 0.0,
        withheld_mt=-gap if regime == "floor" and -gap > ROUNDING_MT else 0.0,
        used_mt=used,
        provinces=_positions(provinces, steps, used, price, regime, alone),
    )


def clearing_price(needed_mt: float, steps: pd.DataFrame, collar: PriceCollar) -> float:
    """Price that clears a market inside its collar, yuan/t, and nothing beside it.

    Parameters
    ----------
    needed_mt : emissions less quotas, Mt
    steps : of all provinces; ``size_mt``, ``cost_yuan_per_t``
    collar : floor and ceiling of the price
    """
    ordered = steps[steps["size_mt"] > 0].sort_values("cost_yuan_per_t", kind="stable")
    return _collared(clearing_prices(ordered, needed_mt)[0], collar, "cleared")[0]


def clearing_prices(ordered_steps: pd.DataFrame, needed_mt: float) -> tuple[float, float]:
    """Price of the market from both sides: what one more tonne of quota saves, and one less costs.

    Parameters
    ----------
    ordered_steps : ``size_mt`` (above 0) and ``cost_yuan_per_t``, sorted by cost
    needed_mt : emissions less quotas, Mt

    Returns
    -------
    two prices in yuan/t; 0 while quotas suffice, infinite where no step is left
    """
    sums = ordered_steps["size_mt"].to_numpy(dtype=float).cumsum()
    costs = np.append(ordered_steps["cost_yuan_per_t"].to_numpy(dtype=float), np.inf)
    low = 0.0 if needed_mt <= ROUNDING_MT else float(costs[np.searchsorted(sums, needed_mt - ROUNDING_MT)])
    if needed_mt < -ROUNDING_MT:
        return 0.0, 0.0
    return low, float(costs[np.searchsorted(sums, needed_mt + ROUNDING_MT, side="right")])


def _collared(low: float, collar: PriceCollar | None, regime: str) -> tuple[float, str]:
    if collar is None or collar.floor_yuan_per_t <= low <= collar.ceiling_yuan_per_t:
        return low, regime
    if low < collar.floor_yuan_per_t:
        return collar.floor_yuan_per_t, "floor"
    return collar.ceiling_yuan_per_t, "ceiling"


def _used(ordered: pd.DataFrame, price: float, needed_mt: float) -> pd.Series:
    """Steps below the price in full; those at it as far as needed, each in the same part."""
    size, cost = ordered["size_mt"], ordered["cost_yuan_per_t"]
    full = size.where(cost < price, 0.0)
    marginal = size.where(cost == price, 0.0)
    part = (needed_mt - full.sum()) / marginal.sum() if marginal.sum() > 0 else 0.0
    # Beyond both ends the collar's allowances take the difference, not abatement.
    return full + marginal * min(max(float(part), 0.0), 1.0)


def _positions(
    provinces: pd.DataFrame,
    steps: pd.DataFrame,
    used: pd.Series,
    price: float,
    regime: str,
    alone: pd.DataFrame,
) -> pd.DataFrame:
    offset = steps["kind"] == "offset" if "kind" in steps else pd.Series(False, index=steps.index)
    table = pd.DataFrame(index=provinces.index)
    table["abatement_mt"] = _by_province(used.where(~offset, 0.0), provinces)
    table["offset_mt"] = _by_province(used.where(offset, 0.0), provinces)
    covered = table["abatement_mt"] + table["offset_mt"]
    surplus = provinces["quota_mt"] + covered - provinces["emissions_mt"]
    table["purchase_mt"] = (-surplus).clip(lower=0.0)
    spare = surplus.clip(lower=0.0)
    sold = 1.0
    if regime == "slack" and spare.sum() > 0:
        sold = min(table["purchase_mt"].sum() / spare.sum(), 1.0)
    table["sale_mt"] = spare * sold
    table["unsold_mt"] = spare - table["sale_mt"]
    table["abatement_cost_1e8yuan"] = IN_1E8YUAN * _by_province(used * steps["cost_yuan_per_t"], provinces)
    table["trade_cost_1e8yuan"] = IN_1E8YUAN * price * (table["purchase_mt"] - table["sale_mt"])
    table["no_trade_cost_1e8yuan"] = alone["no_trade_cost_1e8yuan"]
    table["uncovered_no_trade_mt"] = alone["uncovered_no_trade_mt"]
    with_trade = table["abatement_cost_1e8yuan"] + table["trade_cost_1e8yuan"]
    table["gain_1e8yuan"] = table["no_trade_cost_1e8yuan"] - with_trade
    return table


def _by_province(values: pd.Series, provinces: pd.DataFrame) -> pd.Series:
    return values.groupby(level=0).sum().reindex(provinces.index)


def _require_clearing(price: float, needed_mt: float, size_mt: float, outside: float | None) -> None:
    source = "clear_market"
    if price == np.inf:
        expected = f"a need of at most {size_mt:g} Mt, the size of all steps"
        found = f"{needed_mt:g} Mt of emissions above the quotas"
        remedy = f"Issue {needed_mt - size_mt:g} Mt more, add steps or offsets, or give a price ceiling."
        raise InfeasibleError(Problem(source, "quota_mt", expected, found, remedy))
    if outside is not None and outside < price:
        remedy = "A price at which anyone may stay uncovered is a ceiling: give it as the collar's."
        raise CapshareError(
            Problem(source, "outside_yuan_per_t", f"at least the market's {price:g}", f"{outside:g}", remedy)
        )
