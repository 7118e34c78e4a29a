"""Tables of facilities as people save them, and every fault of one at once."""

import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.facilities.shipped import market_regions
from capshare.indicators.facilities.table import read_facilities

SECTORS = {"steel": "steel", "钢铁": "steel", "power": "power"}
HEAD = "facility,province,sector,year,emissions_t,output"


@pytest.fixture(scope="module")
def regions():
    return market_regions()


def read(text, regions, name="own.csv", encoding="utf-8"):
    return read_facilities(text.encode(encoding), name, regions, SECTORS)[:2]


def workbook(rows, sheet="facilities"):
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_provinces_and_sectors_by_any_of_their_names(regions, encoding):
    text = f"{HEAD}\nA,山西,钢铁,2025,10,5\nB,Shanxi Province,Steel,2025,10,5\nC,14,power,2025,10,5\n"
    frame, problems = read(text, regions, encoding=encoding)
    assert problems == []
    assert frame["code"].tolist() == ["140000"] * 3
    assert frame["sector"].tolist() == ["steel", "steel", "power"]


def test_marks_blank_rows_and_optional_columns(regions):
    text = (
        "facility;province;sector;year;emissions_t;output;benchmark\r\n"
        "A;11;steel;2025;1.234.567,5;２,5;\r\n;;;;;;\r\nB;12;steel;2025;5;6;1,5\r\n"
    )
    frame, problems = read(text, regions)
    assert problems == []
    assert frame.index.tolist() == [2, 4]
    assert frame["emissions_t"].tolist() == [1234567.5, 5.0]
    assert frame["output"].tolist() == [2.5, 6.0]
    assert frame["benchmark"].tolist() == pytest.approx([np.nan, 1.5], nan_ok=True)
    assert frame["carried_t"].isna().all()


def test_numbers_are_read_to_the_last_digit(regions):
    figures = np.random.default_rng(7).lognormal(10, 3, 300).tolist()
    rows = "".join(f"F{place},11,steel,2025,{figure!r},1\n" for place, figure in enumerate(figures))
    frame, _ = read(f"{HEAD}\n{rows}", regions)
    assert frame["emissions_t"].tolist() == figures


def test_a_quoted_name_may_hold_commas_and_quotes(regions):
    frame, problems = read(f'{HEAD}\n"Works, ""East""",11,steel,2025,10,5\n', regions)
    assert (frame["facility"].tolist(), problems) == (['Works, "East"'], [])


SPOILT = """facility,province,sector,year,emissions_t,output,benchmark,benchmrk
A,Shanxi,steel,2025,100,50,,
A,Shanxi,steel,2025,100,50,,
B,Shanxj,steal,2025,x,-5,0,
,11,steel,20.5,,0,,
C,11,steel,2025,inf,5,,
"""
# Place, what was expected, what was found.
TOLD = [
    ("column benchmrk", "a column of a table of facilities", "'benchmrk'"),
    ("row 3", "each facility once a year", "'A' again in 2025, as in row 2"),
    ("row 4, column province", "one of the 30 regions", "'Shanxj'"),
    ("row 4, column sector", "a sector that the rules of the market know: power, steel", "'steal'"),
    ("row 4, column emissions_t", "a finite number, at least 0, at most 1e+11", "'x'"),
    ("row 4, column output", "a finite number, at least 0, at most 1e+11", "'-5'"),
    ("row 4, column benchmark", "a number above 0", "0"),
    ("row 5, column facility", "a text", "a blank cell"),
    ("row 5, column year", "a year, at least 2000, at most 2100", "'20.5'"),
    ("row 5, column emissions_t", "a finite number, at least 0, at most 1e+11", "a blank cell"),
    ("row 5, column output", "a number above 0", "0"),
    ("row 6, column emissions_t", "a finite number, at least 0, at most 1e+11", "'inf'"),
]


def test_every_fault_of_a_csv_at_once(regions):
    _, problems = read(SPOILT, regions)
    assert {problem.source for problem in problems} == {"own.csv"}
    assert sorted((p.place, p.expected, p.found) for p in problems) == sorted(TOLD)
    assert all(problem.remedy for problem in problems)


def test_the_same_faults_of_a_workbook(regions):
    rows = [line.split(",") for line in SPOILT.splitlines()]
    _, problems, _ = read_facilities(workbook(rows), "own.xlsx", regions, SECTORS)
    assert {problem.source for problem in problems} == {"own.xlsx, sheet facilities"}
    assert sorted((p.place, p.expected, p.found) for p in problems) == sorted(TOLD)


