"""No English in a Chinese workbook but names, codes and keys; a heading and its unit on two lines."""

import re

import pytest

from capshare.reports.workbook.builder import NAMES_ROW
from capshare.reports.workbook.grid import Formula

# Publications, datasets, methods and programs that keep their names; groups have Roman numbers.
NAMES = {
    *("capshare", "CEADs", "Carbon", "Monitor", "Calinski", "Harabasz", "Tibshirani", "Walther", "Hastie"),
    *("CRITIC", "DEA", "CEA", "CCER", "GDP", "HiGHS", "SHA", "Lin", "Tian", "Shan", "Guan", "Yang", "Lee"),
    *("III", "VII", "VIII", "Boltzmann", "Theil", "Shapley", "CSV"),
    # A command, and a method.
    *("run", "means"),
    # Ids of indicators, as the study file has them.
    *("gdp", "population"),
}
# What is written as a program reads it: keys of the study, formulas, names of columns and files.
AS_WRITTEN = {
    "limit_name",
    "study_key",
    "formula",
    "column_name",
    "expression",
    "line",
    "defined_name",
    "solver",
}


def said(book):
    """(sheet, cell, text) of every cell that a reader reads as words."""
    unread = {
        (grid.sheet, grid.place(name))
        for grid in book.grids.values()
        for name in grid.names
        if name in AS_WRITTEN
    }
    for sheet in book.book:
        for (row, column), cell in sheet.cells.items():
            value = cell.value.value if isinstance(cell.value, Formula) else cell.value
            heads = {grid.top for grid in book.grids.values() if grid.sheet == sheet.title}
            hidden = (sheet.title, column) in unread and row not in heads and row > NAMES_ROW
            if isinstance(value, str) and row != NAMES_ROW and not hidden:
                yield sheet.title, cell.coordinate, value


def english(text):
    """Words of Latin letters that are no names, and no part of a key, a file, an address or a number."""
    signs = re.findall(r"[\x21-\x7e]+", text)
    words = [
        word
        for sign in signs
        if not re.search(r"[_@/=\d]|\.\w|--", sign)
        for word in re.findall(r"[A-Za-z]{3,}", sign)
    ]
    return [word for word in words if word not in NAMES]


@pytest.mark.slow
@pytest.mark.parametrize("study", ["plan", "base"])
def test_no_english_stands_in_a_chinese_workbook(built, study):
    found = {(sheet, cell): text for sheet, cell, text in said(built(study, "zh")) if english(text)}
    assert found == {}


@pytest.mark.parametrize("text", ["2030 all", "Own emissions\n百万吨CO₂", "来源 of table"])
def test_the_search_finds_english(text):
    assert english(text) != []


@pytest.mark.parametrize("study", ["plan", "base"])
def test_no_ascii_punctuation_stands_beside_chinese_signs(built, study):
    half = re.compile("[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]")
    assert {(sheet, cell): text for sheet, cell, text in said(built(study, "zh")) if half.search(text)} == {}
