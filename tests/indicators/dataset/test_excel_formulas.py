"""Cells of a workbook with their formulas, as other programs save them."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from capshare import CapshareError
from capshare.indicators.dataset.excel_formulas import KeptCell, read_kept_cells


def saved(book):
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_sheet(data, cells):
    """The workbook with other XML of its first sheet's cells."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                begin, _, rest = content.decode().partition("<sheetData")
                content = f"{begin}<sheetData>{cells}</sheetData>{rest.partition('</sheetData>')[2]}".encode()
            target.writestr(name, content)
    return kept.getvalue()


def test_numbers_texts_truth_and_formulas():
    book = Workbook()
    book.active.title = "One"
    for place, value in {"A1": 0.1, "B2": "text", "C3": True, "D4": "=A1*2"}.items():
        book.active[place] = value
    cells = read_kept_cells(saved(book), "x.xlsx")["One"]
    assert cells == {
        "A1": KeptCell(0.1),
        "B2": KeptCell("text"),
        "C3": KeptCell(True),
        "D4": KeptCell(None, "A1*2"),
    }


def test_a_shared_formula_is_each_cells_own():
    cells = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*$C$1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>"x"</f><v>x</v></c></row>'
    )
    found = read_kept_cells(with_sheet(saved(Workbook()), cells), "x.xlsx")["Sheet"]
    assert found == {
        "A1": KeptCell(2.0, "B1*$C$1"),
        "A2": KeptCell(4.0, "B2*$C$1"),
        "A3": KeptCell("x", '"x"'),
    }


def test_what_is_no_workbook_is_refused():
    with pytest.raises(CapshareError, match=r"x\.xlsx: expected an Excel workbook"):
        read_kept_cells(b"\xd0\xcf\x11\xe0 with a password", "x.xlsx")
