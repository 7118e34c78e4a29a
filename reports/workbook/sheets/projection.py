"""The sorted breakpoints from which the factors of all proportional splits are read."""

from __future__ import annotations

from collections.abc import Callable

from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Grid, Label
from capshare.reports.workbook.sheets.splits import CAPS, Splits
from capshare.reports.workbook.sheets.target_entitlements import OFFSET

_NAMES = ("split", "member", "end", "split_weight", "bound_mt", "breakpoint", "change")
_WALK = ("number", "walk_breakpoint", "walk_rate", "walk_sum_mt")


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table of all breakpoints, split after split.

    Parameters
    ----------
    builder : takes the place of ``projection``, and its splits those of their rows
    """
    splits = builder.splits
    if not splits.is_live:
        return
    for (kind, key), split in splits.found.items():
        splits.rows[kind, key] = [(kind, key, *end) for end in split.ends.index]
    labels = [label for rows in splits.rows.values() for label in rows]
    splits.grid = builder.grid("projection", "projection", labels, _NAMES + _WALK)


def projection_sheet(builder: WorkbookBuilder) -> None:
    """Left, every bound over its weight; right, the same sorted, with the sum of the split at each.

    Parameters
    ----------
    builder : with the places of ``entitlements``, ``groups`` and what :func:`reserve` placed
    """
    builder.open("projection")
    splits, grid = builder.splits, builder.splits.grid
    if grid is None:
        return
    builder.write(
        "projection", [*_texts(builder, splits), *_ends(builder, splits, grid), *_walk(splits, grid)], 3
    )


def _texts(builder: WorkbookBuilder, splits: Splits) -> list[Field]:
    data, names = builder.data, builder.names()
    titles: dict[Label, object] = {}
    members: dict[Label, object] = {}
    ends: dict[Label, object] = {}
    for (kind, key), rows in splits.rows.items():
        caps = builder.say("split_of_caps")
        title = data.key(*key) if kind != CAPS else f"{key} {caps}" if data.several else caps
        for row in rows:
            titles[row] = title
            members[row] = names.get(str(row[2]), str(row[2])) if kind != CAPS else str(row[2])
            ends[row] = builder.say(f"end.{row[3]}")
    return [Field("split", titles), Field("member", members), Field("end", ends)]


def _values(splits: Splits, column: str) -> dict[Label, object]:
    return {
        row: value
        for at, rows in splits.rows.items()
        for row, value in zip(rows, splits.found[at].ends[column], strict=True)
    }


def _ends(builder: WorkbookBuilder, splits: Splits, grid: Grid) -> list[Field]:
    points = {row: value if value == value else "–" for row, value in _values(splits, "breakpoint").items()}

    def point(row: Label) -> str:
        bound, weight = grid.at("bound_mt", row), grid.at("split_weight", row)
        return f'IF(ISNUMBER({bound}),IF({weight}>0,{bound}/{weight},"–"),"–")'

    def change(row: Label) -> str:
        sign = "" if row[3] == "floor" else "-"
        return f"IF(ISNUMBER({grid.at('breakpoint', row)}),{sign}{grid.at('split_weight', row)},0)"

    return [
        Field(
            "split_weight", _values(splits, "weight"), "live", lambda row: _source(builder, row, "weight"), ""
        ),
        Field(
            "bound_mt", _values(splits, "bound_mt"), "live", lambda row: _source(builder, row, "bound"), MT
        ),
        Field("breakpoint", points, "live", point, ""),
        Field("change", _values(splits, "change"), "live", change, ""),
    ]


def _source(builder: WorkbookBuilder, row: Label, what: str) -> str:
    kind, key, member, end = row
    if kind == CAPS:
        column = {"weight": "block_weight", "bound": f"{end}s_mt"}[what]
        return builder.grids["groups"].ref(column, (key, member))
    source, label = builder.grids["entitlements"], (key[0], member)
    if what == "weight":
        return source.ref("share", label)
    moved = f"-{source.ref(OFFSET, label)}" if builder.data.targets else ""
    return f"{source.ref(f'{end}_mt', label)}{moved}"


def _walk(splits: Splits, grid: Grid) -> list[Field]:
    place: dict[Label, tuple[tuple[str, Label], int]] = {
        row: (at, number) for at, rows in splits.rows.items() for number, row in enumerate(rows)
    }

    def column(name: str, unit: str, formula: Callable[[Grid, list[Label], int], str]) -> Field:
        values = {row: splits.found[at].walk[name].iloc[number] for row, (at, number) in place.items()}

        def written(row: Label) -> str:
            at, number = place[row]
            return formula(grid, splits.rows[at], number)

        return Field(f"walk_{name}", values, "live", written, unit)

    return [
        Field("number", {row: number + 1 for row, (_, number) in place.items()}, unit=""),
        column("breakpoint", "", _point),
        column("rate", "", _rate),
        column("sum_mt", MT, _sum),
    ]


def _point(grid: Grid, rows: list[Label], number: int) -> str:
    """The next larger breakpoint; the last is repeated where there are no more."""
    span = grid.span("breakpoint", rows)
    if number == 0:
        return f"IF(COUNT({span})>0,SMALL({span},1),0)"
    before = grid.at("walk_breakpoint", rows[number - 1])
    return f"IF(COUNT({span})>{number},SMALL({span},{number + 1}),{before})"


def _rate(grid: Grid, rows: list[Label], number: int) -> str:
    reached = f"({grid.span('breakpoint', rows)}<={grid.at('walk_breakpoint', rows[number])})"
    return f"MAX(0,SUMPRODUCT({reached}*{grid.span('change', rows)}))"


def _sum(grid: Grid, rows: list[Label], number: int) -> str:
    if number == 0:
        # The first half of a split's rows are its floors.
        return f"SUM({grid.span('bound_mt', rows[: len(rows) // 2])})"
    last = rows[number - 1]
    step = f"({grid.at('walk_breakpoint', rows[number])}-{grid.at('walk_breakpoint', last)})"
    return f"{grid.at('walk_sum_mt', last)}+{step}*{grid.at('walk_rate', last)}"
