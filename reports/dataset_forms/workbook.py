"""Dataset book: the Excel workbook that asks for a dataset, with units to choose, notes and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from capshare.base.conventions import REGION_WORDS
from capshare.indicators.dataset.column_roles import COLUMN_ROLES
from capshare.reports.dataset_forms.columns import COLUMNS, TemplateColumn
from capshare.reports.workbook.saved import saved
from capshare.reports.workbook.text_cells import put_heading, put_text, put_title

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROLES = COLUMN_ROLES["provinces"]
# As many rows as the lists reach down; the reader itself has no limit.
LAST_ROW = 5002
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
    from openpyxl import Workbook as Book

    book = Book()
    book.remove(book.worksheets[0])
    _guide(book)
    _dataset(book, base_year)
    _regions(book, regions)
    _provinces(book, regions)
    _columns(book)
    _panel(book)
    _headings(book.create_sheet("national"), ("year", "variable", "value", "unit", "source"))
    book.active = 0
    return saved(book)


def _guide(book: Workbook) -> None:
    sheet = book.create_sheet("read me")
    put_title(sheet, "A dataset of your own", "Fill in the sheets, then check them with capshare check.")
    for row, (name, meaning) in enumerate(_GUIDE, start=4):
        # A blank cell is left out, so that the title above can run on.
        for place, text in ((1, name), (2, meaning)):
            if text:
                put_text(sheet, row, place, text)
    _widths(sheet, (14, 96))


def _dataset(book: Workbook, base_year: int) -> None:
    sheet = book.create_sheet("dataset")
    _headings(sheet, ("item", "value", "note"))
    rows = (
        ("name", "my-dataset", "Short, for messages and file names."),
        ("title", "My dataset", "As it shall be printed."),
        ("base_year", base_year, "Year of the figures; the study file names the same."),
        ("region_word", REGION_WORDS[0], f"What reports call the regions: {', '.join(REGION_WORDS)}."),
    )
    for row, (item, value, note) in enumerate(rows, start=2):
        put_text(sheet, row, 1, item)
        sheet.cell(row, 2, value)
        put_text(sheet, row, 3, note)
    _offer(sheet, "B5", f'"{",".join(REGION_WORDS)}"', "Regions", "What they are called in reports.")
    _widths(sheet, (14, 30, 60))


def _regions(book: Workbook, regions: pd.DataFrame | None) -> None:
    sheet = book.create_sheet("regions")
    notes = {
        "code": "Unique; kept as text, so that 01 stays 01.",
        "name_en": "Unique; the list in sheet provinces offers these names.",
        "name_zh": "May be blank in all rows: then the other name stands for it. 中文名，可不填。",
        "aliases": "Other spellings, separated by |. May be blank.",
    }
    _headings(sheet, tuple(notes), notes)
    sheet.column_dimensions["A"].number_format = "@"
    for row, (code, name_en, name_zh) in enumerate(_names(regions), start=2):
        for place, text in enumerate((code, name_en, name_zh), start=1):
            put_text(sheet, row, place, text).number_format = "@"
    _widths(sheet, (12, 26, 18, 40))


def _provinces(book: Workbook, regions: pd.DataFrame | None) -> None:
    sheet = book.create_sheet("provinces")
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
    sheet.freeze_panes = "B3"
    _widths(sheet, (26, *[16] * len(COLUMNS)))


def _columns(book: Workbook) -> None:
    sheet = book.create_sheet("columns")
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
        sheet.cell(row, 6, 0)
        if column.name in ROLES:
            put_text(sheet, row, 8, column.name)
    _offer(sheet, "E2:E200", '"yes,no"', "Blank cells", "May a cell of this column stay blank?")
    _offer(sheet, "H2:H200", f'"{",".join(ROLES)}"', "Role", "What rules take it for.")
    _widths(sheet, (16, 38, 26, 22, 14, 10, 40, 16))


def _panel(book: Workbook) -> None:
    sheet = book.create_sheet("panel")
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
    _widths(sheet, (26, 10, 30, 14, 14, 40))


def _names(regions: pd.DataFrame | None) -> list[tuple[str, str, str]]:
    if regions is None:
        return []
    return [(str(code), row["name_en"], row["name_zh"]) for code, row in regions.iterrows()]


def _headings(sheet: Worksheet, names: Sequence[str], notes: dict[str, str] | None = None) -> None:
    from openpyxl.comments import Comment

    for place, name in enumerate(names, start=1):
        put_heading(sheet, 1, place, name)
        if notes and name in notes:
            comment = Comment(notes[name], "capshare", height=90, width=280)
            sheet.cell(1, place).comment = comment
    sheet.freeze_panes = "A2"
    if sheet.title == "national":
        _widths(sheet, (10, 30, 14, 14, 40))


def _offer_units(sheet: Worksheet, place: int, column: TemplateColumn) -> None:
    cell = sheet.cell(2, place).coordinate
    prompt = "Unit of the figures below; others are read too."
    _offer(sheet, cell, f'"{",".join(column.units)}"', "Unit", prompt)


def _offer_regions(sheet: Worksheet) -> None:
    source = f"=regions!$B$2:$B${LAST_ROW}"
    _offer(sheet, f"A3:A{LAST_ROW + 1}", source, "Region", "A region of sheet regions.")


def _offer(sheet: Worksheet, cells: str, source: str, title: str, prompt: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    # A list to choose from, not a fence: what is written is checked when it is read.
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    rule.promptTitle, rule.prompt, rule.showInputMessage = title, prompt, True
    rule.add(cells)
    sheet.add_data_validation(rule)


def _expect_numbers(sheet: Worksheet, place: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.errorStyle, rule.errorTitle, rule.error = "warning", "Figure", "A number of at least 0 is expected."
    rule.showErrorMessage = True
    letter = get_column_letter(place)
    rule.add(f"{letter}3:{letter}{LAST_ROW + 1}")
    sheet.add_data_validation(rule)


def _widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
