"""The groups with their caps, live, and the prices of the caps, as solved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.facts import NATIONAL, Facts
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.splits import block_weights

_PRICES = ("price_yuan_per_t", "price_low_yuan_per_t", "price_high_yuan_per_t")
_PARTS = ("of_it_abatement_yuan_per_t", "of_it_penalty_yuan_per_t", "of_it_trade_yuan_per_t")
_SOLVED = (*_PRICES, *_PARTS, "holds_from_mt", "holds_to_mt")


def reserve(draft: Draft) -> None:
    """Place the table, as caps and entitlements refer to each other."""
    facts = draft.facts
    solved = tuple(name for name in _SOLVED if name in facts.blocks)
    names = ("block_key", "group", "members", "block_weight", "floors_mt", "ceilings_mt", "cap_mt")
    more = ("cap_share", "moved_mt", "segment", "factor_within", *solved)
    tail = ("contributions_yuan_per_t", "contributions_gap")
    draft.grid(
        "groups",
        "groups",
        tuple(facts.blocks.index),
        (*facts.year_names, *names, *more, *tail, "member_names"),
    )


def groups_sheet(draft: Draft) -> None:
    """One row per group and year."""
    facts = draft.facts
    labels = draft.grids["groups"].labels
    keys = {key: facts.key(*key) for key in facts.blocks.index}
    draft.open("groups")
    draft.write(
        "groups",
        [
            *draft.year_fields(labels),
            Field("block_key", dict(keys)),
            Field("group", {key: key[1] for key in facts.blocks.index}),
            _members(draft),
            _weight(draft),
            *_bounds(draft),
            *_caps(draft),
            *_factors(draft),
            *(
                Field(name, dict(facts.blocks[name].map(_number)), "solved", unit=_unit(name))
                for name in _SOLVED
                if name in facts.blocks
            ),
            *_contributions(draft),
            Field("member_names", {label: _names(draft, label) for label in labels}),
        ],
        frozen=2 + len(facts.year_names),
    )


def _number(value: object) -> object:
    return None if value is None or value != value else value


def _unit(name: str) -> str:
    return MT if name.endswith("_mt") else PRICE


def _mine(draft: Draft, label: Label) -> str:
    """Which provinces are in the block, as a factor of 1 or 0."""
    keys = draft.grids["entitlements"].column("block_key")
    return f"({keys}={draft.grids['groups'].at('block_key', label)})"


def _sum(draft: Draft, column: str, label: Label) -> str:
    # As an argument of its own, so that words for what has no limit count as nothing.
    values = draft.grids["entitlements"].column(column)
    return f"SUMPRODUCT({_mine(draft, label)}*1,{values})"


def _per_block(facts: Facts, values: pd.Series) -> Any:
    p = facts.provinces
    return values.groupby([p.index.get_level_values("year"), p["block"]])


def _members(draft: Draft) -> Field:
    count = _per_block(draft.facts, draft.facts.provinces["score"]).size()
    return Field(
        "members", _aligned(draft, count), "live", lambda key: f"SUMPRODUCT({_mine(draft, key)}*1)", ""
    )


def _aligned(draft: Draft, values: pd.Series) -> dict[Label, object]:
    found = values.to_dict()
    return {label: found[label] for label in draft.grids["groups"].labels}


def _weight(draft: Draft) -> Field:
    facts = draft.facts
    weight = block_weights(facts)
    split = facts.setting("groups.split", "")
    if weight is None:
        return Field("block_weight", dict.fromkeys(draft.grids["groups"].labels, ""), "text", unit="")
    found = _aligned(draft, weight)
    if split == "given":
        return Field("block_weight", found, "input", unit="")
    if split not in ("sum", "centroid"):
        return Field("block_weight", found, "solved", unit="")

    def formula(label: Label) -> str:
        mean = f"/{draft.grids['groups'].at('members', label)}" if split == "centroid" else ""
        return _sum(draft, "score", label) + mean

    return Field("block_weight", found, "live", formula, "")


def _bounds(draft: Draft) -> list[Field]:
    facts = draft.facts
    lower = _per_block(facts, facts.provinces["floor_mt"]).sum()
    upper = _per_block(facts, facts.provinces["ceiling_mt"]).sum()
    ceilings, unlimited = draft.grids["entitlements"].column("ceiling_mt"), draft.words("no_limit")

    def ceiling(label: Label) -> str:
        limited = f"SUMPRODUCT({_mine(draft, label)}*ISNUMBER({ceilings}))"
        count = draft.grids["groups"].at("members", label)
        return f"IF({limited}<{count},{unlimited},{_sum(draft, 'ceiling_mt', label)})"

    return [
        Field("floors_mt", _aligned(draft, lower), "live", lambda key: _sum(draft, "floor_mt", key)),
        Field("ceilings_mt", _aligned(draft, upper), "live", ceiling),
    ]


def _caps(draft: Draft) -> list[Field]:
    facts, grid, cap = draft.facts, draft.grids["groups"], draft.grids["cap"]
    caps = facts.blocks["cap_mt"]
    total = caps.groupby("year").transform("sum")
    share = Field(
        "cap_share",
        (caps / total).to_dict(),
        "live",
        lambda key: f"{grid.at('cap_mt', key)}/{cap.ref('divided_mt', _year(key))}",
    )
    weight = block_weights(facts)
    if weight is None or not draft.splits.is_live:
        return [Field("cap_mt", caps.to_dict(), "solved"), share, _moved(draft, caps * np.nan)]

    def clipped(key: Label) -> str:
        part = f"{cap.ref('factor_of_caps', _year(key))}*{grid.at('block_weight', key)}"
        return f"MAX({grid.at('floors_mt', key)},MIN({part},{grid.at('ceilings_mt', key)}))"

    plain = weight / weight.groupby(level=0).transform("sum") * total
    moved = caps - plain.loc[list(caps.index)]
    return [Field("cap_mt", caps.to_dict(), "live", clipped), share, _moved(draft, moved)]


def _year(key: Label) -> int:
    return int(key[0])


def _moved(draft: Draft, moved: pd.Series) -> Field:
    grid, cap = draft.grids["groups"], draft.grids["cap"]
    if moved.isna().any():
        return Field("moved_mt", dict.fromkeys(grid.labels, ""), "text")

    def formula(key: Label) -> str:
        same = [label for label in grid.labels if _year(label) == _year(key)]
        share = f"{grid.at('block_weight', key)}/SUM({grid.span('block_weight', same)})"
        return f"{grid.at('cap_mt', key)}-{cap.ref('divided_mt', _year(key))}*{share}"

    return Field("moved_mt", moved.to_dict(), "live", formula)


def _factors(draft: Draft) -> list[Field]:
    grid, found = draft.grids["groups"], draft.splits
    known = [key for key in grid.labels if ("within", key) in found.found]
    segment: dict[Label, object] = {key: found.found["within", key].segment for key in known}
    factor: dict[Label, object] = {key: found.factor("within", key) for key in known}
    if not found.is_live or len(known) < len(grid.labels):
        blank: dict[Label, object] = dict.fromkeys(grid.labels, "")
        return [
            Field("segment", blank | segment, "solved", unit=""),
            Field("factor_within", blank | factor, "solved", unit=""),
        ]

    def of_segment(key: Label) -> str:
        return found.segment_formula("within", key, grid.at("cap_mt", key))

    def of_factor(key: Label) -> str:
        return found.factor_formula("within", key, grid.at("cap_mt", key), grid.at("segment", key))

    return [
        Field("segment", segment, "live", of_segment, ""),
        Field("factor_within", factor, "live", of_factor, ""),
    ]


def _contributions(draft: Draft) -> list[Field]:
    facts, grid = draft.facts, draft.grids["groups"]
    total = _per_block(facts, facts.contributions["contribution_yuan_per_t"]).sum()
    gap = total.loc[list(grid.labels)] - facts.blocks["price_yuan_per_t"]
    values = draft.grids["prices"].column("contribution_yuan_per_t")
    return [
        Field(
            "contributions_yuan_per_t",
            _aligned(draft, total),
            "live",
            lambda key: f"SUMPRODUCT({_mine(draft, key)}*1,{values})",
        ),
        Field(
            "contributions_gap",
            gap.to_dict(),
            "live",
            lambda k: f"{grid.at('contributions_yuan_per_t', k)}-{grid.at('price_yuan_per_t', k)}",
            PRICE,
        ),
    ]


def _names(draft: Draft, label: Label) -> str:
    year, block = label
    names, p = draft.names(), draft.facts.in_year(year)
    inside = p.index if block == NATIONAL else p.index[p["block"] == block]
    return draft.say("list_comma").join(names[str(code)] for code in inside)
