"""What each sheet holds, with links, and whether to solve again."""

from __future__ import annotations

import math
from collections.abc import Sequence

from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.formats import mark_state
from capshare.reports.workbook.layout import lay_out, text_width, widen, wrap
from capshare.reports.workbook.text_cells import put_heading, put_link, put_text, put_title

# Letters that a line of the second column surely holds.
_LETTERS = 104


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
        wrap(sheet, row, 1, 1)
        meaning = builder.meaning(key)
        put_text(sheet, row, 2, meaning)
        wrap(sheet, row, 2, math.ceil(text_width(meaning) / _LETTERS))
    widen(sheet, (22, 100, 18))
    lay_out(sheet)
    sheet.page.down = 1
