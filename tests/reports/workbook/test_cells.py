"""How numbers are shown: digits by unit and size, years, rows with units of their own, signs of 0."""

import pytest

from capshare.reports.workbook.cells import EXACT, MIXED, OWN_FORMS, column_form, put_column, shown_as_0
from capshare.reports.workbook.formats import mark_rounded_to_0
from capshare.reports.workbook.sheet import Sheet


@pytest.mark.parametrize(
    ("numbers", "form"),
    [
        ([2025, 2030], "0"),
        ([2025, 12], "#,##0"),
        ([0.25, 12.5], "0.000"),
        ([0.25, 120.5], "#,##0.00"),
        ([0.25, 12_000.5], "#,##0.0"),
        # The mean of an income beside that of a share: neither form shows both.
        ([0.014, 32_431.1], "General"),
        # What rounding left of 0 is no small number.
        ([1e-13, 32_431.1], "#,##0.0"),
        ([1e-13, 0.0], "0.000"),
        # Three decimals would show the intensities of most countries as 0.000.
        ([0.0026, 0.0003], "0.00000"),
        ([0.052, 0.002], "0.0000"),
        # Ranks that equal ones share.
        ([12.5, -3.0], "#,##0.0"),
    ],
)
def test_a_column_without_a_unit_shows_its_smallest_and_its_largest_number(numbers, form):
    assert column_form("", numbers) == form


def test_numbers_with_units_of_their_own_have_the_digits_they_need():
    sheet = Sheet("x")
    numbers = [22.0, 0.729, 32_431.0933, 1.99533333, 0.0139136, 2025.0]
    put_column(
        sheet,
        (6, 1),
        zip(numbers, numbers, strict=True),
        [""] * 6,
        "text",
        column_form(MIXED, numbers),
        OWN_FORMS[MIXED],
    )
    forms = [sheet.cell(row, 1).look.form for row in range(6, 12)]
    assert forms == ["#,##0", "0.000", "#,##0.0", "0.000", "0.00000", "0"]


def test_an_input_has_the_digits_that_an_edit_may_have():
    forms = [OWN_FORMS[EXACT](number) for number in (2035.0, 1 / 3, 0.05)]
    assert forms == ["General", "#,##0.0#####", "#,##0.0#####"]
    assert column_form(EXACT, [0.05]) == "General"


def test_a_number_format_shows_zeros_below_half_its_last_digit():
    forms = ("#,##0", "#,##0.0", "0.000", "0.0%", "General", "0.0E+00")
    assert [shown_as_0(form) for form in forms] == pytest.approx([0.5, 0.05, 0.0005, 0.0005, 0, 0])


@pytest.mark.parametrize(("number", "count"), [(-0.04, 1), (-0.0, 1), (-0.06, 0), (0.04, 0)])
def test_what_is_rounded_to_0_has_no_sign(number, count):
    sheet = Sheet("x")
    mark_rounded_to_0(sheet, "A6:A9", "#,##0.0", [5.0, number])
    assert len(sheet.marks) == count
    assert all(mark.look.form == "#,##0.0;#,##0.0" for mark in sheet.marks)
