"""What is held of a workbook stands in its file as it was meant, whatever it looks like."""

import io

import pytest
from openpyxl import load_workbook
from xlsxwriter.worksheet import Worksheet

from capshare.reports.workbook.chart import Cells, Chart, Series
from capshare.reports.workbook.grid import Formula
from capshare.reports.workbook.lean_sheet import LeanSheet
from capshare.reports.workbook.look import Look
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.sheet import Book, Entry, Mark
from capshare.reports.workbook.text_cells import put_link, put_text


def opened(book, **how):
    return load_workbook(io.BytesIO(packed(book)), **how)


@pytest.fixture
def book():
    found = Book()
    found.add("A & B's")
    return found


@pytest.fixture
def sheet(book):
    return book["A & B's"]


@pytest.mark.parametrize(
    "words", ["=A1", "{=A1}", "+1", "@x", "https://a.b", "12", 'a<b & "c"', " x\n_x0041_ "]
)
def test_a_text_stays_the_text_it_is(book, sheet, words):
    put_text(sheet, 1, 1, words)
    cell = opened(book).worksheets[0]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (words, "s", None)


def test_a_formula_keeps_what_python_found(book, sheet):
    sheet.put(1, 1, Formula('=IF(1<2,"a<b","")', "a<b"))
    sheet.put(2, 1, Formula("=1/3", 1 / 3))
    sheet.put(3, 1, 0.1 + 0.2)
    live, shown = opened(book).worksheets[0], opened(book, data_only=True).worksheets[0]
    assert [live["A1"].value, live["A2"].value] == ['=IF(1<2,"a<b","")', "=1/3"]
    assert [shown["A1"].value, shown["A2"].value] == ["a<b", 0.3333333333333333]
    assert shown["A3"].value == pytest.approx(0.3, rel=1e-15)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("x" * 32_768, "A & B's, A1: longer than a cell"),
        (Formula("=" + "1+" * 5000 + "1", 5001), "A & B's, A1: longer than a cell"),
    ],
)
def test_what_no_cell_holds_is_refused(book, sheet, value, message):
    sheet.put(1, 1, value)
    with pytest.raises(ValueError, match=message):
        packed(book)


@pytest.mark.parametrize("value", [float("nan"), Formula("=1/3", float("nan"))])
def test_a_number_that_is_none_is_refused(book, sheet, value):
    sheet.put(1, 1, value)
    with pytest.raises(ValueError, match="A & B's, A1: nan is no number"):
        packed(book)


def test_cells_stand_where_xlsxwriter_itself_would_write_them(book, sheet, monkeypatch):
    for row in (1, 3, 40):
        for column, value in enumerate([1.5, 2, "a<b & c", Formula("=A1<2", "yes & no"), ""], start=2):
            sheet.put(row, column, value, Look(form="0.00"))
    sheet.put(40, 28, Formula("=B1*2", 3.0))
    put_link(sheet, 2, 1, "up", "A & B's")
    sheet.heights[50] = 30.0
    short = opened(book).worksheets[0]
    monkeypatch.setattr(LeanSheet, "_write_rows", Worksheet._write_rows)
    usual = opened(book).worksheets[0]
    assert short.dimensions == usual.dimensions == "A1:AB40"
    assert [contents(row) for row in short.rows] == [contents(row) for row in usual.rows]
    assert short.row_dimensions[50].height == usual.row_dimensions[50].height == 30.0


def contents(row):
    return [(cell.value, cell.data_type, cell.number_format) for cell in row]


def test_what_excel_would_not_take_is_refused(book, sheet):
    sheet.entries.append(Entry("A1", {"validate": "list", "source": ["x" * 300]}))
    with pytest.warns(UserWarning, match="255"), pytest.raises(ValueError, match="no such rule"):
        packed(book)


def test_a_cell_s_name_must_not_look_like_a_cell(book, sheet):
    book.names["A1"] = "'A & B''s'!$A$1"
    with (
        pytest.warns(UserWarning, match="looks like a cell"),
        pytest.raises(ValueError, match="A1 cannot be"),
    ):
        packed(book)


