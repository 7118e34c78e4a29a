"""What may be typed into an input cell, and what it says about itself: unit, meaning, source."""

from __future__ import annotations

from collections.abc import Sequence

from capshare.reports.words.columns import POINTS, SHARE, UNIT_INTERVAL
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Formula, Grid, Label, column_letter, literal
from capshare.reports.workbook.sheet import Cell, Entry

_SHARES, _ANY_SIGN = (SHARE, UNIT_INTERVAL, "ratio"), ("", POINTS)
# Excel's own limits of a prompt's title, and of what it says.
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255


def add_entries(builder: WorkbookBuilder) -> None:
    """Bound every input by its unit, offer the words of a choice, and note unit and source on the heading.

    Parameters
    ----------
    builder : with every column that may be edited written
    """
    for name, column in builder.watched:
        grid, field = builder.grids[name], builder.fields[name, column]
        sheet = builder.book[grid.sheet]
        by_unit: dict[str, list[Cell]] = {}
        for label in grid.labels:
            cell = sheet.cell(grid.row(label), grid.place(column))
            if cell.kind == "input" and not isinstance(cell.value, Formula):
                by_unit.setdefault(_unit(builder, field, label), []).append(cell)
        for unit, cells in by_unit.items():
            sheet.entries.append(_entry(builder, grid, field, unit, cells))
        if by_unit:
            sheet.notes[grid.top, grid.place(column)] = _note(builder, field, list(by_unit), grid)


def _unit(builder: WorkbookBuilder, field: Field, label: Label) -> str:
    if field.units is not None:
        return field.units(label)
    return builder.about(field.name).unit if field.unit == "auto" else field.unit


def _entry(builder: WorkbookBuilder, grid: Grid, field: Field, unit: str, cells: Sequence[Cell]) -> Entry:
    known = builder.about(field.name)
    meaning = field.meaning or known.meaning
    told = [builder.say("entry.unit", unit=builder.unit_below(unit))] if builder.unit_below(unit) else []
    kind, rule = _rule(builder, field, unit, cells)
    first, *others = cells
    return Entry(
        first.coordinate,
        {
            **rule,
            # Some shares may exceed 1, a ceiling for one: the study's own model knows which.
            "error_type": "warning" if kind == "entry.share" else "stop",
            "input_title": (field.heading or known.label)[:_LONGEST_TITLE],
            "input_message": _shortened("\n".join([*told, *filter(None, [meaning])]) or builder.say(kind)),
            "error_title": builder.say("entry.refused"),
            "error_message": builder.say(kind),
            "other_cells": [[cell.row - 1, cell.column - 1] * 2 for cell in others],
        },
    )


def _rule(
    builder: WorkbookBuilder, field: Field, unit: str, cells: Sequence[Cell]
) -> tuple[str, dict[str, object]]:
    """The sentence about what is taken, and the rule itself; bounds are none that the run itself breaks."""
    if field.choices:
        return "entry.list", {"validate": "list", "source": list(field.choices)}
    numbers = [cell.value for cell in cells if isinstance(cell.value, float | int)]
    least, most = min(numbers, default=0), max(numbers, default=0)
    if unit in _SHARES and least >= 0 and most <= 1:
        kind, place = "entry.share", "AND({0}>=0,{0}<=1)"
    elif unit not in _ANY_SIGN and "%" not in unit and least >= 0:
        kind, place = "entry.least", "{0}>=0"
    else:
        kind, place = "entry.number", "TRUE"
    first = f"{column_letter(cells[0].column)}{cells[0].row}"
    words = sorted({str(cell.value) for cell in cells if isinstance(cell.value, str) and cell.value})
    number = f"AND(ISNUMBER({first}),{place.format(first)})"
    either = [number, *(f"{first}={literal(word)}" for word in words)]
    return kind, {"validate": "custom", "value": f"=OR({','.join(either)})"}


def _note(builder: WorkbookBuilder, field: Field, units: Sequence[str], grid: Grid) -> str:
    said = [builder.unit_below(unit) for unit in units if builder.unit_below(unit)]
    lines = [builder.say("entry.unit", unit=builder.say("list_comma").join(said))] if said else []
    key = field.key(grid.labels[0]) if field.key else ""
    used = builder.data.used
    if used is not None and field.name in used.fields.index:
        lines.append(
            builder.say("entry.source", source=builder.source(used.fields.loc[field.name, "source"]))
        )
    elif key and not key.startswith("inputs."):
        lines.append(builder.say("entry.source", source=builder.say("of_the_study")))
    meaning = field.meaning or builder.about(field.name).meaning
    return "\n".join([*lines, *filter(None, [meaning]), builder.say("entry.edit")])


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_TEXT else words[: _LONGEST_TEXT - 1] + "…"
