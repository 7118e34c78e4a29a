"""What every column of every sheet is: heading, unit, whether it may be edited, and its formula."""

from __future__ import annotations

from capshare.base.conventions import conventions
from capshare.reports.words.notes import marked_notes
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.formats import RED, mark_severity
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.layout import text_width, wrap


def guide_sheet(builder: WorkbookBuilder) -> None:
    """One row per column, its formula as it stands in the first row.

    Parameters
    ----------
    builder : with the columns of all other sheets written
    """
    columns = list(builder.columns)
    labels = tuple(range(len(columns)))
    builder.open("guide")
    builder.grid(
        "guide", "guide", labels, ("sheet", "heading", "column_name", "unit", "kind", "meaning", "formula")
    )
    texts = [
        {
            "sheet": sheet,
            "heading": heading,
            "column_name": conventions().outward(field.name),
            "unit": unit,
            "kind": builder.say(f"kind.{field.kind}"),
            "meaning": field.meaning or builder.about(field.name).meaning,
            "formula": formula.removeprefix("="),
        }
        for sheet, field, heading, unit, formula in columns
    ]
    names = builder.grids["guide"].names
    builder.write(
        "guide", [Field(name, {label: texts[label][name] for label in labels}) for name in names], 2
    )


def notes_sheet(builder: WorkbookBuilder) -> None:
    """What a planner should know about this run, one sentence per row, the severest marked and first.

    Parameters
    ----------
    builder : its outcome's notes are read
    """
    notes = marked_notes(builder.data.outcome, builder.lang)
    said = [note.said for note in notes] or [builder.say("no_notes")]
    labels = tuple(range(len(said)))
    marks = dict.fromkeys(labels, "") | {place: note.mark for place, note in enumerate(notes)}
    sheet = builder.open("notes")
    grid = builder.grid("notes", "notes", labels, ("severity", "note"))
    builder.write("notes", [Field("severity", marks), Field("note", dict(enumerate(said)), widens=False)], 0)
    sheet.widths[grid.place("note")] = 110
    for row, sentence in enumerate(said, start=grid.top + 1):
        wrap(sheet, row, grid.place("note"), int(text_width(sentence) // 100) + 1)
    for row, note in enumerate(notes, start=grid.top + 1):
        mark_severity(sheet, f"{grid.letter('severity')}{row}", note.severity)
    if any(note.severity == "stop" for note in notes):
        sheet.tab_colour = RED
