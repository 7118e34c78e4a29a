"""Numbers as people write them: one reading or none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.indicators.dataset.written_number import DecimalMark, decimal_mark, is_unclear, plain_number

POINT, COMMA, UNCLEAR = DecimalMark
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.mark.parametrize(
    ("text", "point", "comma", "unclear"),
    [
        ("1,234", "1234", "1.234", None),
        ("1.234", "1.234", "1234", None),
        ("1,234.5", "1234.5", None, "1234.5"),
        ("1.234,5", None, "1234.5", "1234.5"),
        ("1,5", None, "1.5", "1.5"),
        ("1 234", "1234", "1234", "1234"),
        ("1\u202f234", "1234", "1234", "1234"),
        ("1'234", "1234", "1234", "1234"),
        ("１，２３４．５", "1234.5", None, "1234.5"),
        ("\u22125", "-5", "-5", "-5"),
        ("0,123", None, "0.123", "0.123"),
        ("12,34,567", None, None, None),
        ("1 23", None, None, None),
        ("1_000", None, None, None),
        ("1e5", "1e5", "1e5", "1e5"),
        ("two", None, None, None),
        ("1.2万", None, None, None),
        ("", None, None, None),
    ],
)
def test_readings(text, point, comma, unclear):
    assert [plain_number(text, mark) for mark in (POINT, COMMA, UNCLEAR)] == [point, comma, unclear]


def test_what_is_unclear_is_a_number_twice():
    assert is_unclear("1,234", UNCLEAR)
    assert not is_unclear("1,234", POINT)
    assert not is_unclear("two", UNCLEAR)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["name", "1,234", "1,5"], COMMA),
        (["1,234", "1.5"], POINT),
        (["1,234", "7"], UNCLEAR),
        (["1.5", "1,5"], UNCLEAR),
        (["3, rue de la Paix", "1.5"], POINT),
    ],
)
def test_one_clear_cell_decides_for_its_file(cells, mark):
    assert decimal_mark(cells) is mark


@given(st.floats(-1e12, 1e12, allow_nan=False), st.sampled_from(["", "{:,.3f}"]))
def test_what_a_program_writes_is_read_back(value, form):
    text = form.format(value) if form else repr(value)
    expected = float(text.replace(",", ""))
    assert float(plain_number(text)) == expected
    assert float(plain_number(text.translate(FULL_WIDTH))) == expected


@pytest.mark.parametrize("cell", ["9" * 300_000 + ".x", "." * 300_000 + "x", "1'" * 150_000 + ".x"])
def test_a_cell_of_any_length_is_looked_at_once(cell):
    began = time.process_time()
    assert decimal_mark([cell]) is DecimalMark.UNCLEAR
    assert plain_number(cell) is None
    assert time.process_time() - began < 5
