"""A workbook is loaded whole, or refused with every problem by sheet, row and column."""

import datetime
import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.reports.words.notes import note_text

SHEETS = {
    "dataset": [["item", "value", "note"], ["name", "islands", None], ["base_year", 2017, None]],
    "regions": [["code", "name_en", "aliases"], ["n", "North Island", "Nord"], ["s", "South Island", None]],
    "provinces": [
        ["region", "population", "gdp", "coast_pct", "remark", "boats"],
        ["unit", "persons", "1e4 yuan", "%", "text", "number"],
        ["South Island", 2_000_000, "９，０００，０００", 12.5, "calm", None],
        [None] * 6,
        ["Nord", 1e6, 4_500_000.5, 100, None, 7],
    ],
    "columns": [
        ["column", "title", "title_zh", "minimum", "may_be_blank", "source"],
        ["gdp", "GDP", "地区生产总值", 0, "no", "Yearbook"],
        ["boats", "Boats", None, None, "yes", None],
    ],
    "national": [
        ["year", "variable", "value", "unit"],
        [2016, "price", 40, "yuan/t"],
        [2017, "price", 50, "yuan/t"],
    ],
    "panel": [["region", "year", "variable", "value", "unit"]],
    "scratch": [["anything"]],
}


@pytest.fixture
def save(tmp_path):
    """Write the sheets, changed by a function, and give the file."""

    def write(change=lambda sheets: None):
        sheets = {name: [list(row) for row in rows] for name, rows in SHEETS.items()}
        change(sheets)
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "islands.xlsx")
        return tmp_path / "islands.xlsx"

    return write


@pytest.fixture
def refused(save):
    """Problems of a changed workbook."""

    def load(change):
        path = save(change)
        with pytest.raises(CapshareError, match=r"islands\.xlsx") as caught:
            load_dataset(path)
        return [str(problem).removeprefix("islands.xlsx, ") for problem in caught.value.problems]

    return load


def put(sheet, row, column, value):
    def change(sheets):
        rows = sheets[sheet]
        while len(rows) < row:
            rows.append([None] * len(rows[0]))
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value

    return change


def test_a_made_up_country(save):
    path = save()
    dataset = load_dataset(path)
    assert (dataset.name, dataset.title, dataset.base_year) == ("islands", "islands", 2017)
    assert dataset.table.columns.tolist() == ["population_1e4", "gdp_1e8yuan", "coast_pct", "boats"]
    assert dataset.table["population_1e4"].to_dict() == {"n": 100.0, "s": 200.0}
    assert dataset.table["gdp_1e8yuan"].to_dict() == {"n": 450.00005, "s": 900.0}
    assert dataset.table["boats"].isna().to_dict() == {"n": False, "s": True}
    assert dataset.fields.loc["gdp_1e8yuan", ["title_en", "unit", "source"]].tolist() == [
        "GDP", "1e8 yuan", "Yearbook"
    ]  # fmt: skip
    assert dataset.national["value"].tolist() == [40.0, 50.0]
    assert dataset.panel is None
    assert (dataset.folder, dataset.files) == (path.parent, {"islands.xlsx": path.read_bytes()})
    pd.testing.assert_frame_equal(load_dataset("islands.xlsx", relative_to=path.parent).table, dataset.table)


def test_a_percent_cell_is_what_it_shows(save):
    path = save()
    book = load_workbook(path)
    book["provinces"]["D3"].value, book["provinces"]["D3"].number_format = 0.125, "0.0%"
    book.save(path)
    assert load_dataset(path).table.loc["s", "coast_pct"] == 12.5


