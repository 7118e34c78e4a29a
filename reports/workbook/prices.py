"""Prices of every constraint as solved, and what each province contributes to its cap's price, live."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from capshare.reports.catalogue import term
from capshare.reports.columns import MT, PRICE
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.entitlements import affine
from capshare.reports.workbook.grid import Field, Label

_ROWS = ("coverage", "equity_above", "equity_below", "floor", "ceiling", "purchase_limit")
_PARTS = ("value", "floor", "ceiling", "rules", "equity")
_SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt")


def reserve(draft: Draft) -> None:
    """Place both tables."""
    facts = draft.facts
    sides = tuple(name for name in _SIDES if name in facts.prices)
    year = ("year",) if facts.several else ()
    names = (*year, "constraint", "name", "called", "price_yuan_per_t", "binding", *sides)
    draft.grid("constraints", "constraints", tuple(facts.prices.index), names)
    priced = tuple(f"{name}_price" for name in _ROWS)
    parts = tuple(f"{name}_yuan_per_t" for name in _PARTS)
    tail = ("contribution_yuan_per_t", "identity_yuan_per_t", "identity_gap")
    names = (*draft.identity, "block_key", "quota_mt", "cap_mt", *priced, "rules_price", *parts, *tail)
    draft.grid("prices", "prices", facts.rows, names)


def constraints_sheet(draft: Draft) -> None:
    """One row per constraint: all values of the solver."""
    facts, names = draft.facts, draft.names()
    labels = list(facts.prices.index)
    draft.open("constraints")
    year = [Field("year", {label: label[0] for label in labels}, unit="")] if facts.several else []
    sides = [name for name in _SIDES if name in facts.prices]
    draft.write(
        "constraints",
        [
            *year,
            Field("constraint", {label: term("constraints", label[1], draft.lang) for label in labels}),
            Field("name", {label: str(label[2]) for label in labels}),
            Field("called", {label: names.get(str(label[2]), "") for label in labels}),
            Field("price_yuan_per_t", facts.prices["price_yuan_per_t"].to_dict(), "solved", unit=PRICE),
            Field("binding", facts.prices["binding"].map(bool).to_dict(), "solved", unit=""),
            *(
                Field(name, facts.prices[name].map(_side).to_dict(), "solved", unit=_unit(name))
                for name in sides
            ),
        ],
        frozen=3 + facts.several,
    )


def _side(value: object) -> object:
    return None if value is None or value != value else value


def _unit(name: str) -> str:
    return MT if name.endswith("_mt") else PRICE


def prices_sheet(draft: Draft) -> None:
    """One row per province and year: prices of its own constraints, parts of the contribution."""
    facts = draft.facts
    p, identity, groups = facts.provinces, draft.province_fields(), draft.grids["groups"]
    keys = {row: facts.key(row[0], p.loc[row, "block"]) for row in facts.rows}
    allocation = draft.grids["allocation"]
    draft.open("prices")
    draft.write(
        "prices",
        [
            *identity,
            Field("block_key", keys, "live", lambda row: allocation.ref("block_key", row)),
            draft.link("quota_mt", "allocation", "quota_mt", p["quota_mt"]),
            Field("cap_mt", _caps(draft).to_dict(), "live", lambda row: groups.ref("cap_mt", _block(draft, row))),
            *(_price(draft, name) for name in _ROWS),
            _rules(draft),
            *_contribution(draft),
            *_identity(draft),
        ],
        frozen=len(identity),
    )


def _block(draft: Draft, row: Label) -> tuple[int, str]:
    year, code = row  # type: ignore[misc]
    return int(year), str(draft.facts.provinces.loc[(year, code), "block"])


def _caps(draft: Draft) -> pd.Series:
    caps = draft.facts.blocks["cap_mt"]
    return pd.Series({row: caps[_block(draft, row)] for row in draft.facts.rows})


def solved_price(draft: Draft, constraint: str) -> pd.Series:
    """Price of a constraint in every province, index (year, code), yuan/t; 0 where there is none."""
    found = draft.facts.prices["price_yuan_per_t"].to_dict()
    return pd.Series({row: found.get((row[0], constraint, row[1]), 0.0) for row in draft.facts.rows})


def _price(draft: Draft, name: str) -> Field:
    source = draft.grids["constraints"]
    values = solved_price(draft, name)
    known = set(source.labels)

    def formula(row: Label) -> str:
        label = (row[0], name, row[1])  # type: ignore[index]
        return source.ref("price_yuan_per_t", label) if label in known else "0"

    heading = term("constraints", name, draft.lang)
    return Field(f"{name}_price", values.to_dict(), "live", formula, PRICE, heading)


def _rules(draft: Draft) -> Field:
    """What planners' rules add for a province: their prices times its coefficients."""
    facts = draft.facts
    rules, source = facts.found("rules"), draft.grids["constraints"]
    share = facts.provinces["quota_mt"] / _caps(draft)
    values = (facts.contributions["rules_yuan_per_t"] / share.where(share > 0)).fillna(0.0)
    if rules is None:
        return Field("rules_price", values.loc[list(facts.rows)].to_dict(), "solved", unit=PRICE)

    def formula(row: Label) -> str:
        terms = []
        for rule in rules:
            label = (row[0], f"rule_{rule.sense.replace(' ', '_')}", rule.name)  # type: ignore[index]
            coefficient = rule.weight.get(row[1], 0.0) - rule.share  # type: ignore[index]
            terms.append(f"({coefficient!r})*{source.ref('price_yuan_per_t', label)}")
        return "+".join(terms) or "0"

    return Field("rules_price", values.loc[list(facts.rows)].to_dict(), "live", formula, PRICE)


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


