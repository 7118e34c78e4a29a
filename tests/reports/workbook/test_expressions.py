import pytest

from capshare.base.errors import CapshareError
from capshare.reports.workbook.expression_numbers import numbers_of
from capshare.reports.workbook.expressions import formula_of

CELLS = {"gdp_1e8yuan": "'Inputs'!$D$6", "emissions_mt": "'Inputs'!$F$6", "a": "A1", "b": "B1", "c": "C1"}


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        ("gdp_1e8yuan", "'Inputs'!$D$6"),
        ("gdp_1e8yuan / emissions_mt", "'Inputs'!$D$6/'Inputs'!$F$6"),
        ("a - (b - c)", "A1-(B1-C1)"),
        ("a - b - c", "(A1-B1)-C1"),
        ("a * (b + 2) / c", "(A1*(B1+2))/C1"),
        # A spreadsheet takes -A1^2 and -A1*B1 in another order than Python: the sign is bracketed.
        ("-a * b", "(-A1)*B1"),
        ("a * 0.7143", "A1*0.7143"),
    ],
)
def test_expressions_become_formulas_on_cells(expression, formula):
    assert formula_of(expression, CELLS.__getitem__) == formula


def test_what_is_no_arithmetic_is_refused():
    with pytest.raises(CapshareError, match="columns and numbers"):
        formula_of("max(a, b)", CELLS.__getitem__)


def test_numbers_have_cells_of_their_own_but_for_0_and_1():
    names = numbers_of(["a * 0.7143 + 1", "b / 12 - 0", "c * 0.7143"])
    assert names == {0.7143: "number_1", 12.0: "number_2"}
    assert formula_of("a * 0.7143 + 1", CELLS.__getitem__, lambda number: names.get(number, repr(number))) == "(A1*number_1)+1"
