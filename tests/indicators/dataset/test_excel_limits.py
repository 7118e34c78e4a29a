"""A workbook is read in bounded memory and time; what cannot be read in it is named by its cell."""

import io
import re
import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook

from capshare.base.errors import CapshareError
from capshare.indicators.dataset import excel_grid, excel_parts
from capshare.indicators.dataset.data_package import load_dataset

SHEETS = {
    "dataset": [["item", "value"], ["name", "isles"], ["base_year", 2017]],
    "regions": [["code", "name_en"], ["n", "North"], ["s", "South"]],
    "provinces": [
        ["region", "population", "coast_pct"],
        ["unit", "persons", "%"],
        ["North", 1_000_000, 0.5],
        ["South", 2_000_000, 12.5],
    ],
}
PROVINCES = "xl/worksheets/sheet3.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@pytest.fixture
def saved(tmp_path):
    """Save the workbook with its parts changed by a function of name and text; None drops a part."""

    def save(change, **more):
        book, saved = Workbook(), io.BytesIO()
        book.remove(book.active)
        for name, rows in SHEETS.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book["provinces"]["C3"].number_format = "0.0%"
        book.save(saved)
        path = tmp_path / "isles.xlsx"
        with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            parts = {name: old.read(name).decode() for name in old.namelist()} | more
            for name, text in parts.items():
                if (changed := change(name, text)) is not None:
                    new.writestr(name, changed)
        return path

    return save


@pytest.fixture
def rewritten(saved):
    """Load the workbook with its parts changed as :func:`saved` changes them."""
    return lambda change, **more: load_dataset(saved(change, **more))


@pytest.fixture
def refused(rewritten):
    """Problems of the changed workbook, without its name."""

    def load(change, **more):
        with pytest.raises(CapshareError, match=r"isles\.xlsx") as caught:
            rewritten(change, **more)
        return [str(problem).removeprefix("isles.xlsx") for problem in caught.value.problems]

    return load


def in_provinces(old, new):
    def change(name, text):
        if name != PROVINCES:
            return text
        changed = re.sub(old, new, text, count=1)
        assert changed != text
        return changed

    return change


def added(rows):
    return in_provinces("</sheetData>", f"{rows}</sheetData>")


def unchanged(name, text):
    return text


def related(key, kind, target):
    """Change that leads from the workbook to another part."""
    relation = f'<Relationship Type="{RELATION}{kind}" Target="{target}" Id="{key}"/></Relationships>'

    def change(name, text):
        of_book = name == "xl/_rels/workbook.xml.rels"
        return text.replace("</Relationships>", relation) if of_book else text

    return change


def both(first, second):
    return lambda name, text: second(name, first(name, text))


SHARED = related("rId99", "sharedStrings", "sharedStrings.xml")


def texts(items):
    return {"xl/sharedStrings.xml": f"<sst {MAIN}>{items}</sst>"}


def test_as_it_is(rewritten):
    assert rewritten(unchanged).table["coast_pct"].to_dict() == {"n": 50.0, "s": 12.5}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "a cell filled at XFD1048576"),
        ('<row r="100000000000"><c r="A5"><v>1</v></c></row>', "row '100000000000'"),
        ('<row><c r="A100000000000"><v>1</v></c></row>', "cell 'A100000000000'"),
        ('<row><c r="XFE1"><v>1</v></c></row>', "cell 'XFE1'"),
        ('<row><c r="5A"><v>1</v></c></row>', "cell '5A'"),
        ('<row r="-5"><c><v>1</v></c></row>', "row '-5'"),
    ],
)
def test_a_cell_beyond_any_table(refused, row, found):
    problems = refused(added(row))
    assert any(problem.startswith(", sheet provinces: ") and found in problem for problem in problems)


def test_cells_that_hold_only_a_format_do_no_harm(rewritten):
    blank = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert len(rewritten(added(blank)).table) == 2


def test_more_cells_than_any_table(refused, monkeypatch):
    monkeypatch.setattr(excel_grid, "CELLS", 12)
    blank = "<row>" + "<c/>" * 50 + "</row>"
    assert any("more, most of them blank" in problem for problem in refused(added(blank)))
    filled = "<row>" + "<c><v>1</v></c>" * 3 + "</row>"
    assert any("12 cells" in problem for problem in refused(added(filled)))


def test_a_shared_text_counts_in_every_cell(refused, monkeypatch):
    monkeypatch.setattr(excel_grid, "LETTERS", 20_000)
    rows = "".join(f'<c r="D{row}" t="s"><v>0</v></c>' for row in range(5, 10))
    problems = refused(both(SHARED, added(f"<row>{rows}</row>")), **texts(f"<si><t>{'山' * 5000}</t></si>"))
    assert any("20000 letters" in problem for problem in problems)


def test_a_part_that_unpacks_to_more_than_any_sheet(refused):
    [problem] = refused(SHARED, **texts("<si><t/></si>" * 2_000_000))
    assert problem.startswith(": expected parts of at most 40 MB in all, each 200 times its packed size; ")
    assert "found xl/sharedStrings.xml, of 26 MB" in problem


