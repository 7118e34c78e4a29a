"""What each province is entitled to: proportional to its share, clipped to its bounds; all live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.allocation.entitlement import entitlements
from capshare.reports.words.columns import MT, SHARE
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.facts import Facts
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.parameters import common_share

_NAMES = (
    *("block_key", "emissions_mt", "score", "share", "floor_share", "floor_mt", "ceiling_share"),
    *("ceiling_mt", "factor", "entitlement_mt", "clipped", "free_weight", "fixed_mt", "slope", "constant_mt"),
)


def reserve(draft: Draft) -> None:
    """Place the table."""
    draft.grid("entitlements", "entitlements", draft.facts.rows, draft.identity + _NAMES)


def entitlements_sheet(draft: Draft) -> None:
    """One row per province and year."""
    facts = draft.facts
    p, identity = facts.provinces, draft.province_fields()
    scores = draft.grids["scores"]
    draft.open("entitlements")
    draft.write(
        "entitlements",
        [
            *identity,
            Field("block_key", {row: facts.key(*facts.block_of[row]) for row in facts.rows}, "solved"),
            emissions_field(draft),
            Field("score", p["score"].to_dict(), "live", lambda row: scores.ref("score", _code(row))),
            _share(draft),
            *_bound(draft, "floor"),
            *_bound(draft, "ceiling"),
            *_projected(draft),
        ],
        frozen=len(identity),
    )


def _code(row: Label) -> str:
    return str(row[1])


def emissions_field(draft: Draft) -> Field:
    """Emissions before abatement: the inputs' in the base year, a baseline of their own in later ones."""
    facts, inputs = draft.facts, draft.grids["inputs"]
    emissions = facts.provinces["emissions_mt"]
    base = facts.inputs["emissions_mt"]
    codes = emissions.index.get_level_values("code")
    is_base = bool(np.allclose(emissions, base.reindex(codes), rtol=1e-12, atol=0.0))
    if is_base:
        return Field(
            "emissions_mt", emissions.to_dict(), "live", lambda row: inputs.ref("emissions_mt", _code(row))
        )
    return Field("emissions_mt", emissions.to_dict(), "input")


def _share(draft: Draft) -> Field:
    facts, grid, inputs = draft.facts, draft.grids["entitlements"], draft.grids["inputs"]
    share, base = facts.raw_share, facts.share_base
    if share is None:
        return Field("share", dict.fromkeys(facts.rows, ""), "text", unit="")
    if base == "score":
        return Field("share", share.to_dict(), "live", lambda row: grid.at("score", row), "")
    if base is not None:
        return Field("share", share.to_dict(), "live", lambda row: inputs.ref(base, _code(row)), "")
    return Field("share", share.to_dict(), "solved", unit="")


def _bound(draft: Draft, name: str) -> list[Field]:
    facts, grid = draft.facts, draft.grids["entitlements"]
    bound, emissions = facts.provinces[f"{name}_mt"], facts.provinces["emissions_mt"]
    common = common_share(facts, name)
    numbers, unlimited = draft.grids["parameters"], draft.words("no_limit")
    if common is None:
        share = (bound / emissions.where(emissions > 0, 1.0)).round(12)
        first = Field(f"{name}_share", share.to_dict(), "input", unit=SHARE)
    else:
        values = dict.fromkeys(facts.rows, common)
        first = Field(f"{name}_share", values, "live", lambda _: numbers.ref("value", name), SHARE)

    def amount(row: Label) -> str:
        part = grid.at(f"{name}_share", row)
        return f"IF(ISNUMBER({part}),{part}*{grid.at('emissions_mt', row)},{unlimited})"

    return [first, Field(f"{name}_mt", bound.to_dict(), "live", amount)]


def affine(facts: Facts) -> pd.DataFrame | None:
    """Entitlements as functions of their block's quota, index (year, code); None without raw shares."""
    share, p = facts.raw_share, facts.provinces
    if share is None:
        return None
    parts = {}
    for year in facts.years:
        rows = p.xs(year, level="year")
        parts[year] = entitlements(
            share.loc[year].loc[rows.index],
            rows["block"],
            facts.blocks.loc[year]["cap_mt"],
            rows["floor_mt"],
            rows["ceiling_mt"],
        )
    return pd.concat(parts, names=["year", "code"])


