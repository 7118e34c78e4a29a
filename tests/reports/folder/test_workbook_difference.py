"""Of two workbooks every part is compared, and a hostile one costs neither memory nor time."""

import io
import re
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import load_workbook

from capshare.reports.folder.workbook_difference import workbook_difference
from capshare.reports.workbook.grid import Formula
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.sheet import Book


@pytest.fixture(scope="module")
def workbook():
    """Two sheets with formulas, whose values are stored."""
    book = Book()
    first, second = book.add("quotas"), book.add("prices & more")
    first.put(1, 1, "<Aster>")
    first.put(1, 2, 12.5)
    first.put(2, 2, Formula("=B1*2", 25.0))
    second.put(1, 1, Formula("=quotas!B2+1", 26.0))
    second.put(2, 1, "Cedar")
    return packed(book)


def rewritten(workbook, method=zipfile.ZIP_DEFLATED, **changes):
    """The workbook with the content of some parts changed; a part without content is left out."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts |= {name.replace("__", "."): data for name, data in changes.items()}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as book:
        for name, data in parts.items():
            if data is not None:
                book.writestr(name, data)
    return kept.getvalue()


def part(workbook, name):
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return book.read(name)


def changed(workbook, name, old, new):
    data = part(workbook, name)
    assert old in data
    return rewritten(workbook, **{name: data.replace(old, new)})


def test_how_it_is_packed_does_not_count(workbook):
    assert workbook_difference(workbook, workbook) is None
    assert workbook_difference(rewritten(workbook, zipfile.ZIP_STORED), workbook) is None


def test_a_cached_value_is_named_with_its_sheet_cell_and_size(workbook):
    other = changed(workbook, "xl/worksheets/sheet2.xml", b"<v>26.0</v>", b"<v>777.25</v>")
    found = workbook_difference(other, workbook)
    assert (found.count, found.where) == (1, "sheet prices & more, A1")
    assert (found.here, found.again, found.largest) == ("777.25", "26.0", 751.25)


def test_every_cached_value_is_counted(workbook):
    sheets = {
        name: re.sub(rb"</f><v>[^<]*</v>", b"</f><v>777.25</v>", part(workbook, name))
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
    }
    found = workbook_difference(rewritten(workbook, **sheets), workbook)
    assert (found.count, found.largest) == (2, 752.25)


def test_formulas_texts_and_formats_of_cells_are_named(workbook):
    sheet = "xl/worksheets/sheet1.xml"
    for old, new, where in (
        (b"<f>B1*2</f>", b"<f>B1*3</f>", "sheet quotas, B2, formula"),
        (b'<c r="B1"', b'<c r="B1" s="1"', "sheet quotas, B1, format"),
        (b'<c r="B1"', b'<c r="C1"', "sheet quotas, B1"),
    ):
        assert workbook_difference(changed(workbook, sheet, old, new), workbook).where == where


def test_a_text_is_named_with_its_cell(workbook):
    found = workbook_difference(
        changed(workbook, "xl/sharedStrings.xml", b"&lt;Aster&gt;", b"&lt;Birch&gt;"), workbook
    )
    assert (found.count, found.where, found.here, found.again) == (
        1,
        "sheet quotas, A1",
        "<Birch>",
        "<Aster>",
    )
    swapped = changed(workbook, "xl/worksheets/sheet1.xml", b't="s"><v>0</v>', b't="s"><v>1</v>')
    found = workbook_difference(swapped, workbook)
    assert (found.count, found.where, found.here, found.again) == (1, "sheet quotas, A1", "Cedar", "<Aster>")
    for number in (b"7", b"-1", b"9" * 5000, "\u00b2".encode()):
        wild = changed(workbook, "xl/worksheets/sheet1.xml", b't="s"><v>0</v>', b't="s"><v>%s</v>' % number)
        assert workbook_difference(wild, workbook).where == "sheet quotas, A1"


def test_a_text_that_no_cell_shows_is_a_difference_of_the_list(workbook):
    longer = changed(workbook, "xl/sharedStrings.xml", b"</sst>", b"<si><t>more</t></si></sst>")
    assert "part xl/sharedStrings.xml" in workbook_difference(longer, workbook).where


def test_hidden_and_added_sheets_and_macros_are_named(workbook):
    hidden = changed(workbook, "xl/workbook.xml", b'sheetId="2"', b'sheetId="2" state="hidden"')
    found = workbook_difference(hidden, workbook)
    assert "part xl/workbook.xml" in found.where
    assert "hidden" in found.here
    book = load_workbook(io.BytesIO(workbook))
    book.create_sheet("more")
    saved = io.BytesIO()
    book.save(saved)
    assert workbook_difference(saved.getvalue(), workbook).count > 1
    macro = workbook_difference(rewritten(workbook, **{"xl/vbaProject__bin": b"Sub"}), workbook)
    assert (macro.where, macro.here, macro.again) == ("part xl/vbaProject.bin", "there", "nothing")
    styles = workbook_difference(rewritten(workbook, **{"xl/styles__xml": None}), workbook)
    assert (styles.where, styles.here, styles.again) == ("part xl/styles.xml", "nothing", "there")


@pytest.mark.parametrize("end", [b" ", b"\xff", b"&#0;", b"<!-- -->"])
def test_one_byte_more_in_any_part_is_a_difference(workbook, end):
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        names = book.namelist()
    for name in names:
        other = rewritten(workbook, **{name: part(workbook, name) + end})
        assert workbook_difference(other, workbook) is not None, name


def test_what_is_no_workbook_is_said_to_be_none(workbook):
    assert "no workbook" in str(workbook_difference(b"x", workbook))
    broken = workbook.replace(b"PK\x03\x04", b"PK\x03\x05")
    assert "no workbook" in str(workbook_difference(broken, workbook))


def test_a_part_that_stands_twice_or_is_packed_strangely_is_a_difference(workbook):
    twice = io.BytesIO(workbook)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as book:
        book.writestr("xl/workbook.xml", b"<other/>")
    assert "twice" in str(workbook_difference(twice.getvalue(), workbook))
    strange = rewritten(workbook, zipfile.ZIP_BZIP2)
    assert "packed in an unusual way" in workbook_difference(strange, workbook).here


@pytest.mark.slow
def test_a_bomb_is_not_unpacked(workbook):
    bomb = rewritten(workbook, **{"xl/styles__xml": b" " * 200_000_000, "xl/new__xml": b" " * 100_000_000})
    tracemalloc.start()
    try:
        found = workbook_difference(bomb, workbook)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.count == 2
    assert peak < 5_000_000


@pytest.mark.parametrize("pattern", [b'<c r="A1">', b'<c r="', b"<f", b"<", b"&#", b"<v><f>"])
def test_sheets_that_would_take_a_careless_reader_for_ever(workbook, pattern):
    # As large as what is read at most of a sheet of a million bytes.
    sheet = "xl/worksheets/sheet1.xml"
    large = rewritten(workbook, **{sheet.replace(".", "__"): part(workbook, sheet) + b" " * 1_000_000})
    hostile = rewritten(workbook, **{sheet.replace(".", "__"): pattern * (1_900_000 // len(pattern))})
    began = time.monotonic()
    assert workbook_difference(hostile, large) is not None
    assert time.monotonic() - began < 30
