"""What every column of every sheet is: heading, unit, whether it may be edited, and its formula."""

from __future__ import annotations

from capshare.base.conventions import conventions
from capshare.reports.words.notes import notes_in_words
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field


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
            "formula": formula,
        }
        for sheet, field, heading, unit, formula in columns
    ]
    names = builder.grids["guide"].names
    builder.write(
        "guide", [Field(name, {label: texts[label][name] for label in labels}) for name in names], 2
    )


def notes_sheet(builder: WorkbookBuilder) -> None:
    """What a planner should know about this run, one sentence per row.

    Parameters
    ----------
    builder : its outcome's notes are read
    """
    notes = notes_in_words(builder.data.outcome, builder.lang) or [builder.say("no_notes")]
    labels = tuple(range(len(notes)))
    sheet = builder.open("notes")
    builder.grid("notes", "notes", labels, ("note",))
    builder.write("notes", [Field("note", dict(enumerate(notes)))], 0)
    sheet.column_dimensions["A"].width = 110
    for row in range(builder.grids["notes"].top + 1, builder.grids["notes"].bottom + 1):
        lines = len(str(sheet.cell(row, 1).value)) // 100 + 1
        sheet.row_dimensions[row].height = 15.0 * lines