def test_links_looks_notes_lists_and_sizes_are_in_the_file(book, sheet):
    put_link(sheet, 1, 1, "there", "A & B's")
    sheet.put(2, 1, 5, Look(bold=True, ground="#FFF4CC", form="0.00"))
    sheet.notes[2, 1] = "about it"
    sheet.entries.append(Entry("A2", {"validate": "decimal", "criteria": ">=", "value": 0}))
    sheet.marks.append(Mark("A2", {"type": "cell", "criteria": "<", "value": 0}, Look(colour="#9B1C1C")))
    sheet.widths[1], sheet.heights[2] = 20.0, 45.0
    book.names["five"] = "'A & B''s'!$A$2"
    opened_book = opened(book)
    found = opened_book.worksheets[0]
    assert found["A1"].hyperlink.location == "'A & B''s'!A1"
    cell = found["A2"]
    assert (cell.font.b, cell.fill.start_color.rgb, cell.number_format) == (True, "FFFFF4CC", "0.00")
    assert cell.comment.text == "about it"
    assert [rule.type for rule in found.data_validations.dataValidation] == ["decimal"]
    [[rule]] = [held.rules for held in found.conditional_formatting]
    assert (rule.operator, rule.dxf.font.color.rgb) == ("lessThan", "FF9B1C1C")
    assert found.column_dimensions["A"].width == pytest.approx(20, abs=0.01)
    assert found.row_dimensions[2].height == 45
    assert opened_book.defined_names["five"].attr_text == "'A & B''s'!$A$2"


def test_a_sentence_is_spread_over_the_columns_it_is_folded_in(book, sheet):
    put_text(sheet, 2, 1, "A long sentence.", Look(wraps=True))
    sheet.spread[2] = 4
    found = opened(book).worksheets[0]
    assert [str(cells) for cells in found.merged_cells.ranges] == ["A2:D2"]
    assert (found["A2"].value, found["A2"].alignment.wrap_text) == ("A long sentence.", True)


@pytest.mark.parametrize(
    ("form", "shown", "indent"),
    [("0.0%", "0.0%_w", 0), ("0;-0", "0_w;-0_w", 0), ("0.0E+00", "0.0E+00", 1), ("General", "General", 1)],
)
def test_numbers_on_the_right_have_room_beside_them(book, sheet, form, shown, indent):
    sheet.put(1, 1, 5.0, Look(form=form, side="right", indent=1))
    cell = opened(book).worksheets[0]["A1"]
    assert (cell.number_format, cell.alignment.indent) == (shown, indent)


def test_a_chart_names_its_cells_its_colours_and_what_it_shows(book, sheet):
    for row, (name, value) in enumerate([("a", 3.0), ("b", 1.0)], start=1):
        put_text(sheet, row, 1, name)
        sheet.put(row, 2, value)
    words, values = (Cells(sheet.title, column, 1, 2) for column in (1, 2))
    series = [
        Series("below", values, ""),
        Series("each", values, "#0072B2", each=("#0072B2", "#E69F00")),
        Series("mark", values, "#1F2933", mark="diamond"),
    ]
    sheet.charts.append(Chart("Two", "Mt", words, series, 4, 4, 20, 9, stacked=True, least=-1.0))
    [chart] = opened(book).worksheets[0]._charts
    assert (chart.anchor._from.row, chart.anchor._from.col) == (3, 3)
    bars = chart.series
    assert bars[1].val.numRef.f == "'A & B''s'!$B$1:$B$2"
    assert [point.graphicalProperties.solidFill.srgbClr for point in bars[1].dPt] == ["0072B2", "E69F00"]
    assert bars[0].graphicalProperties.noFill
    assert [entry.idx for entry in chart.legend.legendEntry] == [0]
    assert chart.y_axis.scaling.min == -1.0
