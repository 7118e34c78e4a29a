"""What each province contributes to the price of its block's cap; live on the prices as solved."""

from __future__ import annotations

import math

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import PRICE
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.block_prices import (
    ROWS,
    block_of,
    cap_of_block,
    rules_price,
    solved_price,
)
from capshare.reports.workbook.sheets.identity import IDENTITY, identity_fields, is_affine

_PARTS = ("value", "floor", "ceiling", "rules", "equity")


def reserve(draft: Draft) -> None:
    """Place the table."""
    facts = draft.facts
    priced = tuple(f"{name}_price" for name in ROWS)
    parts = tuple(f"{name}_yuan_per_t" for name in _PARTS)
    tail = ("contribution_yuan_per_t", *(IDENTITY if is_affine(draft) else ()))
    names = (*draft.identity, "block_key", "quota_mt", "cap_mt", *priced, "rules_price", *parts, *tail)
    draft.grid("prices", "prices", facts.rows, names)


def prices_sheet(draft: Draft) -> None:
    """One row per province and year: prices of its own constraints, parts of the contribution."""
    facts = draft.facts
    p, identity, groups = facts.provinces, draft.province_fields(), draft.grids["groups"]
    keys = {row: facts.key(*facts.block_of[row]) for row in facts.rows}
    allocation = draft.grids["allocation"]
    draft.open("prices")
    draft.write(
        "prices",
        [
            *identity,
            Field("block_key", keys, "live", lambda row: allocation.ref("block_key", row)),
            draft.link("quota_mt", "allocation", "quota_mt", p["quota_mt"]),
            Field(
                "cap_mt",
                cap_of_block(draft).to_dict(),
                "live",
                lambda row: groups.ref("cap_mt", block_of(draft, row)),
            ),
            *(_price(draft, name) for name in ROWS),
            _rules(draft),
            *_contribution(draft),
            *(identity_fields(draft) if is_affine(draft) else []),
        ],
        frozen=len(identity),
    )


def _price(draft: Draft, name: str) -> Field:
    source = draft.grids["constraints"]
    values = solved_price(draft, name)
    known = set(source.labels)

    def formula(row: Label) -> str:
        label = (row[0], name, row[1])
        return source.ref("price_yuan_per_t", label) if label in known else "0"

    heading = term("constraints", name, draft.lang)
    return Field(f"{name}_price", values.to_dict(), "live", formula, PRICE, heading)


def _rules(draft: Draft) -> Field:
    """What planners' rules add for a province: their prices times its coefficients."""
    facts = draft.facts
    source, values = draft.grids["constraints"], rules_price(draft).to_dict()
    if facts.used is None:
        return Field("rules_price", values, "solved", unit=PRICE)
    rules = facts.used.constraints

    def formula(row: Label) -> str:
        terms = []
        for rule in rules:
            label = (row[0], f"rule_{rule.sense.replace(' ', '_')}", rule.name)
            coefficient = rule.weight.get(row[1], 0.0) - rule.share
            terms.append(f"({coefficient!r})*{source.ref('price_yuan_per_t', label)}")
        return "+".join(terms) or "0"

    return Field("rules_price", values, "live", formula, PRICE)


def _contribution(draft: Draft) -> list[Field]:
    facts, grid = draft.facts, draft.grids["prices"]
    found = facts.contributions.loc[list(facts.rows)]

    def part(name: str, sign: str = "") -> Field:
        column, source = f"{name}_yuan_per_t", f"{'coverage' if name == 'value' else name}_price"
        return Field(
            column,
            found[column].to_dict(),
            "live",
            lambda row: f"{sign}{grid.at('quota_mt', row)}/{grid.at('cap_mt', row)}*{grid.at(source, row)}",
            PRICE,
            draft.say(f"part.{name}"),
        )

    total = Field(
        "contribution_yuan_per_t",
        found["contribution_yuan_per_t"].to_dict(),
        "live",
        lambda row: f"SUM({grid.across('value_yuan_per_t', 'equity_yuan_per_t', row)})",
    )
    return [part("value"), part("floor"), part("ceiling", "-"), part("rules"), _equity(draft), total]


def _equity(draft: Draft) -> Field:
    facts, grid, source = draft.facts, draft.grids["prices"], draft.grids["entitlements"]
    allowed = draft.grids["parameters"].ref("value", "max_deviation")
    values = facts.contributions["equity_yuan_per_t"].loc[list(facts.rows)].to_dict()
    heading = draft.say("part.equity")
    if facts.raw_share is None or math.isinf(facts.max_deviation) or not draft.splits.is_live:
        return Field("equity_yuan_per_t", values, "solved", unit=PRICE, heading=heading)

    def formula(row: Label) -> str:
        above, below = grid.at("equity_above_price", row), grid.at("equity_below_price", row)
        pull = f"((1+{allowed})*{above}-(1-{allowed})*{below})"
        return f"-{source.ref('constant_mt', row)}*{pull}/{grid.at('cap_mt', row)}"

    return Field("equity_yuan_per_t", values, "live", formula, PRICE, heading)
