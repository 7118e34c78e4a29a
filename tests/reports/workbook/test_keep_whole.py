"""Pages begin between tables, and repeat only the headings of a table that goes on."""

from capshare.reports.workbook.keep_whole import keep_tables_whole
from capshare.reports.workbook.print_pages import set_pages
from capshare.reports.workbook.sheet import Page, Sheet
from capshare.reports.workbook.text_cells import put_title

# 30 rows of 15 points.
ROOM = 450.0


def parted(*tables, heading=5, heights=None):
    return keep_tables_whole(Page(tables=list(tables), heading=heading), heights or {}, ROOM)


def test_a_table_that_fits_on_a_page_is_not_torn_and_no_heading_is_repeated():
    assert parted((4, 20), (23, 33), (36, 40)) == ([22], 0)


def test_what_fits_stays_together():
    assert parted((4, 20), (23, 30)) == ([], 0)


def test_a_table_longer_than_a_page_goes_on_under_its_headings():
    assert parted((4, 80)) == ([], 5)


def test_a_long_table_begins_where_a_third_of_a_page_is_left():
    assert parted((4, 12), (15, 80), heading=16) == ([], 16)
    assert parted((4, 22), (25, 80), heading=26) == ([24], 26)


def test_high_rows_take_more_of_a_page():
    assert parted((4, 14), (16, 28)) == ([], 0)
    assert parted((4, 14), (16, 28), heights={8: 60.0}) == ([15], 0)


def tables_of(*tables):
    sheet = Sheet("x")
    for column in range(1, 13):
        sheet.widths[column] = 10.0
        for row in range(tables[0][0], tables[-1][1] + 1):
            sheet.put(row, column, 1.0)
    sheet.page.frozen, sheet.page.heading, sheet.page.tables = (6, 3), 5, list(tables)
    return sheet


def test_a_sheet_begins_a_page_before_a_table_that_would_be_torn():
    sheet = tables_of((4, 35), (38, 68))
    set_pages(sheet)
    assert (sheet.page.row_breaks, sheet.page.heading) == ([37], 0)
    assert sheet.page.scale > 0


def test_a_sentence_wider_than_its_page_is_folded():
    sheet = tables_of((4, 20))
    put_title(sheet, "x", "word " * 60)
    set_pages(sheet)
    # 300 letters of 7 pixels on 13 columns; 185 of them are all that the print is made wide enough for.
    assert sheet.spread == {2: sheet.page.area[1]}
    assert (sheet.cell(2, 1).look.wraps, sheet.heights[2]) == (True, 30)


def test_words_that_run_over_their_cell_are_printed_in_full():
    sheet = tables_of((4, 20))
    for column in range(5, 13):
        del sheet.cells[20, column]
    sheet.put(20, 4, "source " * 20)
    set_pages(sheet)
    # Three columns of 70 pixels stand before 140 letters of 7.
    assert sum(sheet.pixels(column) for column in range(1, sheet.page.area[1] + 1)) >= 210 + 980
