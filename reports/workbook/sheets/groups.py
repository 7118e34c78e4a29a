"""The groups with their caps, live, and the prices of the caps, as solved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.split_table import point_fields, point_names
from capshare.reports.workbook.sheets.splits import CAPS, WITHIN, block_weights
from capshare.reports.workbook.sheets.target_entitlements import OFFSET
from capshare.reports.workbook.sheets.years_shown import of_cap, sum_of_year
from capshare.reports.workbook.workbook_data import NATIONAL, WorkbookData

_PRICES = ("price_yuan_per_t", "price_low_yuan_per_t", "price_high_yuan_per_t")
_PARTS = ("of_it_abatement_yuan_per_t", "of_it_penalty_yuan_per_t", "of_it_trade_yuan_per_t")
_SOLVED = (*_PRICES, *_PARTS, "holds_from_mt", "holds_to_mt")


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table, as caps and entitlements refer to each other.

    Parameters
    ----------
    builder : takes the place of ``groups``
    """
    data = builder.data
    solved = tuple(name for name in _SOLVED if name in data.blocks)
    names = ("block_key", "group", "members", "block_weight", "floors_mt", "ceilings_mt", "cap_mt")
    more = ("cap_share", "moved_mt", *point_names(WITHIN), *solved)
    tail = ("contributions_yuan_per_t", "contributions_gap")
    builder.grid(
        "groups",
        "groups",
        tuple(data.blocks.index),
        (*data.year_names, *names, *more, *tail, "member_names"),
    )


def groups_sheet(builder: WorkbookBuilder) -> None:
    """One row per group and year.

    Parameters
    ----------
    builder : with the places of ``cap``, ``entitlements``, ``prices``, ``projection`` and what
        :func:`reserve` placed
    """
    data = builder.data
    labels = builder.grids["groups"].labels
    keys = {(year, block): builder.block_key(year, block) for year, block in data.blocks.index}
    builder.open("groups")
    builder.write(
        "groups",
        [
            *builder.year_fields(labels),
            Field("block_key", dict(keys)),
            Field("group", {key: builder.block(key[1]) for key in data.blocks.index}),
            _members(builder),
            _weight(builder),
            *_bounds(builder),
            *_caps(builder),
            *_factors(builder),
            *(
                Field(name, _numbers(data.blocks[name]), "solved", unit=_unit(name))
                for name in _SOLVED
                if name in data.blocks
            ),
            *_contributions(builder),
            Field("member_names", {label: _names(builder, label) for label in labels}),
        ],
        frozen=2 + len(data.year_names),
    )


def _numbers(column: pd.Series) -> dict[Label, object]:
    # Series.map would turn the None of an infeasible side into a number that is none.
    return {label: _number(value) for label, value in column.items()}


def _number(value: object) -> object:
    return None if value is None or value != value else value


def _unit(name: str) -> str:
    return MT if name.endswith("_mt") else PRICE


def _mine(builder: WorkbookBuilder, label: Label) -> str:
    """Which provinces are in the block, as a factor of 1 or 0."""
    keys = builder.grids["entitlements"].column("block_key")
    return f"({keys}={builder.grids['groups'].at('block_key', label)})"


def _sum(builder: WorkbookBuilder, column: str, label: Label) -> str:
    key = builder.grids["groups"].at("block_key", label)
    return builder.grids["entitlements"].sum_where(column, block_key=key)


def _per_block(data: WorkbookData, values: pd.Series) -> Any:
    p = data.provinces
    return values.groupby([p.index.get_level_values("year"), p["block"]])


def _members(builder: WorkbookBuilder) -> Field:
    count = _per_block(builder.data, builder.data.provinces["score"]).size()
    return Field(
        "members", _aligned(builder, count), "live", lambda key: f"SUMPRODUCT({_mine(builder, key)}*1)", ""
    )


def _aligned(builder: WorkbookBuilder, values: pd.Series) -> dict[Label, object]:
    found = values.to_dict()
    return {label: found[label] for label in builder.grids["groups"].labels}


def _weight(builder: WorkbookBuilder) -> Field:
    data = builder.data
    weight = block_weights(data)
    split = data.setting("groups.split", "")
    if weight is None:
        return Field("block_weight", dict.fromkeys(builder.grids["groups"].labels, ""), "text", unit="")
    found = _aligned(builder, weight)
    if split == "given":
        return Field("block_weight", found, "text", unit="")
    if split not in ("sum", "centroid"):
        return Field("block_weight", found, "solved", unit="")

    def formula(label: Label) -> str:
        # A reviewer may empty a group.
        mean = f"/MAX(1,{builder.grids['groups'].at('members', label)})" if split == "centroid" else ""
        return _sum(builder, "score", label) + mean

    return Field("block_weight", found, "live", formula, "")


