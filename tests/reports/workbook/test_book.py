import io
import math
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from capshare.base.errors import CapshareError
from capshare.reports.workbook.book import SHEETS, builder, workbook_bytes
from capshare.reports.workbook.milestones import milestones


def opened(result, lang="en"):
    return load_workbook(io.BytesIO(workbook_bytes(result, lang)))


@pytest.fixture(scope="module")
def data(packed_book):
    """The workbook of the base study as a file."""
    return packed_book("base")


@pytest.fixture(scope="module")
def book(opened_book):
    return opened_book("base")


@pytest.fixture(scope="module")
def expected(built):
    """What each formula of it must give."""
    return built("base").expected


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def row_of(sheet, first):
    return next(cell.row for cell in sheet["A"] if cell.value == first)


def column_of(sheet, name):
    """Number of a column by its name in small print above the heading."""
    return next(cell.column for cell in sheet[4] if cell.value == name)


def test_every_sheet_is_linked_from_the_contents_and_leads_back(book):
    cover, contents, *others = book.sheetnames
    assert (cover, contents) == ("Cover", "Contents")
    assert len(others) >= len(SHEETS) - 2
    linked = {
        cell.hyperlink.location.split("!")[0].strip("'") for cell in cells(book[contents]) if cell.hyperlink
    }
    assert linked == {cover, *others}
    for name in (cover, *others):
        assert book[name]["A3"].hyperlink.location == f"'{contents}'!A1"
        assert book[name]["A3"].hyperlink.target is None


def test_the_estimate_of_costs_stands_beside_its_steps(book):
    """Thirty provinces, and below them the curves on offer, the one used first."""
    sheet = book["Costs"]
    used = [sheet.cell(row, column_of(sheet, "used_price_yuan_per_t")).value for row in range(6, 36)]
    assert sorted(used)[14] < 63.1 < 1 + sorted(used)[15]
    curves = row_of(sheet, "distance function")
    assert sheet.cell(curves - 2, 1).value == "Curves on offer"
    shown = [sheet.cell(row, 1).value for row in range(curves, curves + 3)]
    assert shown == ["distance function", "distance function, null-joint", "GDP per tonne (naive)"]


def test_inputs_are_numbers_and_what_follows_is_live(book):
    inputs = book["Inputs"]
    assert inputs.cell(6, column_of(inputs, "population_1e4")).value == 2171
    for name in ("Indicators", "Weights", "Scores", "Projection", "Entitlements", "Balance", "Market"):
        live = [cell for cell in cells(book[name]) if cell.data_type == "f"]
        assert len(live) > 20, name


def test_an_indicator_is_its_expression_on_the_inputs(book):
    sheet, inputs = book["Indicators"], book["Inputs"]
    gdp, emissions = (
        inputs.cell(6, column_of(inputs, name)).coordinate for name in ("gdp_1e8yuan", "emissions_mt")
    )
    formula = sheet.cell(6, column_of(sheet, "x_gdp_per_tonne")).value
    assert formula.replace("$", "") == f"='Inputs'!{gdp}/'Inputs'!{emissions}"


def test_what_the_solver_decided_is_a_value_on_its_own_ground(book, base):
    sheet = book["Allocation"]
    place = column_of(sheet, "quota_mt")
    found = [sheet.cell(row, place) for row in range(6, 36)]
    quota = list(base.allocation.provinces["quota_mt"])
    assert [cell.value for cell in found] == pytest.approx(quota, rel=1e-15)
    grey = {cell.fill.start_color.rgb for cell in found}
    inputs = book["Inputs"]["C6"].fill.start_color.rgb
    assert len(grey) == 1
    assert inputs not in grey
    assert sheet.cell(6, column_of(sheet, "cost_1e8yuan")).fill.fill_type is None


def test_groups_are_held_fixed(book):
    sheet = book["Scores"]
    assert sheet.cell(6, column_of(sheet, "group_found")).value == "IV"
    # The group that holds follows the one that a reviewer gives.
    assert sheet.cell(6, column_of(sheet, "group_given")).value is None
    assert sheet.cell(6, column_of(sheet, "group")).data_type == "f"


def test_headings_stay_filter_and_print(book):
    for name in ("Inputs", "Scores", "Entitlements", "Allocation", "Balance", "Checks"):
        sheet = book[name]
        assert sheet.freeze_panes, name
        assert sheet.auto_filter.ref, name
        assert sheet.print_area, name
        assert sheet.print_title_rows == "$5:$5", name
    assert book["Entitlements"].freeze_panes == "C6"