CASES = [
    (put("provinces", 3, 3, "much"), r"sheet provinces, row 3, column gdp: .* found 'much'"),
    (put("provinces", 3, 3, -1), "sheet provinces, row 3, column gdp: expected .*at least 0; found '-1'"),
    (put("provinces", 5, 2, None), "sheet provinces, row 5, column population: .* a blank cell"),
    (put("provinces", 5, 2, "#DIV/0!"), "sheet provinces, row 5, column population: .*'#DIV/0!'"),
    (put("provinces", 5, 2, "=1+1"), "column population: .* found 'the formula =1.1, whose value was never"),
    (put("provinces", 5, 2, datetime.date(2020, 1, 5)), "column population: .* found 'the date 2020-01-05"),
    (put("provinces", 5, 2, True), "column population: .* found 'TRUE'"),
    (put("provinces", 5, 1, "Sud"), "sheet provinces, row 5, column region: .* found 'Sud'"),
    (put("provinces", 5, 1, "Soth Island"), r"row 5, column region: .*Did you mean s \(South Island\)"),
    (put("provinces", 5, 1, "s"), "sheet provinces, row 5: .* found s again, as in row 3"),
    (put("provinces", 2, 4, "t"), "sheet provinces, row 2, column coast_pct: .* unit of share .* found 't'"),
    (put("provinces", 2, 3, "1e4 yaun"), "row 2, column gdp: .* Did you mean 1e4 yuan"),
    (put("provinces", 2, 6, None), "sheet provinces, row 2, column boats: expected the unit of boats"),
    (put("provinces", 2, 1, None), "sheet provinces, row 2: expected the word unit"),
    (put("provinces", 5, 7, 1), "sheet provinces, row 1, cell 7: expected the name of its column"),
    (put("provinces", 1, 6, "gdp_1e8yuan"), "column gdp_1e8yuan: .* gdp and gdp_1e8yuan, both gdp_1e8yuan"),
    (put("columns", 3, 1, "bots"), "sheet columns, column bots: .*Did you mean boats"),
    (put("columns", 3, 5, "perhaps"), "sheet columns, row 3, column may_be_blank: expected yes or no"),
    (put("regions", 1, 3, "alias"), "sheet regions, column alias: .*Did you mean aliases"),
    (put("regions", 4, 1, "e"), "sheet regions, row 4, column name_en: expected a text; found a blank cell"),
    (put("regions", 3, 2, "Nord"), "sheet regions, name 'nord': expected one region"),
    (put("dataset", 3, 2, "17"), "sheet dataset, item base_year: expected a year.* found '17'"),
    (put("dataset", 2, 1, "nom"), "sheet dataset, item name: .* found no such row"),
    (put("national", 4, 1, 17.5), "sheet national, row 4, column year: expected a year; found '17.5'"),
    (put("national", 3, 4, "t"), "sheet national, row 3, column unit: expected yuan/t for price"),
    (put("panel", 2, 1, "n"), "sheet panel, row 2, column year: expected a year; found a blank cell"),
    (lambda sheets: sheets.pop("regions"), "sheet regions: expected this sheet; found none"),
    (lambda sheets: sheets.update(colums=sheets.pop("columns")), "sheet colums: .*Did you mean columns"),
    (lambda sheets: sheets.update(provinces=[]), "sheet provinces: expected a header|sheet provinces, row"),
]


@pytest.mark.parametrize(("change", "message"), CASES, ids=[case[1] for case in CASES])
def test_one_problem(refused, change, message):
    found = refused(change)
    assert any(re.search(message, problem) for problem in found), found


def test_every_problem_of_every_sheet_at_once(refused):
    def change(sheets):
        put("provinces", 3, 3, "much")(sheets)
        put("provinces", 5, 2, None)(sheets)
        put("provinces", 5, 1, "Sud")(sheets)
        put("columns", 3, 1, "bots")(sheets)
        put("dataset", 3, 2, "17")(sheets)
        put("national", 3, 1, 17.5)(sheets)

    places = [problem.split(": expected")[0] for problem in refused(change)]
    assert set(places) == {
        "sheet dataset, item base_year",
        "sheet columns, column bots",
        "sheet provinces, row 3, column gdp",
        "sheet provinces, row 5, column population",
        "sheet provinces, row 5, column region",
        "sheet provinces, region n (North Island)",
        "sheet provinces, row 3, column boats",
        "sheet national, row 3, column year",
    }


def test_an_implausible_figure_is_a_note(save):
    path = save(put("provinces", 2, 3, "1e8 yuan"))
    (note,) = load_dataset(path).notes
    assert note.severity == "stop"
    assert "In gdp_1e8yuan the cells are probably in 1e4 yuan" in note_text(note, {})


@pytest.mark.parametrize("data", [b"", b"code,name\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_is_no_workbook(tmp_path, data):
    (tmp_path / "x.xlsx").write_bytes(data)
    with pytest.raises(CapshareError, match=r"x\.xlsx: expected an Excel workbook .*without a password"):
        load_dataset(tmp_path / "x.xlsx")


ODD = [
    None,
    "",
    "n",
    "unit",
    0,
    -1,
    1e300,
    0.1,
    True,
    "=1/0",
    "#N/A",
    datetime.date(2020, 1, 1),
    "1,5",
    "山东",
]
PLACES = [(name, row, column) for name in SHEETS for row in range(1, 5) for column in range(1, 8)]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=4))
def test_any_cells_end_in_a_dataset_without_gaps_or_in_problems(save, changes):
    def change(sheets):
        for place, value in changes:
            put(*place, value)(sheets)

    path = save(change)
    try:
        required = load_dataset(path).table.filter(["population_1e4", "gdp_1e8yuan"])
    except CapshareError as error:
        required = pd.DataFrame([problem.source for problem in error.problems])
    assert required.notna().all(axis=None)
