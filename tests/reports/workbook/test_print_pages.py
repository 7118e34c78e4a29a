"""How sheets are spread over pages, and where charts and subtotals stand."""

import pytest

from capshare.reports.workbook.chart import Cells, Chart
from capshare.reports.workbook.chart_place import beside, last_cell
from capshare.reports.workbook.grid import Formula, Grid
from capshare.reports.workbook.print_pages import set_pages
from capshare.reports.workbook.sheet import Sheet


@pytest.fixture(scope="module")
def made(built):
    return built("plan")


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
    # 36 columns of 70 pixels, and up to 93 where the font is another: 20 of them on a page of 1064 at 55 %.
    sheet = table(columns=36, rows=20)
    set_pages(sheet)
    assert (sheet.page.across, sheet.page.repeated) == (2, 2)
    assert len(sheet.page.column_breaks) == 1


def test_breaks_that_a_sheet_sets_are_kept_at_a_scale_at_which_its_width_fits():
    sheet = table(columns=18, rows=60)
    sheet.page.row_breaks = [20]
    set_pages(sheet)
    # 18 columns of 70 pixels, a font 1.4 times as wide: 60 % of 1764 are 1058, of 1064 that a page holds.
    assert (sheet.page.scale, sheet.page.row_breaks, sheet.page.column_breaks) == (60, [20], [])


def test_a_chart_that_does_not_fit_beside_its_table_is_left_to_the_screen():
    sheet = table(columns=20, rows=20)
    sheet.charts.append(Chart("", "", Cells("x", 1, 6, 20), [], 6, 22, 24, 9))
    set_pages(sheet)
    assert (sheet.page.across, sheet.page.area) == (1, (20, 20))


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
    chart = Chart("", "", cells, [], row, column, 24, 9, own_page=True)
    sheet.charts.append(chart)
    set_pages(sheet)
    last = last_cell(sheet, chart)
    # 24 cm are 907 pixels: 15 columns of 64.
    assert last[1] == 36
    assert [place for place in sheet.page.column_breaks if place < column]
    assert not [place for place in sheet.page.column_breaks if column <= place < last[1]]
    assert beside(sheet, grid) == (6, 38)


def test_charts_stand_right_of_the_tables_they_draw(made):
    grid, sheet = made.grids["allocation"], made.book["Allocation"]
    [chart] = sheet.charts
    assert (chart.row, chart.column) == (grid.top + 1, grid.place(grid.names[-1]) + 2)


def test_numbers_of_the_assumptions_fit_their_column(made):
    grid, sheet = made.grids["assumptions"], made.book["Assumptions"]
    forms = {"0.0%": "{:.1%}", "#,##0.00": "{:,.2f}", "#,##0.0": "{:,.1f}", "#,##0": "{:,.0f}",
             "0": "{:.0f}", "0.0E+00": "{:.1E}", "0.0000": "{:.4f}", "0.000": "{:.3f}",
             "0.00": "{:.2f}", "0.0": "{:.1f}"}  # fmt: skip
    values = [sheet.cell(row, grid.place("value")) for row in range(grid.top + 1, grid.bottom + 1)]
    longest = max(
        len(forms[cell.look.form].format(cell.value)) for cell in values if not isinstance(cell.value, str)
    )
    assert sheet.widths[grid.place("value")] >= longest + 2


def test_charts_of_quotas_and_balances_draw_provinces_in_order(made, plan):
    last = plan.allocation.provinces.loc[2030]
    [quotas], [balances] = made.book["Allocation"].charts, made.book["Balance"].charts
    for chart, column in ((quotas, "quota_mt"), (balances, "balance_mt")):
        cells = chart.categories
        drawn = [
            made.book[cells.sheet].cell(row, cells.column).value.value
            for row in range(cells.first, cells.last + 1)
        ]
        wanted = last.set_index("name_en")[column].sort_values(ascending=False)
        assert drawn == list(wanted.index)
    # One series per class, each in the colour of the class.
    assert len({series.colour for series in balances.series}) == 7


def test_subtotals_of_the_rows_shown_stand_in_the_head(made, plan):
    grid, sheet = made.grids["allocation"], made.book["Allocation"]
    cell = sheet.cell(3, grid.place("quota_mt"))
    last = grid.bottom
    letter = grid.letter("quota_mt")
    assert cell.value.text == f"=SUBTOTAL(109,{letter}$6:{letter}${last})"
    assert cell.value.value == pytest.approx(plan.allocation.provinces["quota_mt"].sum(), rel=1e-12)
    assert sheet.cell(1, 4).value == made.state
    assert isinstance(made.book["Groups"].cell(3, 3).value, Formula)


def test_of_a_long_list_only_the_first_page_is_printed():
    sheet = table(columns=12, rows=200)
    sheet.page.first_only = True
    set_pages(sheet)
    # A page holds 515 points, less what other fonts take: at 70 % that is 44 rows of 15.
    assert sheet.page.area is not None
    assert 20 < sheet.page.area[0] < 50
    assert sheet.page.down == 1


def test_a_chart_beside_a_table_of_several_pages_is_left_to_the_screen():
    sheet = table(columns=12, rows=200)
    sheet.charts.append(Chart("", "", Cells("x", 1, 6, 20), [], 6, 14, 24, 9))
    set_pages(sheet)
    assert sheet.page.area == (200, 13)
    assert sheet.page.column_breaks == []


def test_sheets_of_which_a_part_is_printed_say_so_there_and_in_the_contents(made):
    contents = made.book["Contents"]
    printed = {
        contents.cell(row, 1).value: contents.cell(row, 3).value for row in range(6, contents.max_row + 1)
    }
    assert (printed["Summary"], printed["Comparison"]) == ("without workings", "without workings")
    assert (printed["Allocation"], printed["Balance"]) == ("whole", "whole")
    for title, part in printed.items():
        sheet = made.book[title]
        says = "On paper only its first page" in str(sheet.cell(2, 1).value)
        rows = sheet.page.area[0]
        assert says == (part == "first page"), title
        if title in ("Abatement steps", "Constraints", "Guide"):
            assert says, title
            assert rows < sheet.max_row, title


def test_pages_repeat_the_headings_of_the_longest_table(made):
    sheet, grids = made.book["Market"], made.grids
    provinces = next(grid for grid in grids.values() if grid.sheet == "Market" and len(grid.labels) == 150)
    assert sheet.page.heading == provinces.top > grids["market_figures"].top
