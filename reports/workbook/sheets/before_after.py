"""What was edited in the workbook of an earlier run, and what it changed: the nation, then the provinces."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.edits import AFTER, BEFORE, CHANGE, Edits
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Grid

SHEET, _YEARS = "before_after", "before_after_years"
_GAP = 3


def before_after_sheet(builder: WorkbookBuilder) -> None:
    """One row per edit; below, one per year, and one per province and year.

    Parameters
    ----------
    builder : of a run; nothing is written where it was not made from an edited workbook
    """
    edits = builder.data.outcome.study.edits
    if edits is None:
        return
    sheet = builder.open(SHEET)
    years_top = HEADING_ROW + len(edits.cells) + _GAP
    provinces_top = years_top + len(edits.years) + _GAP
    _edits(builder, edits)
    builder.subtitle(sheet, years_top - 1, _YEARS)
    _table(builder, _YEARS, edits.years, years_top, _year(edits.years))
    builder.subtitle(sheet, provinces_top - 1, SHEET)
    _table(builder, SHEET, edits.provinces, provinces_top, _names(builder, edits))


def _edits(builder: WorkbookBuilder, edits: Edits) -> None:
    """The edits themselves; long texts run on to the right."""
    cells = edits.cells
    order = [*(f"{name}" for name in cells.columns if name != "source"), "source"]
    builder.grid("edits", SHEET, tuple(cells.index), ("edit", *order))
    builder.write(
        "edits",
        [
            Field("edit", {number: int(number) for number in cells.index}, unit=""),
            *(Field(name, _readable(builder, cells[name]), unit="", widens=False) for name in order),
        ],
        frozen=0,
    )


def _readable(builder: WorkbookBuilder, values: pd.Series) -> dict[object, object]:
    """Numbers as numbers, infinity in words; other texts as they are."""
    if str(values.name) not in ("value_before", "value_after"):
        return dict(values)
    found: dict[object, object] = {}
    for number, value in values.items():
        try:
            found[number] = float(value)
        except ValueError:
            found[number] = builder.word(value) if value else ""
    return found


def _year(frame: pd.DataFrame) -> list[Field]:
    return [Field("year", {year: int(year) for year in frame.index}, unit="")]


def _names(builder: WorkbookBuilder, edits: Edits) -> list[Field]:
    """Year, code and name of each row."""
    rows, names = list(edits.provinces.index), builder.names()
    return [
        Field("year", {row: int(row[0]) for row in rows}, unit=""),
        Field("code", {row: str(row[1]) for row in rows}),
        Field(f"name_{builder.lang}", {row: names[row[1]] for row in rows}),
    ]


def _table(builder: WorkbookBuilder, name: str, frame: pd.DataFrame, top: int, first: list[Field]) -> None:
    names = (*(field.name for field in first), *map(str, frame.columns))
    grid = builder.grid(name, SHEET, tuple(frame.index), names, top)
    builder.write(name, [*first, *(_field(builder, grid, str(column), frame[column]) for column in frame)])


def _field(builder: WorkbookBuilder, grid: Grid, name: str, values: pd.Series) -> Field:
    """As solved, a difference as a formula."""
    if name.startswith("decided_"):
        return Field(name, {row: builder.word(rule) for row, rule in values.items()}, "solved")
    what, change, unit = name.partition(f"_{CHANGE}_")
    if not change:
        return Field(name, values.to_dict(), "solved")
    unit = unit.replace("points", "pct")
    before, after = f"{what}_{BEFORE}_{unit}", f"{what}_{AFTER}_{unit}"
    return Field(name, values.to_dict(), "live", lambda row: f"{grid.at(after, row)}-{grid.at(before, row)}")