def test_parts_that_are_not_read_may_be_large(rewritten):
    assert len(rewritten(unchanged, **{"xl/media/image1.png": "x" * 50_000_000}).table) == 2


@pytest.mark.slow
def test_too_many_parts(refused, monkeypatch):
    monkeypatch.setattr(excel_parts, "PARTS", 5)
    assert "an archive of at most 5 parts" in refused(unchanged)[0]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<v>2000000</v>", "<v>two</v>", "expected a number; found 'two'"),
        ("<v>2000000</v>", "<v>1_0</v>", "expected a number; found '1_0'"),
        ("<v>2000000</v>", f"<v>{'9' * 5000}</v>", "expected a number; found '999"),
        ('<c r="B4"', '<c r="B4" s="77"', "expected one of the 2 formats of the workbook; found number '77'"),
        ('<c r="B4" t="n">', '<c r="B4" t="s">', "expected one of the 0 texts of the workbook; found '2"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read(refused, old, new, problem):
    assert refused(in_provinces(old, new))[0].startswith(f", sheet provinces, cell B4: {problem}")


@pytest.mark.parametrize(
    "change",
    [
        in_provinces("<sheetData>", "<sheetData"),
        in_provinces("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        in_provinces("<sheetData>", "<sheetData>" + "<a>" * 200 + "</a>" * 200),
        in_provinces("^", '<?xml version="1.0" encoding="no-such"?>'),
        lambda name, text: None if name == PROVINCES else text,
    ],
    ids=["broken", "entity", "nested", "encoding", "missing"],
)
def test_a_part_that_cannot_be_read(refused, change):
    [problem] = refused(change)
    assert problem.startswith(": expected an Excel workbook (.xlsx); found ")
    assert PROVINCES in problem


def test_a_chart_sheet_without_a_chart(rewritten):
    def listed(name, text):
        sheet = f'<sheet name="chart" sheetId="9" r:id="rId98" xmlns:r="{RELATION[:-1]}"/></sheets>'
        return text.replace("</sheets>", sheet) if name == "xl/workbook.xml" else text

    change = both(listed, related("rId98", "chartsheet", "chartsheets/sheet1.xml"))
    assert len(rewritten(change, **{"xl/chartsheets/sheet1.xml": f"<chartsheet {MAIN}/>"}).table) == 2


def test_two_sheets_that_differ_by_case(refused):
    def change(name, text):
        return text.replace('name="regions"', 'name="Provinces "') if name == "xl/workbook.xml" else text

    assert refused(change)[0] == (
        ", sheet provinces: expected one sheet of this name, whatever its case; "
        "found 'Provinces ' and 'provinces'. Rename one."
    )


def test_shared_texts_with_runs_escapes_and_pronunciation(rewritten):
    runs = "<si><r><t>No</t></r><r><t>rth_x0020_</t></r><rPh sb='0' eb='1'><t>spoken</t></rPh></si>"
    cell = in_provinces('<c r="A3" t="inlineStr"><is><t>North</t></is></c>', '<c r="A3" t="s"><v>0</v></c>')
    assert rewritten(both(SHARED, cell), **texts(runs)).table.index.tolist() == ["n", "s"]


def test_a_formula_that_gives_an_empty_text_is_a_blank_cell(refused):
    saved = in_provinces('<c r="B4"[^>]*><v>2000000</v>', '<c r="B4" t="str"><f>""</f><v></v>')
    never = in_provinces('<c r="B4"[^>]*><v>2000000</v>', '<c r="B4"><f>1+1</f><v></v>')
    assert "found a blank cell" in refused(saved)[0]
    assert "found 'the formula =1+1, whose value was never saved'" in refused(never)[0]


# Made where they are asked for: some have tens of megabytes.
BOMBS = {
    "stray": lambda: added('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "row": lambda: added('<row r="100000000000"><c r="A100000000000"><v>1</v></c></row>'),
    "blank": lambda: added(
        "<row>" + "".join(f'<c s="{n % 97}{n % 89}"/>' for n in range(2_500_000)) + "</row>"
    ),
    "faulty": lambda: added("<row>" + "".join(f"<c><v>x{n * n}</v></c>" for n in range(600_000)) + "</row>"),
    "texts": lambda: SHARED,
}
# Reads a workbook that is refused and says what it took: seconds, and the largest memory in MB.
MEASURE = """
import re, sys, time
from pathlib import Path
from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
try:
    load_dataset(Path(sys.argv[1]))
    sys.exit("nothing was refused")
except CapshareError as error:
    assert "isles.xlsx" in str(error)
# Unlike the figure of getrusage, this one does not begin with what the parent used.
highest = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
print(time.process_time(), int(highest[1]) / 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the memory used")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_ten_seconds_and_half_a_gigabyte(saved, name):
    path = saved(BOMBS[name](), **(texts("<si><t/></si>" * 40_000_000) if name == "texts" else {}))
    command = [sys.executable, "-c", MEASURE, path]
    measured = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    seconds, megabytes = map(float, measured.stdout.split())
    assert seconds < 10
    assert megabytes < 500