def test_there_are_charts_and_formats_that_follow_values(book):
    assert sum(len(sheet._charts) for sheet in book) == 7
    assert len(book["Summary"]._charts) == 2
    assert {name for name in book.sheetnames if len(book[name].conditional_formatting)} >= {
        *("Contents", "Summary", "Scores", "Allocation", "Balance", "Checks"),
    }


@pytest.mark.slow
def test_text_that_looks_like_a_formula_is_text(result):
    found = opened(result)
    suspicious = [
        cell
        for sheet in found
        for cell in cells(sheet)
        if cell.data_type == "s" and str(cell.value).startswith(("=", "+", "-", "@"))
    ]
    assert "=1+1: all values of one side are equal, so there is no rank correlation" in {
        cell.value for cell in suspicious
    }
    assert all(cell.quotePrefix for cell in suspicious)


def test_values_stand_in_the_cells_for_readers_that_do_not_compute(data, expected):
    shown = load_workbook(io.BytesIO(data), data_only=True)
    for (sheet, cell), value in expected.items():
        assert shown[sheet][cell].value == (None if value == "" else value), (sheet, cell)


def test_an_infeasible_side_of_a_price_is_a_word(result):
    found = builder(result)
    sheet, grid = found.book["Groups"], found.grids["groups"]
    sides = [sheet[grid.at("price_low_yuan_per_t", label)].value for label in grid.labels]
    assert sides == [91.5, "infeasible"]


def test_no_limit_is_a_word(book):
    sheet = book["Entitlements"]
    assert "no limit" in sheet.cell(6, column_of(sheet, "ceiling_mt")).value
    assert book["Assumptions"].cell(row_of(book["Assumptions"], "Ceiling"), 2).value == "no limit"


@pytest.mark.slow
def test_chinese_has_the_terms_of_the_literature(opened_book):
    found = opened_book("base", "zh")
    assert found.sheetnames[:2] == ["封面", "目录"]
    texts = {str(cell.value).split("\n")[0] for sheet in found for cell in cells(sheet)}
    assert {"碳排放权分配额", "初始空间余额", "北京"} <= texts
    assert any("影子价格" in text for text in texts)
    assert any("熵值法" in text for text in texts)
    assert any("主成分" in text for text in texts)


def test_a_result_without_its_inputs_is_shown_as_values(result):
    found = opened(result)
    assert found["Inputs"]["C6"].value == 75.0
    assert found["Comparison"]["A5"].value.startswith("No comparison")
    assert found["Intensity targets"]["A5"].value.startswith("No intensity targets")


@pytest.mark.slow
def test_every_year_of_a_study_is_shown(path):
    book = builder(path).book
    every = list(range(2026, 2036))
    for title in ("Balance", "Allocation", "Abatement steps", "Prices"):
        column = [cell.value for (row, place), cell in book[title].cells.items() if place == 1 and row > 5]
        assert sorted(set(column)) == every, title
    assert [book["Cap path"].cell(row, 1).value for row in range(6, 16)] == every


def test_of_very_many_years_the_first_the_last_and_every_fifth_are_shown():
    every = tuple(range(2026, 2061))
    assert milestones(every[:33], 30) == every[:33]
    assert milestones(every, 30) == (2026, 2030, 2035, 2040, 2045, 2050, 2055, 2060)


@pytest.mark.slow
def test_a_sheet_says_which_years_it_leaves_out(built, smoothed, monkeypatch):
    meant = "Of many years the sheet shows 2018, 2022; all 3 are in the tables of the run."
    whole = built("smoothed").book
    monkeypatch.setattr("capshare.reports.workbook.milestones.MOST_PROVINCE_YEARS", 12)
    some = builder(smoothed).book
    assert meant in some["Balance"].cell(2, 1).value
    assert meant not in some["Cap path"].cell(2, 1).value
    assert meant not in whole["Balance"].cell(2, 1).value
    # Limits of 2018 depend on prices of 2019, which stand nowhere: no formula, no wrong one.
    column = next(c.column for c in some["Prices"].cells.values() if c.row == 4 and c.value == "links_price")
    assert isinstance(some["Prices"].cell(6, column).value, float)


def test_no_number_is_missing(expected):
    for key, value in expected.items():
        assert isinstance(value, str) or math.isfinite(value), key


@pytest.mark.slow
def test_the_same_result_gives_the_same_bytes_without_a_time(base, data):
    assert data == workbook_bytes(base)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_a_run_whose_folder_lacks_what_its_formulas_start_from_is_refused(plan):
    older = replace(plan, inputs=replace(plan.inputs, national=None, provincial=None))
    with pytest.raises(CapshareError, match=r"purpose growth.*an older version") as refused:
        builder(older)
    places = [problem.place for problem in refused.value.problems]
    assert places == ["purpose growth", "purpose nowcast_growth"]
