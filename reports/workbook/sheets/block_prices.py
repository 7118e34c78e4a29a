"""What a province's prices are compared with: its block, the block's cap, its own constraints."""

from __future__ import annotations

import pandas as pd

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Label
from capshare.reports.workbook.sheets.link_prices import links_price

ROWS = ("coverage", "equity_above", "equity_below", "floor", "ceiling", "purchase_limit")
TIER = "tier"


def priced_rows(builder: WorkbookBuilder) -> tuple[str, ...]:
    """Constraints with a price in every province: those of all studies, and one cut per tier where bound.

    Parameters
    ----------
    builder : its data is read
    """
    targets = builder.data.targets
    return (*ROWS, TIER) if targets is not None and targets.is_bound else ROWS


def block_of(builder: WorkbookBuilder, row: Label) -> tuple[int, str]:
    """Year and block of a row, which label the table of groups.

    Parameters
    ----------
    builder : its data is read
    row : (year, code)
    """
    return builder.data.block_of[row]


def cap_of_block(builder: WorkbookBuilder) -> pd.Series:
    """Cap of every province's block, index (year, code), Mt.

    Parameters
    ----------
    builder : its data is read: `cap_mt` of every block
    """
    caps = builder.data.blocks["cap_mt"]
    return pd.Series({row: caps[block_of(builder, row)] for row in builder.data.rows})


def solved_price(builder: WorkbookBuilder, constraint: str) -> pd.Series:
    """Price of a constraint in every province, index (year, code), yuan/t; 0 where there is none.

    Parameters
    ----------
    builder : its data is read: `price_yuan_per_t` of every row
    constraint : its name in ``constraints.csv``
    """
    found = builder.data.prices["price_yuan_per_t"].to_dict()
    return pd.Series({row: found.get((row[0], constraint, row[1]), 0.0) for row in builder.data.rows})


def rules_price(builder: WorkbookBuilder) -> pd.Series:
    """What rules, tiers and limits on yearly change add for every province, index (year, code), yuan/t.

    Parameters
    ----------
    builder : its data is read: quotas and caps (Mt CO2), contribution of the rules (yuan/t)
    """
    data = builder.data
    share = data.provinces["quota_mt"] / cap_of_block(builder)
    parts = data.contributions["rules_yuan_per_t"].loc[list(data.rows)]
    return (parts / share.where(share > 0)).fillna(0.0)


def own_rules_price(builder: WorkbookBuilder) -> pd.Series:
    """What planners' rules alone add: tiers and limits on yearly change have columns of their own.

    Parameters
    ----------
    builder : as of :func:`rules_price`
    """
    return rules_price(builder) - solved_price(builder, TIER) - links_price(builder)
