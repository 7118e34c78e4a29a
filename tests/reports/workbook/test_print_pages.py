"""How sheets are spread over pages, and where charts and subtotals stand."""

import pytest

from capshare.reports.workbook.book import builder
from capshare.reports.workbook.chart import Cells, Chart
from capshare.reports.workbook.chart_place import beside, last_cell
from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.print_pages import set_pages
from capshare.reports.workbook.sheet import Sheet


@pytest.fixture(scope="module")
def made(plan):
    return builder(plan)


def table(columns, rows, width=10.0):
    sheet = Sheet("x")
    for column in range(1, columns + 1):
        sheet.widths[column] = width
        for row in range(1, rows + 1):
            sheet.put(row, column, 1.0)
    sheet.page.frozen = (6, 3)
    return sheet


def test_a_narrow_table_is_one_page_across():
    sheet = table(columns=12, rows=20)
    set_pages(sheet)
    assert (sheet.page.across, sheet.page.repeated, sheet.page.area) == (1, 0, (20, 13))


def test_a_table_too_wide_to_read_takes_several_pages_that_repeat_its_first_columns():
    # 40 columns of 70 pixels: a page of 1045 holds 24 of them at 60 %.
    sheet = table(columns=40, rows=20)
    set_pages(sheet)
    assert (sheet.page.across, sheet.page.repeated) == (2, 2)


def test_what_is_set_to_be_printed_is_kept():
    sheet = table(columns=40, rows=20)
    sheet.page.area = (20, 8)
    set_pages(sheet)
    assert (sheet.page.across, sheet.page.area) == (1, (20, 8))


def test_no_page_ends_inside_a_chart():
    sheet = table(columns=20, rows=20)
    grid = Grid("x", 5, tuple(range(15)), tuple(map(str, range(20))))
    row, column = beside(sheet, grid)
    assert (row, column) == (6, 22)
    cells = Cells("x", 1, 6, 20)
    chart = Chart("", "", cells, [], row, column, 24, 9)
    sheet.charts.append(chart)
    set_pages(sheet)
    last = last_cell(sheet, chart)
    # 24 cm are 907 pixels: 15 columns of 64.
    assert last[1] == 36
    assert column - 1 in sheet.page.column_breaks
    assert not [place for place in sheet.page.column_breaks if column <= place < last[1]]
    assert beside(sheet, grid) == (6, 38)


def test_charts_stand_right_of_the_tables_they_draw(made):
    grid, sheet = made.grids["allocation"], made.book["Allocation"]
    [chart] = sheet.charts
    assert (chart.row, chart.column) == (grid.top + 1, grid.place(grid.names[-1]) + 2)


def test_subtotals_of_the_rows_shown_stand_in_the_head(made, plan):
    grid, sheet = made.grids["allocation"], made.book["Allocation"]
    cell = sheet.cell(3, grid.place("quota_mt"))
    last = grid.bottom
    letter = grid.letter("quota_mt")
    assert cell.value.text == f"=SUBTOTAL(109,{letter}$6:{letter}${last})"
    assert cell.value.value == pytest.approx(plan.allocation.provinces["quota_mt"].sum(), rel=1e-12)
    assert sheet.cell(1, 4).value == made.state
    assert isinstance(made.book["Groups"].cell(3, 3).value, Formula)
