"""Formulas that a reviewer can copy down: one per column, without numbers of their own."""

import re
from collections import Counter

import pytest

from capshare.reports.workbook.grid import Formula

CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(\w])")
# Texts, titles of sheets, cells, names and functions.
NO_NUMBER = re.compile(r'"[^"]*"|\'(?:[^\']|\'\')*\'!|\$?[A-Z]{1,3}\$?\d+(?![\w(])|[A-Za-z_][\w.]*')
MOST_DISTINCT = 0.08


def column_number(letters):
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def relative(formula, row, column):
    """The formula as it reads from its own cell: the same in every row that it is copied to."""

    def place(match):
        across = f"C{column_number(match[2])}" if match[1] else f"C[{column_number(match[2]) - column}]"
        return (f"R{match[4]}" if match[3] else f"R[{int(match[4]) - row}]") + across

    return CELL.sub(place, formula)


def formulas(found):
    return {
        (sheet.title, cell.coordinate): (cell.value.text, relative(cell.value.text, cell.row, cell.column))
        for sheet in found.book
        for cell in sheet.cells.values()
        if isinstance(cell.value, Formula)
    }


def test_a_formula_copied_down_reads_the_same_and_another_does_not():
    assert relative("=B6*$C$2", 6, 1) == relative("=B7*$C$2", 7, 1) == "=R[0]C[1]*R2C3"
    assert relative("=B6*2", 6, 1) != relative("=B6*2", 7, 1)


@pytest.mark.parametrize("study", ["base", "plan"])
def test_few_formulas_are_written_more_than_once_and_none_holds_a_number(built, study):
    found = formulas(built(study))
    per_sheet = Counter(title for title, _ in {(place[0], copied) for place, (_, copied) in found.items()})
    assert sum(per_sheet.values()) <= MOST_DISTINCT * len(found), per_sheet.most_common(5)
    # The first argument of SUBTOTAL is the code of a function, not a quantity.
    numbers = {
        (place, number)
        for place, (text, _) in found.items()
        for number in re.findall(
            r"\d+\.?\d*(?:[eE][-+]?\d+)?", NO_NUMBER.sub(" ", re.sub(r"SUBTOTAL\(\d+", "", text))
        )
        if number not in ("0", "1")
    }
    assert sorted(numbers)[:10] == []
