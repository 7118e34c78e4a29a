"""The identity that ties each province's prices to the price of its block's cap; live."""

from __future__ import annotations

import math

import pandas as pd

from capshare.reports.words.columns import PRICE
from capshare.reports.workbook.affine import affine
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.kept import kept
from capshare.reports.workbook.sheets.block_prices import ROWS, block_of, rules_price, solved_price
from capshare.reports.workbook.sheets.link_prices import LINKS

# What only some studies have beside planners' rules.
FURTHER = ("tier_price", LINKS)
IDENTITY = ("identity_yuan_per_t", "identity_gap")


def is_affine(builder: WorkbookBuilder) -> bool:
    """Whether the workbook shows how entitlements depend on their block's cap, which the identity needs.

    Parameters
    ----------
    builder : its data and splits are read
    """
    return builder.data.raw_share is not None and builder.splits.is_live


@kept
def identity_gap(builder: WorkbookBuilder) -> pd.Series:
    r"""Parts of each province's price less the price of its block's cap, index (year, code), yuan/t.

    .. math:: \mu_i-\alpha_i+\beta_i+f_i-c_i+(1+T)\sum_j\varphi_j\alpha_j-(1-T)\sum_j\varphi_j\beta_j
              +\tau_i+\sum_r\rho_r(k_{ri}-s_r) - \lambda_g

    Parameters
    ----------
    builder : as of :func:`parts_of_price`
    """
    blocks = builder.data.blocks["price_yuan_per_t"]
    return parts_of_price(builder) - pd.Series(
        {row: blocks[block_of(builder, row)] for row in builder.data.rows}
    )


@kept
def parts_of_price(builder: WorkbookBuilder) -> pd.Series:
    """What each province's prices make up together, index (year, code), yuan/t.

    Parameters
    ----------
    builder : its data is read: prices of rows (yuan/t), entitlements as functions of the cap
    """
    own = {name: solved_price(builder, name) for name in ROWS}
    found = own["coverage"] - own["equity_above"] + own["equity_below"] + own["floor"] - own["ceiling"]
    found = found + rules_price(builder)
    split, deviation = affine(builder.data), builder.data.max_deviation
    if split is None or math.isinf(deviation):
        return found
    pull = (1 + deviation) * own["equity_above"] - (1 - deviation) * own["equity_below"]
    keys = pd.Series(builder.block_keys())
    moved = split["slope"] * pull
    return found + moved.groupby(keys).transform("sum")


def identity_fields(builder: WorkbookBuilder) -> list[Field]:
    """The sum of the parts, and how far it is from the price of the cap.

    Parameters
    ----------
    builder : with the places of ``entitlements``, ``groups``, ``assumptions`` and ``prices``
    """
    grid, groups = builder.grids["prices"], builder.grids["groups"]

    def gap(row: Label) -> str:
        price = groups.find("price_yuan_per_t", grid.at("block_key", row), by="block_key")
        return f"{grid.at(IDENTITY[0], row)}-{price}"

    parts = parts_of_price(builder).to_dict()
    return [
        Field(IDENTITY[0], parts, "live", lambda row: _sum(builder, row), PRICE),
        Field(IDENTITY[1], identity_gap(builder).to_dict(), "live", gap, PRICE),
    ]


def _sum(builder: WorkbookBuilder, row: Label) -> str:
    grid, slopes = builder.grids["prices"], builder.grids["entitlements"].column("slope")
    allowed = builder.named("max_deviation")
    names = ("coverage", "equity_above", "equity_below", "floor", "ceiling", "rules")
    mu, above, below, floor, ceiling, rules = (grid.at(f"{name}_price", row) for name in names)
    mine = f"({grid.span('block_key')}={grid.at('block_key', row)})*{slopes}"
    up, down = (f"SUMPRODUCT({mine}*{grid.span(f'equity_{side}_price')})" for side in ("above", "below"))
    common = f"IF(ISNUMBER({allowed}),(1+{allowed})*{up}-(1-{allowed})*{down},0)"
    further = "".join(f"+{grid.at(column, row)}" for column in FURTHER if column in grid.names)
    return f"{mu}-{above}+{below}+{floor}-{ceiling}+{rules}{further}+{common}"
