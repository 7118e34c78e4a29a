"""Dataset book: the Excel workbook that asks for a dataset, with units to choose, notes and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from capshare.base.conventions import REGION_WORDS
from capshare.indicators.dataset.column_roles import COLUMN_ROLES
from capshare.reports.dataset_forms.columns import COLUMNS, TemplateColumn
from capshare.reports.workbook.grid import column_letter
from capshare.reports.workbook.layout import widen
from capshare.reports.workbook.look import Look
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.sheet import Book, Entry, Sheet
from capshare.reports.workbook.text_cells import put_heading, put_text, put_title

ROLES = COLUMN_ROLES["provinces"]
# As many rows as the lists reach down; the reader itself has no limit.
LAST_ROW = 5002
# A code like 01 must not lose its zero.
_TEXT = Look(form="@")
_GUIDE = (
    ("dataset", "Name, title and base year of the dataset."),
    ("regions", "One row per region: a code, official or your own, and its names. Two regions at least."),
    ("provinces", "The figures, a row for every region from row 3 on, in any order."),
    ("", "Row 1 names the columns. Row 2 gives their units: choose from the list, or write another."),
    ("", 'To add a column, fill in its rows 1 and 2. Unit "number": it has none; "text": it is not read.'),
    ("columns", "Where each column comes from, whether it may be blank, and the least it can be."),
    ("panel", "Earlier years, one figure a row: prices from a panel, past emissions. May stay empty."),
    ("national", "National series, for example a carbon price to scale costs by. May stay empty."),
    ("", ""),
    ("", "Decimals have a point; thousands marks and full-width digits are read. A cell holds one number."),
    ("", "Figures are converted from the unit in row 2 to that of the name in sheet columns, in_study_file."),
    ("", "Add sheets of your own as you like; sheets of other names are not read."),
    ("", "Then capshare check study.toml names every problem at once, by sheet, row and column."),
)


def dataset_book(base_year: int, regions: pd.DataFrame | None = None) -> bytes:
    """The workbook to fill in.

    Parameters
    ----------
    base_year : of the figures
    regions : index code; ``name_en, name_zh`` of regions to begin with, or None

    Returns
    -------
    the .xlsx file
    """
    book = Book()
    _guide(book)
    _dataset(book, base_year)
    _regions(book, regions)
    _provinces(book, regions)
    _columns(book)
    _panel(book)
    national = book.add("national")
    _headings(national, ("year", "variable", "value", "unit", "source"))
    widen(national, (10, 30, 14, 14, 40))
    return packed(book)


def _guide(book: Book) -> None:
    sheet = book.add("read me")
    put_title(sheet, "A dataset of your own", "Fill in the sheets, then check them with capshare check.")
    for row, (name, meaning) in enumerate(_GUIDE, start=4):
        # A blank cell is left out, so that the title above can run on.
        for place, text in ((1, name), (2, meaning)):
            if text:
                put_text(sheet, row, place, text)
    widen(sheet, (14, 96))


def _dataset(book: Book, base_year: int) -> None:
    sheet = book.add("dataset")
    _headings(sheet, ("item", "value", "note"))
    rows: tuple[tuple[str, str | int, str], ...] = (
        ("name", "my-dataset", "Short, for messages and file names."),
        ("title", "My dataset", "As it shall be printed."),
        ("base_year", base_year, "Year of the figures; the study file names the same."),
        ("region_word", REGION_WORDS[0], f"What reports call the regions: {', '.join(REGION_WORDS)}."),
    )
    for row, (item, value, note) in enumerate(rows, start=2):
        put_text(sheet, row, 1, item)
        sheet.put(row, 2, value)
        put_text(sheet, row, 3, note)
    _offer(sheet, "B5", REGION_WORDS, "Regions", "What they are called in reports.")
    widen(sheet, (14, 30, 60))


def _regions(book: Book, regions: pd.DataFrame | None) -> None:
    sheet = book.add("regions")
    notes = {
        "code": "Unique; kept as text, so that 01 stays 01.",
        "name_en": "Unique; the list in sheet provinces offers these names.",
        "name_zh": "May be blank in all rows: then the other name stands for it. 中文名，可不填。",
        "aliases": "Other spellings, separated by |. May be blank.",
    }
    _headings(sheet, tuple(notes), notes)
    sheet.column_forms[1] = _TEXT.form
    for row, (code, name_en, name_zh) in enumerate(_names(regions), start=2):
        for place, text in enumerate((code, name_en, name_zh), start=1):
            put_text(sheet, row, place, text, _TEXT)
    widen(sheet, (12, 26, 18, 40))


def _provinces(book: Book, regions: pd.DataFrame | None) -> None:
    sheet = book.add("provinces")
    notes = {"region": "Code or name, from the list of sheet regions."}
    notes |= {column.name: f"{column.title}\n{column.title_zh}\n{column.note}" for column in COLUMNS}
    _headings(sheet, tuple(notes), notes)
    put_text(sheet, 2, 1, "unit")
    for place, column in enumerate(COLUMNS, start=2):
        put_text(sheet, 2, place, column.unit)
        _offer_units(sheet, place, column)
        _expect_numbers(sheet, place)
    _offer_regions(sheet)
    for row, (_, name_en, _) in enumerate(_names(regions), start=3):
        put_text(sheet, row, 1, name_en)
    sheet.page.frozen = (3, 2)
    widen(sheet, (26, *[16] * len(COLUMNS)))


def _columns(book: Book) -> None:
    sheet = book.add("columns")
    notes = {
        "column": "A column of sheet provinces.",
        "title": "What it is.",
        "title_zh": "中文名称。",
        "in_study_file": "What the study file calls it: its name and the unit it is converted to.",
        "may_be_blank": "yes or no. A blank cell of a column that the study reads is refused all the same.",
        "minimum": "The least a figure can be; blank for none.",
        "source": "Yearbook and table, or whose estimate: who asks in three years finds it here.",
        "role": f"Whatever its heading, it is the regions' {', '.join(ROLES)}. Blank for any other column.",
    }
    _headings(sheet, tuple(notes), notes)
    for row, column in enumerate(COLUMNS, start=2):
        texts = (column.name, column.title, column.title_zh, column.in_study, "yes")
        for place, text in enumerate(texts, start=1):
            put_text(sheet, row, place, text)
        sheet.put(row, 6, 0)
        if column.name in ROLES:
            put_text(sheet, row, 8, column.name)
    _offer(sheet, "E2:E200", ("yes", "no"), "Blank cells", "May a cell of this column stay blank?")
    _offer(sheet, "H2:H200", ROLES, "Role", "What rules take it for.")
    widen(sheet, (16, 38, 26, 22, 14, 10, 40, 16))


def _panel(book: Book) -> None:
    sheet = book.add("panel")
    notes = {
        "region": "Code or name, from the list of sheet regions.",
        "year": "Four digits.",
        "variable": "Your name of the series, the same in all its rows; gdp, population and emissions are "
        "known by these names.",
        "value": "One number.",
        "unit": "Of the value; one unit for a series, read like those of sheet provinces.",
        "source": "Yearbook and table.",
    }
    _headings(sheet, tuple(notes), notes)
    _offer(sheet, f"A2:A{LAST_ROW}", f"=regions!$B$2:$B${LAST_ROW}", "Region", "A region of sheet regions.")
    widen(sheet, (26, 10, 30, 14, 14, 40))


def _names(regions: pd.DataFrame | None) -> list[tuple[str, str, str]]:
    if regions is None:
        return []
    return [(str(code), row["name_en"], row["name_zh"]) for code, row in regions.iterrows()]


def _headings(sheet: Sheet, names: Sequence[str], notes: Mapping[str, str] | None = None) -> None:
    for place, name in enumerate(names, start=1):
        put_heading(sheet, 1, place, name)
        if notes and name in notes:
            sheet.notes[1, place] = notes[name]
    sheet.page.frozen = (2, 1)


def _offer_units(sheet: Sheet, place: int, column: TemplateColumn) -> None:
    prompt = "Unit of the figures below; others are read too."
    _offer(sheet, f"{column_letter(place)}2", column.units, "Unit", prompt)


def _offer_regions(sheet: Sheet) -> None:
    source = f"=regions!$B$2:$B${LAST_ROW}"
    _offer(sheet, f"A3:A{LAST_ROW + 1}", source, "Region", "A region of sheet regions.")


def _offer(sheet: Sheet, cells: str, source: str | Sequence[str], title: str, prompt: str) -> None:
    # A list to choose from, not a fence: what is written is checked when it is read.
    rule = {
        "validate": "list",
        "source": source if isinstance(source, str) else list(source),
        "input_title": title,
        "input_message": prompt,
        "show_error": False,
    }
    sheet.entries.append(Entry(cells, rule))


def _expect_numbers(sheet: Sheet, place: int) -> None:
    letter = column_letter(place)
    rule = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_type": "warning",
        "error_title": "Figure",
        "error_message": "A number of at least 0 is expected.",
    }
    sheet.entries.append(Entry(f"{letter}3:{letter}{LAST_ROW + 1}", rule))
