r"""The breakpoints from which the factors of all proportional splits are read; all live.

.. math:: S(b) = \sum_i \ell_i + \sum_{\ell_i/w_i\le b} w_i\Bigl(b-\frac{\ell_i}{w_i}\Bigr)
    - \sum_{u_i/w_i\le b} w_i\Bigl(b-\frac{u_i}{w_i}\Bigr)
"""

from __future__ import annotations

from collections.abc import Callable

from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.split_table import GROUPS, PROVINCES, SUMS, table_of
from capshare.reports.workbook.sheets.splits import CAPS, WITHIN
from capshare.reports.workbook.sheets.target_entitlements import OFFSET

_NAMES = ("split_weight", "lower_mt", "upper_mt", "floor_point", "ceiling_weight", "ceiling_point")


def reserve(builder: WorkbookBuilder) -> None:
    """Place the provinces in their blocks, and below them the blocks in the nation.

    Parameters
    ----------
    builder : takes the places of ``projection`` and ``projection_caps``
    """
    data, top = builder.data, HEADING_ROW
    if builder.splits.has(WITHIN):
        names = (*builder.identity, "block_key", *_NAMES, *SUMS)
        top = builder.grid(PROVINCES, "projection", data.rows, names, top).bottom + 4
    if builder.splits.has(CAPS):
        names = ("year", "member", *_NAMES, *SUMS)
        builder.grid(GROUPS, "projection", tuple(data.blocks.index), names, top)


def projection_sheet(builder: WorkbookBuilder) -> None:
    """Bounds over weights of every member, and the sum of its split at each of them.

    Parameters
    ----------
    builder : with the places of ``entitlements``, ``groups`` and what :func:`reserve` placed
    """
    sheet = builder.open("projection")
    if PROVINCES in builder.grids:
        identity = builder.province_fields()
        builder.write(PROVINCES, [*identity, *_provinces(builder)], frozen=len(identity))
    if GROUPS in builder.grids:
        builder.subtitle(sheet, builder.grids[GROUPS].top - 1, GROUPS)
        builder.write(GROUPS, _groups(builder))


def _provinces(builder: WorkbookBuilder) -> list[Field]:
    data, source = builder.data, builder.grids["entitlements"]
    keys: dict[Label, object] = builder.block_keys()
    words = builder.words("no_limit")

    def bound(name: str) -> Callable[[Label], str]:
        def formula(row: Label) -> str:
            cell = source.peer(name, row)
            moved = f"-{source.peer(OFFSET, row)}" if data.targets else ""
            return f"IF(ISNUMBER({cell}),{cell}{moved},{words})"

        return formula

    sources = {
        "split_weight": lambda row: source.peer("share", row),
        "lower_mt": bound("floor_mt"),
        "upper_mt": bound("ceiling_mt"),
    }
    return [
        Field("block_key", keys, "live", lambda row: source.peer("block_key", row)),
        *_points(builder, WITHIN, {row: (data.block_of[row], row[1]) for row in data.rows}, sources),
    ]


def _groups(builder: WorkbookBuilder) -> list[Field]:
    blocks, source = tuple(builder.data.blocks.index), builder.grids["groups"]
    sources = {
        "split_weight": lambda key: source.peer("block_weight", key),
        "lower_mt": lambda key: source.peer("floors_mt", key),
        "upper_mt": lambda key: source.peer("ceilings_mt", key),
    }
    return [
        Field("year", {key: key[0] for key in blocks}, unit=""),
        Field("member", {key: builder.block(key[1]) for key in blocks}),
        *_points(builder, CAPS, {key: (key[0], key[1]) for key in blocks}, sources),
    ]


def _points(
    builder: WorkbookBuilder,
    kind: str,
    place: dict[Label, tuple[Label, Label]],
    sources: dict[str, Callable[[Label], str]],
) -> list[Field]:
    """Weights and bounds, where each bound is reached, and the sum of the split there."""
    table = table_of(builder, kind)
    grid, keys = table.grid, {key for key, _ in place.values()}
    found = {key: builder.splits.found[kind, key].members.to_dict("index") for key in keys}

    def values(name: str) -> dict[Label, object]:
        return {row: found[key][member][name] for row, (key, member) in place.items()}

    def point(bound: str, weight: str) -> Callable[[Label], str]:
        return lambda row: f"IF({grid.at(weight, row)}>0,{grid.at(bound, row)}/{grid.at(weight, row)},0)"

    def total(name: str) -> Callable[[Label], str]:
        return lambda row: table.sum_at(grid.at(name, row), grid.at(table.key, row))

    def limited(row: Label) -> str:
        return f"IF(ISNUMBER({grid.at('upper_mt', row)}),{grid.at('split_weight', row)},0)"

    formulas: dict[str, tuple[str, Callable[[Label], str], str]] = {
        "floor_point": ("floor_point", point("lower_mt", "split_weight"), ""),
        "ceiling_weight": ("ceiling_weight", limited, ""),
        "ceiling_point": ("ceiling_point", point("upper_mt", "ceiling_weight"), ""),
        "sum_at_floor_mt": ("sum_at_floor_mt", total("floor_point"), MT),
        "sum_at_ceiling_mt": ("sum_at_ceiling_mt", total("ceiling_point"), MT),
    }
    own = {"split_weight": "weight", "lower_mt": "lower_mt", "upper_mt": "upper_mt"}
    return [
        *(
            Field(name, values(own[name]), "live", formula, "" if name == "split_weight" else MT)
            for name, formula in sources.items()
        ),
        *(
            Field(name, values(column), "live", formula, unit)
            for name, (column, formula, unit) in formulas.items()
        ),
    ]
