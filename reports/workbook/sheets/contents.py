"""What each sheet holds, with links, and whether to solve again."""

from __future__ import annotations

from collections.abc import Sequence

from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.formats import mark_state
from capshare.reports.workbook.layout import lay_out, widen
from capshare.reports.workbook.text_cells import put_heading, put_link, put_text, put_title


def contents_sheet(builder: WorkbookBuilder, sheets: Sequence[str]) -> None:
    """One row per sheet, with a link.

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
    widen(sheet, (26, 110))
    lay_out(sheet)