def _projected(draft: Draft) -> list[Field]:
    facts = draft.facts
    split = affine(facts)
    tail = ("factor", "entitlement_mt", "clipped", "free_weight", "fixed_mt", "slope", "constant_mt")
    if split is None or not draft.splits.is_live:
        blank: dict[Label, object] = dict.fromkeys(facts.rows, "")
        known = facts.provinces["entitlement_mt"].to_dict()
        return [
            Field(
                name,
                known if name == "entitlement_mt" else blank,
                "solved",
                unit=MT if name == tail[1] else "",
            )
            for name in tail
        ]
    share = facts.raw_share
    free = share.where(split["clipped"] == "", 0.0) if share is not None else split["slope"]
    fixed = split["entitlement_mt"].where(split["clipped"] != "", 0.0)
    words = split["clipped"].map(lambda side: draft.say(f"end.{side}") if side else "")
    factors = {row: draft.splits.factor("within", _block(draft, row)) for row in facts.rows}
    return [
        Field("factor", factors, "live", lambda row: _factor(draft, row), ""),
        Field("entitlement_mt", split["entitlement_mt"].to_dict(), "live", lambda row: _clip(draft, row)),
        Field("clipped", words.to_dict(), "live", lambda row: _clipped(draft, row), ""),
        Field("free_weight", free.to_dict(), "live", lambda row: _free(draft, row), ""),
        Field("fixed_mt", fixed.to_dict(), "live", lambda row: _fixed(draft, row)),
        Field("slope", split["slope"].to_dict(), "live", lambda row: _slope(draft, row), ""),
        Field("constant_mt", split["constant_mt"].to_dict(), "live", lambda row: _constant(draft, row)),
    ]


def _block(draft: Draft, row: Label) -> tuple[int, str]:
    return draft.facts.block_of[row]


def _factor(draft: Draft, row: Label) -> str:
    return draft.grids["groups"].ref("factor_within", _block(draft, row))


def _cells(draft: Draft, row: Label, *names: str) -> list[str]:
    return [draft.grids["entitlements"].at(name, row) for name in names]


def _clip(draft: Draft, row: Label) -> str:
    factor, share, low, high = _cells(draft, row, "factor", "share", "floor_mt", "ceiling_mt")
    return f"MAX({low},MIN({factor}*{share},{high}))"


def _clipped(draft: Draft, row: Label) -> str:
    factor, share, low, high = _cells(draft, row, "factor", "share", "floor_mt", "ceiling_mt")
    floor, ceiling = (f'"{draft.say(f"end.{end}")}"' for end in ("floor", "ceiling"))
    at_ceiling = f'IF(ISNUMBER({high}),IF({high}/{share}<={factor},{ceiling},""),"")'
    at_floor = f"IF({low}={high},{floor},IF({low}/{share}>{factor},{floor},{at_ceiling}))"
    return f"IF({share}>0,{at_floor},{floor})"


def _free(draft: Draft, row: Label) -> str:
    clipped, share = _cells(draft, row, "clipped", "share")
    return f'IF({clipped}="",{share},0)'


def _fixed(draft: Draft, row: Label) -> str:
    clipped, amount = _cells(draft, row, "clipped", "entitlement_mt")
    return f'IF({clipped}="",0,{amount})'


def _of_block(draft: Draft, row: Label, column: str) -> str:
    grid = draft.grids["entitlements"]
    return f"SUMPRODUCT(({grid.span('block_key')}={grid.at('block_key', row)})*{grid.span(column)})"


def _slope(draft: Draft, row: Label) -> str:
    (free,) = _cells(draft, row, "free_weight")
    return f"IF({free}>0,{free}/{_of_block(draft, row, 'free_weight')},0)"


def _constant(draft: Draft, row: Label) -> str:
    free, slope, fixed = _cells(draft, row, "free_weight", "slope", "fixed_mt")
    return f"IF({free}>0,-{slope}*{_of_block(draft, row, 'fixed_mt')},{fixed})"
