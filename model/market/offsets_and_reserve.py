"""Rules around a market: offsets, an auctioned share, prices by name."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.years import number_problems, positive_problems
from capshare.indicators.dataset.units import is_price_of_tonne
from capshare.model.market.clearing import MarketClearing
from capshare.model.market.inputs import IN_1E8YUAN


def with_offsets(
    steps: pd.DataFrame,
    emissions_mt: pd.Series,
    *,
    max_share: float,
    price_yuan_per_t: float,
    supply_mt: float | None = None,
) -> pd.DataFrame:
    r"""Steps of every province with one more: offsets at their price, up to a share of emissions.

    .. math:: o_i = \min\bigl(\sigma E_i,\; S\,E_i/\textstyle\sum_j E_j\bigr)

    The share counts emissions before abatement, so it allows a little more than a share of verified
    emissions would.

    Parameters
    ----------
    steps : index (``code``, ``step``); ``size_mt, cost_yuan_per_t``
    emissions_mt : index ``code``, Mt CO2
    max_share : :math:`\sigma`, 0 to 1; 0.05 is usual
    price_yuan_per_t : of an offset, for example ``ccer_mean_price`` of `named_prices`
    supply_mt : S, offsets there are, Mt, shared out by emissions; None: no limit but the share

    Returns
    -------
    DataFrame, index (``code``, ``step``), the step of an offset named "offset"; ``size_mt, cost_yuan_per_t``
    and ``kind`` (abatement or offset).

    Raises
    ------
    CapshareError
        where provinces differ or a number is out of range; all at once.
    """
    source = "with_offsets"
    own = pd.Series(0, index=steps.index.get_level_values(0).unique())
    require_same_index(source, emissions_mt=emissions_mt, steps=own)
    require_numbers(source, "emissions_mt", emissions_mt)
    problems = [*share_problems(source, "max_share", max_share)]
    problems += number_problems(source, "price_yuan_per_t", price_yuan_per_t)
    problems += number_problems(source, "supply_mt", supply_mt) if supply_mt is not None else []
    if problems:
        raise CapshareError(problems)
    size = emissions_mt * max_share
    if supply_mt is not None and emissions_mt.sum() > 0:
        size = size.clip(upper=supply_mt * emissions_mt / emissions_mt.sum())
    offsets = pd.DataFrame({"size_mt": size, "cost_yuan_per_t": price_yuan_per_t, "kind": "offset"})
    offsets.index = pd.MultiIndex.from_product([emissions_mt.index, ["offset"]], names=["code", "step"])
    return pd.concat([steps.assign(kind="abatement"), offsets]).rename_axis(["code", "step"])


def auction(market: MarketClearing, quota_mt: pd.Series, auctioned_share: float) -> pd.DataFrame:
    r"""What each province pays when a share of every quota is auctioned instead of given.

    .. math:: \text{purchase}_i = E_i - A_i - (1-\alpha)\,x_i,\qquad
        \sum_i \text{purchase}_i = \alpha \sum_i x_i

    The price does not change: what is scarce is the cap, not what is free. A province pays
    :math:`\alpha x_i p` more than with a free quota, wherever it then buys. The sum over provinces is the
    revenue of the auction while there are neither unsold nor extra nor withheld allowances.

    Parameters
    ----------
    market : cleared with the whole quotas
    quota_mt : index ``code``; the quotas it was cleared with, Mt CO2
    auctioned_share : :math:`\alpha`, 0 to 1

    Returns
    -------
    DataFrame, index as `quota_mt`; ``free_mt, auctioned_mt, net_purchase_mt`` (at the auction and on the
    market together, negative: sales), ``net_payment_1e8yuan`` and ``due_to_auction_1e8yuan`` (the part of it
    that a free quota would have saved).

    Raises
    ------
    CapshareError
        where provinces differ or a number is out of range; all at once.
    """
    source = "auction"
    require_same_index(source, quota_mt=quota_mt, market=market.provinces)
    require_numbers(source, "quota_mt", quota_mt)
    problems = share_problems(source, "auctioned_share", auctioned_share)
    if problems:
        raise CapshareError(problems)
    positions = market.provinces.reindex(quota_mt.index)
    auctioned = auctioned_share * quota_mt
    net = auctioned + positions["purchase_mt"] - positions["sale_mt"] - positions["unsold_mt"]
    price = IN_1E8YUAN * market.price_yuan_per_t
    return pd.DataFrame(
        {
            "free_mt": quota_mt - auctioned,
            "auctioned_mt": auctioned,
            "net_purchase_mt": net,
            "net_payment_1e8yuan": price * net,
            "due_to_auction_1e8yuan": price * auctioned,
        }
    )


def named_prices(national: pd.DataFrame) -> pd.Series:
    """Carbon prices of the national table, by series and year.

    Parameters
    ----------
    national : ``year, variable, value, unit``

    Returns
    -------
    Series ``price_yuan_per_t``, index ``price`` (series and year, "cea_listed_mean_price 2025"), yuan/t.

    Raises
    ------
    CapshareError
        where the table has no row in yuan/t, or a price is not positive.
    """
    source = "named_prices"
    rows = national[national["unit"].map(is_price_of_tonne)].sort_values(["variable", "year"])
    if rows.empty:
        remedy = "Add prices to the national table, or name your own."
        raise CapshareError(Problem(source, "national", "rows in yuan/t", "none", remedy))
    names = [f"{variable} {year}" for variable, year in zip(rows["variable"], rows["year"], strict=True)]
    prices = pd.Series(rows["value"].to_numpy(dtype=float), index=pd.Index(names, name="price"))
    problems = positive_problems(source, "value", prices)
    if problems:
        raise CapshareError(problems)
    return prices.rename("price_yuan_per_t")


def balance_values(balance_mt: pd.Series, prices_yuan_per_t: pd.Series) -> pd.DataFrame:
    """Worth of every balance at several carbon prices: a valuation, with quantities as they are.

    Parameters
    ----------
    balance_mt : index ``code``, Mt CO2, negative for a deficit
    prices_yuan_per_t : index name of the price, yuan/t

    Returns
    -------
    DataFrame, index as `balance_mt`, one column per price; 1e8 yuan, negative: to be paid.

    Raises
    ------
    CapshareError
        where a balance is missing or a price is not positive.
    """
    require_numbers("balance_values", "balance_mt", balance_mt)
    problems = positive_problems("balance_values", "prices_yuan_per_t", prices_yuan_per_t)
    if problems:
        raise CapshareError(problems)
    return pd.DataFrame({name: IN_1E8YUAN * price * balance_mt for name, price in prices_yuan_per_t.items()})


def share_problems(source: str, name: str, share: float) -> list[Problem]:
    """What is wrong with a share: none where it lies from 0 to 1.

    Parameters
    ----------
    source, name : what the message calls the place and the share
    share : no unit
    """
    if 0 <= share <= 1:
        return []
    return [Problem(source, name, "a share from 0 to 1", f"{share:g}", "Give 0.05 for 5 %.")]