def _bounds(builder: WorkbookBuilder) -> list[Field]:
    data = builder.data
    lower = _per_block(data, data.provinces["floor_mt"]).sum()
    upper = _per_block(data, data.provinces["ceiling_mt"]).sum()
    ceilings, unlimited = builder.grids["entitlements"].column("ceiling_mt"), builder.words("no_limit")

    def ceiling(label: Label) -> str:
        limited = f"SUMPRODUCT({_mine(builder, label)}*ISNUMBER({ceilings}))"
        count = builder.grids["groups"].at("members", label)
        return f"IF({limited}<{count},{unlimited},{_sum(builder, 'ceiling_mt', label)})"

    return [
        Field("floors_mt", _aligned(builder, lower), "live", lambda key: _sum(builder, "floor_mt", key)),
        Field("ceilings_mt", _aligned(builder, upper), "live", ceiling),
    ]


def _caps(builder: WorkbookBuilder) -> list[Field]:
    data, grid = builder.data, builder.grids["groups"]
    caps = data.blocks["cap_mt"]
    total = caps.groupby("year").transform("sum")
    share = Field(
        "cap_share",
        (caps / total).to_dict(),
        "live",
        lambda key: f"{grid.at('cap_mt', key)}/{of_cap(builder, 'groups', 'divided_mt', key)}",
    )
    weight = block_weights(data)
    if weight is None or not builder.splits.has(CAPS):
        return [Field("cap_mt", caps.to_dict(), "solved"), share, _moved(builder, caps * np.nan)]

    def clipped(key: Label) -> str:
        part = f"{of_cap(builder, 'groups', 'factor_of_caps', key)}*{grid.at('block_weight', key)}"
        return f"MAX({grid.at('floors_mt', key)},MIN({part},{grid.at('ceilings_mt', key)}))"

    plain = weight / weight.groupby(level=0).transform("sum") * total
    moved = caps - plain.loc[list(caps.index)]
    return [Field("cap_mt", caps.to_dict(), "live", clipped), share, _moved(builder, moved)]


def _moved(builder: WorkbookBuilder, moved: pd.Series) -> Field:
    grid = builder.grids["groups"]
    if moved.isna().any():
        return Field("moved_mt", dict.fromkeys(grid.labels, ""), "text")

    def formula(key: Label) -> str:
        share = f"{grid.at('block_weight', key)}/{sum_of_year(builder, 'groups', 'block_weight', key)}"
        return f"{grid.at('cap_mt', key)}-{of_cap(builder, 'groups', 'divided_mt', key)}*{share}"

    return Field("moved_mt", moved.to_dict(), "live", formula)


def _factors(builder: WorkbookBuilder) -> list[Field]:
    grid, found = builder.grids["groups"], builder.splits
    keys = {key: key for key in grid.labels if (WITHIN, key) in found.found}
    if not found.has(WITHIN) or len(keys) < len(grid.labels):
        blank: dict[Label, object] = dict.fromkeys(grid.labels, "")
        factor: dict[Label, object] = {key: found.factor(WITHIN, key) for key in keys}
        *others, last = point_names(WITHIN)
        return [
            *(Field(name, blank, "text", unit="") for name in others),
            Field(last, blank | factor, "solved", unit=""),
        ]

    def total(key: Label) -> str:
        moved = f"-{_sum(builder, OFFSET, key)}" if builder.data.targets else ""
        return f"({grid.at('cap_mt', key)}{moved})"

    return point_fields(builder, WITHIN, keys, total, grid)


def _contributions(builder: WorkbookBuilder) -> list[Field]:
    data, grid = builder.data, builder.grids["groups"]
    total = _per_block(data, data.contributions["contribution_yuan_per_t"]).sum()
    gap = total.loc[list(grid.labels)] - data.blocks["price_yuan_per_t"]
    values = builder.grids["prices"].column("contribution_yuan_per_t")
    return [
        Field(
            "contributions_yuan_per_t",
            _aligned(builder, total),
            "live",
            lambda key: f"SUMPRODUCT({_mine(builder, key)}*1,{values})",
        ),
        Field(
            "contributions_gap",
            gap.to_dict(),
            "live",
            lambda k: f"{grid.at('contributions_yuan_per_t', k)}-{grid.at('price_yuan_per_t', k)}",
            PRICE,
        ),
    ]


def _names(builder: WorkbookBuilder, label: Label) -> str:
    year, block = label
    names, p = builder.names(), builder.data.in_year(year)
    if block == NATIONAL:
        return builder.block(block)
    inside = p.index[p["block"] == block]
    return builder.say("list_comma").join(names[str(code)] for code in inside)
