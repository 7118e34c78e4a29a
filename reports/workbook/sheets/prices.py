"""What each province contributes to the price of its block's cap; live on the prices as solved."""

from __future__ import annotations

import math

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.matching import summed
from capshare.reports.workbook.sheets.block_prices import (
    cap_of_block,
    own_rules_price,
    priced_rows,
    solved_price,
)
from capshare.reports.workbook.sheets.constraints import of_constraint
from capshare.reports.workbook.sheets.identity import FURTHER, IDENTITY, identity_fields, is_affine
from capshare.reports.workbook.sheets.link_prices import link_fields, link_names
from capshare.reports.workbook.sheets.rules import WEIGHTS

_PARTS = ("value", "floor", "ceiling", "rules", "equity")


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table.

    Parameters
    ----------
    builder : takes the place of ``prices``
    """
    data = builder.data
    priced = tuple(f"{name}_price" for name in priced_rows(builder))
    parts = tuple(f"{name}_yuan_per_t" for name in _PARTS)
    tail = ("contribution_yuan_per_t", *(IDENTITY if is_affine(builder) else ()))
    priced = (*priced, "rules_price", *link_names(builder))
    names = (*builder.identity, "block_key", "quota_mt", "cap_mt", *priced, *parts, *tail)
    builder.grid("prices", "prices", data.rows, names)


def prices_sheet(builder: WorkbookBuilder) -> None:
    """One row per province and year: prices of its own constraints, parts of the contribution.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``constraints``, ``entitlements``, ``groups``,
        ``assumptions`` and what :func:`reserve` placed
    """
    data = builder.data
    p, identity, groups = data.provinces, builder.province_fields(), builder.grids["groups"]
    keys = builder.block_keys()
    allocation, grid = builder.grids["allocation"], builder.grids["prices"]
    builder.open("prices")
    builder.write(
        "prices",
        [
            *identity,
            Field("block_key", keys, "live", lambda row: allocation.peer("block_key", row)),
            builder.link("quota_mt", "allocation", "quota_mt", p["quota_mt"]),
            Field(
                "cap_mt",
                cap_of_block(builder).to_dict(),
                "live",
                lambda row: groups.find("cap_mt", grid.at("block_key", row), by="block_key"),
            ),
            *(_price(builder, name) for name in priced_rows(builder)),
            _rules(builder),
            *(link_fields(builder) if link_names(builder) else []),
            *_contribution(builder),
            *(identity_fields(builder) if is_affine(builder) else []),
        ],
        frozen=len(identity),
    )


def _price(builder: WorkbookBuilder, name: str) -> Field:
    grid, values = builder.grids["prices"], solved_price(builder, name)

    def formula(row: Label) -> str:
        return of_constraint(builder, name, grid, row)

    heading = term("constraints", name, builder.lang)
    return Field(f"{name}_price", values.to_dict(), "live", formula, PRICE, heading)


def _rules(builder: WorkbookBuilder) -> Field:
    """What planners' rules add for a province: their prices times its coefficients."""
    grid, values = builder.grids["prices"], own_rules_price(builder).to_dict()
    if builder.data.used is None:
        return Field("rules_price", values, "solved", unit=PRICE)
    if WEIGHTS not in builder.grids:
        return Field("rules_price", values, "live", lambda _: "0", PRICE)

    def formula(row: Label) -> str:
        return summed(builder.grids[WEIGHTS], "rule_price", grid, row)

    return Field("rules_price", values, "live", formula, PRICE)


def _contribution(builder: WorkbookBuilder) -> list[Field]:
    data, grid = builder.data, builder.grids["prices"]
    found = data.contributions.loc[list(data.rows)]

    def priced(name: str, row: Label) -> str:
        own = grid.at(f"{'coverage' if name == 'value' else name}_price", row)
        further = [column for column in FURTHER if name == "rules" and column in grid.names]
        return f"({'+'.join([own, *(grid.at(column, row) for column in further)])})" if further else own

    def part(name: str, sign: str = "") -> Field:
        column = f"{name}_yuan_per_t"
        return Field(
            column,
            found[column].to_dict(),
            "live",
            lambda row: f"{sign}{grid.at('quota_mt', row)}/{grid.at('cap_mt', row)}*{priced(name, row)}",
            PRICE,
            builder.say(f"part.{name}"),
        )

    total = Field(
        "contribution_yuan_per_t",
        found["contribution_yuan_per_t"].to_dict(),
        "live",
        lambda row: f"SUM({grid.across('value_yuan_per_t', 'equity_yuan_per_t', row)})",
    )
    return [part("value"), part("floor"), part("ceiling", "-"), part("rules"), _equity(builder), total]


def _equity(builder: WorkbookBuilder) -> Field:
    data, grid, source = builder.data, builder.grids["prices"], builder.grids["entitlements"]
    allowed = builder.named("max_deviation")
    values = data.contributions["equity_yuan_per_t"].loc[list(data.rows)].to_dict()
    heading = builder.say("part.equity")
    if data.raw_share is None or math.isinf(data.max_deviation) or not builder.splits.is_live:
        return Field("equity_yuan_per_t", values, "solved", unit=PRICE, heading=heading)

    def formula(row: Label) -> str:
        above, below = grid.at("equity_above_price", row), grid.at("equity_below_price", row)
        pull = f"((1+{allowed})*{above}-(1-{allowed})*{below})"
        kept = f"{source.peer('constant_mt', row)}*{pull}"
        if data.targets is not None:
            # A distance without limit has no price.
            kept = f"({kept}+N({source.peer('distance_mt', row)})*({above}+{below}))"
        return f"-{kept}/{grid.at('cap_mt', row)}"

    return Field("equity_yuan_per_t", values, "live", formula, PRICE, heading)
