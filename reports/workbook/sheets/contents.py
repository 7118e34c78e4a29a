"""The first sheet: what each sheet holds, the colours of the cells, and whether to solve again."""

from __future__ import annotations

from collections.abc import Sequence

from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.formats import mark_state
from capshare.reports.workbook.grid import Kind
from capshare.reports.workbook.layout import lay_out, widen
from capshare.reports.workbook.text_cells import put_heading, put_link, put_text, put_title

_KINDS: tuple[Kind, ...] = ("input", "live", "solved")


def contents_sheet(builder: WorkbookBuilder, sheets: Sequence[str]) -> None:
    """One row per sheet, with a link; then the legend.

    Parameters
    ----------
    builder : with the state set by :func:`edited_sheet`
    sheets : keys, in their order
    """
    sheet = builder.book[builder.title("contents")]
    name = builder.data.outcome.study.name
    put_title(sheet, builder.say("title", study=name), builder.meaning("contents"))
    builder.put(sheet, HEADING_ROW - 2, 1, builder.state)
    mark_state(sheet, sheet.cell(HEADING_ROW - 2, 1).coordinate, builder.state)
    for column, heading in enumerate(("sheet", "holds"), start=1):
        put_heading(sheet, HEADING_ROW, column, builder.say(f"heading.{heading}"))
    others = [key for key in sheets if key != "contents"]
    for row, key in enumerate(others, start=HEADING_ROW + 1):
        put_link(sheet, row, 1, builder.title(key), builder.title(key))
        put_text(sheet, row, 2, builder.meaning(key))
    row = HEADING_ROW + len(others) + 2
    put_heading(sheet, row, 1, builder.say("heading.legend"))
    put_heading(sheet, row, 2, "")
    for below, kind in enumerate(_KINDS, start=row + 1):
        builder.put(sheet, below, 1, builder.say(f"kind.{kind}"), kind)
        put_text(sheet, below, 2, builder.say(f"kind_meaning.{kind}"))
    widen(sheet, (26, 110))
    lay_out(sheet)