def test_a_workbook_reads_as_the_csv_does(regions):
    rows = [HEAD.split(","), ["A", 110000, "steel", 2025, 1234.5, 5], ["B", "天津", "钢铁", 2024, 7, 2]]
    of_book, problems, _ = read_facilities(workbook(rows), "own.xlsx", regions, SECTORS)
    text = "\n".join(",".join(map(str, row)) for row in rows)
    of_csv, _ = read(text, regions)
    assert problems == []
    pd.testing.assert_frame_equal(of_book[list(of_csv)], of_csv, check_dtype=False, check_names=False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "row 1: expected the header; found a blank line"),
        (f"{HEAD}\n", "expected a header and rows; found a header without rows"),
        (f"{HEAD}\nA,11,steel,2025,5,6,7\nB,11,steel\n", "row 2: expected 6 cells; found 7"),
        (f'{HEAD}\n"A,11,steel,2025,5,6\n', "row 2: expected cells whose quotes are in pairs"),
    ],
)
def test_what_is_no_table_is_refused(regions, text, told):
    with pytest.raises(CapshareError, match=told):
        read(text, regions)


def test_a_column_without_a_name_is_passed_over_only_where_it_is_blank(regions):
    assert read(f"{HEAD},,\nA,11,steel,2025,5,6,,\n", regions)[1] == []
    _, problems = read(f"{HEAD},,\nA,11,steel,2025,5,6,,7\n", regions)
    assert [problem.place for problem in problems] == ["row 1, cell 8"]


def test_columns_of_a_result_are_not_read_and_said_so(regions):
    text = f"{HEAD},quota_t,shortfall_t\nA,11,steel,2025,5,6,not read,\n"
    rows = [line.split(",") for line in text.splitlines()]
    for data, name in ((text.encode(), "own.csv"), (workbook(rows), "own.xlsx")):
        frame, problems, (note,) = read_facilities(data, name, regions, SECTORS)
        assert problems == []
        assert not {"quota_t", "shortfall_t"} & set(frame)
        assert (note.key, note.values["columns"]) == ("facilities_unread", ("quota_t", "shortfall_t"))


def test_missing_columns_and_sheets_are_named(regions):
    _, problems = read("facility,province,year,emissions,output\nA,11,2025,5,6\n", regions)
    places = {problem.place for problem in problems}
    assert places == {"column sector", "column emissions_t", "column emissions"}
    with pytest.raises(CapshareError, match=r"sheet facilities: expected this sheet.*Known: Plants 2025\."):
        read_facilities(workbook([["a"]], "Plants 2025"), "own.xlsx", regions, SECTORS)


def test_thousands_of_unknown_provinces_are_each_a_problem_of_their_row(regions):
    rows = "".join(f"f{row},Atlantis {row % 3000},steel,2025,1,1\n" for row in range(6000))
    _, problems = read(f"{HEAD}\n{rows}", regions)
    assert len(problems) == 6000
    places = {problem.place: problem.found for problem in problems}
    assert (places["row 2, column province"], places["row 6001, column province"]) == (
        "'Atlantis 0'", "'Atlantis 2999'",
    )  # fmt: skip


@pytest.mark.parametrize("cell", ["1，5", "many", "１２"])
def test_a_long_table_with_one_odd_cell_is_read_as_a_short_one(regions, cell):
    count, odd = 120_000, 100_000
    rows = [f"f{row},{('Beijing', '河北')[row > odd]},steel,2025,{row + 1}.5,1" for row in range(count)]
    rows[odd] = f"f{odd},Beijing,steel,2025,{cell},1"
    frame, problems = read("\n".join([HEAD, *rows]), regions)
    short, told = read(f"{HEAD}\n{rows[odd]}", regions)
    assert [problem.found for problem in problems] == [problem.found for problem in told]
    assert [problem.place for problem in problems] == [f"row {odd + 2}, column emissions_t"] * len(told)
    emissions = frame["emissions_t"].reset_index(drop=True)
    pd.testing.assert_series_equal(emissions.iloc[[odd]], short["emissions_t"], check_index=False)
    assert emissions.drop(odd).tolist() == [row + 1.5 for row in range(count) if row != odd]
    assert list(frame["code"].cat.categories) == ["110000", "130000"]
    assert frame["facility"].tolist() == [f"f{row}" for row in range(count)]
