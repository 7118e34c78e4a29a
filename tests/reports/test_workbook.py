import dataclasses
import io
import math
import zipfile

import pytest
from openpyxl import load_workbook

from capshare.errors import CapshareError
from capshare.reports.tables import tables
from capshare.reports.workbook import workbook_bytes

TABLE_SHEETS = [
    *("Cap", "Weights", "Normalised", "Groups", "Provinces", "Prices", "Abatement steps"),
    *("Potential", "Published", "Agreement", "Within rules"),
]


def opened(result):
    return load_workbook(io.BytesIO(workbook_bytes(result)))


@pytest.fixture
def book(result):
    return opened(result)


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def headings(sheet):
    return {cell.value: cell.column for cell in sheet[4] if cell.value}


def test_it_has_every_sheet(book):
    assert book.sheetnames == ["Contents", "Summary", "Notes", *TABLE_SHEETS, "Columns"]


def test_links_lead_to_sheets_and_reach_all(book):
    targets = []
    for sheet in book:
        for cell in cells(sheet):
            if cell.hyperlink:
                name, corner = cell.hyperlink.location.split("!")
                assert name.strip("'") in book.sheetnames
                assert corner == "A1"
                assert cell.hyperlink.target is None
                targets.append(name.strip("'"))
    assert set(targets) == set(book.sheetnames)


def test_nothing_is_a_formula_and_such_text_is_marked(book):
    found = [cell for sheet in book for cell in cells(sheet)]
    assert not [cell.coordinate for cell in found if cell.data_type == "f"]
    suspicious = [cell for cell in found if cell.data_type == "s" and cell.value[0] in "=+-@"]
    assert {"=income", "=1+1 is how this note begins, and it is text."} <= {cell.value for cell in suspicious}
    assert all(cell.quotePrefix for cell in suspicious)


def test_the_cells_hold_the_unrounded_values(book, result):
    sheet = book["Provinces"]
    place = headings(sheet)["balance_mt"]
    found = [sheet.cell(6 + row, place).value for row in range(7)]
    assert found == pytest.approx(list(result.provinces["balance_mt"]), rel=1e-15)
    assert sheet.cell(6, place).number_format == "#,##0.0"


def test_headings_carry_units_and_the_names_in_the_csv_files(book, result):
    sheet = book["Provinces"]
    place = headings(sheet)["quota_mt"]
    assert sheet.cell(5, place).value == "Quota,\nMt CO2"
    for table, frame in tables(result).items():
        found = headings(book[table.name.replace("_", " ").capitalize()])
        assert set(frame.reset_index().columns) <= set(found)


def test_no_limit_and_no_price_are_words(book):
    sheet = book["Provinces"]
    assert sheet.cell(6, headings(sheet)["ceiling_mt"]).value == "no limit"
    sheet = book["Groups"]
    assert sheet.cell(7, headings(sheet)["price_low_yuan_per_t"]).value == "infeasible"


def test_headings_stay_and_filter(book):
    assert book["Provinces"].freeze_panes == "C6"
    assert book["Provinces"].auto_filter.ref == "A5:V12"


def test_provinces_are_named_where_a_table_has_only_codes(book):
    assert book["Abatement steps"]["B6"].value == "Aster"
    assert [book["Prices"].cell(row, 3).value for row in (6, 8)] == [None, "Aster"]


def test_notes_and_checks_are_there(book, result):
    found = [cell.value for cell in cells(book["Notes"])]
    assert set(result.notes) <= set(found)
    assert {"duality gap", 0.25, "no"} <= set(found)


def test_every_column_is_explained(book, result):
    named = {cell.value for cell in book["Columns"]["B"]}
    for frame in tables(result).values():
        assert set(frame.reset_index().columns) <= named


def test_an_empty_ranking_says_so(result):
    sheet = opened(dataclasses.replace(result, potential=result.potential.iloc[:0]))["Potential"]
    assert sheet["A6"].value.startswith("This run has no such rows")


def test_a_gap_is_an_error(result):
    broken = result.cap.assign(cap_mt=math.nan)
    with pytest.raises(CapshareError, match=r"cap\.csv, row 2017"):
        workbook_bytes(dataclasses.replace(result, cap=broken))


def test_the_same_result_gives_the_same_bytes_without_a_time(result):
    data = workbook_bytes(result)
    assert data == workbook_bytes(result)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