def _identity(draft: Draft) -> list[Field]:
    facts, grid, source = draft.facts, draft.grids["prices"], draft.grids["entitlements"]
    groups = draft.grids["groups"]
    price = pd.Series({row: facts.blocks["price_yuan_per_t"][_block(draft, row)] for row in facts.rows})
    split = affine(facts)
    if split is None or math.isinf(facts.max_deviation) or not draft.splits.is_live:
        moved = pd.Series(0.0, index=price.index)
    else:
        moved = _moved(draft, split["slope"])
    own = {name: solved_price(draft, name) for name in _ROWS}
    found = own["coverage"] - own["equity_above"] + own["equity_below"] + own["floor"] - own["ceiling"]
    share = facts.provinces["quota_mt"] / _caps(draft)
    rules = (facts.contributions["rules_yuan_per_t"] / share.where(share > 0)).fillna(0.0)
    found = found + rules.loc[list(facts.rows)] + moved
    allowed = draft.grids["parameters"].ref("value", "max_deviation")

    def formula(row: Label) -> str:
        names = ("coverage", "equity_above", "equity_below", "floor", "ceiling", "rules")
        mu, above, below, floor, ceiling, rule = (grid.at(f"{name}_price", row) for name in names)
        mine = f"({grid.span('block_key')}={grid.at('block_key', row)})"
        slopes = source.column("slope")
        up, down = grid.span("equity_above_price"), grid.span("equity_below_price")
        common = f"(1+{allowed})*SUMPRODUCT({mine}*{slopes}*{up})-(1-{allowed})*SUMPRODUCT({mine}*{slopes}*{down})"
        limited = f"IF(ISNUMBER({allowed}),{common},0)"
        return f"{mu}-{above}+{below}+{floor}-{ceiling}+{rule}+{limited}"

    kind = "live" if split is not None and draft.splits.is_live else "solved"
    return [
        Field("identity_yuan_per_t", found.to_dict(), kind, formula if kind == "live" else None, PRICE),  # type: ignore[arg-type]
        Field(
            "identity_gap",
            (found - price).to_dict(),
            "live",
            lambda row: f"{grid.at('identity_yuan_per_t', row)}-{groups.ref('price_yuan_per_t', _block(draft, row))}",
            PRICE,
        ),
    ]


def _moved(draft: Draft, slope: pd.Series) -> pd.Series:
    facts, deviation = draft.facts, draft.facts.max_deviation
    pull = (1 + deviation) * solved_price(draft, "equity_above") - (1 - deviation) * solved_price(
        draft, "equity_below"
    )
    keys = pd.Series([facts.key(*_block(draft, row)) for row in facts.rows], index=facts.provinces.index)
    moved = slope * pull.to_numpy()
    return pd.Series(moved.groupby(keys).transform("sum").to_numpy(), index=pd.Index(facts.rows, tupleize_cols=False))
