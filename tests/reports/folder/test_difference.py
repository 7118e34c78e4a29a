"""Differences are found cell by cell, whatever the order of rows and columns, and measured."""

import pytest

from capshare.reports.folder.difference import (
    json_difference,
    table_difference,
    text_difference,
)

TABLE = b"code,step,mt,class\na,1,2.0,low\na,2,3.0,low\nb,1,-4.0,high\n"
KEYS = ("code", "step")


@pytest.mark.parametrize(
    "same",
    [
        TABLE,
        b"code,step,mt,class\nb,1,-4.0,high\na,2,3.0,low\na,1,2.0,low\n",
        b"class,code,step,mt\nlow,a,1,2.0\nlow,a,2,3.0\nhigh,b,1,-4.0\n",
        TABLE.replace(b"\n", b"\r\n"),
    ],
)
def test_the_order_of_rows_and_columns_does_not_count(same):
    assert table_difference(same, TABLE, KEYS) is None


def test_the_largest_relative_difference_is_the_one_shown():
    other = TABLE.replace(b"2.0", b"2.5").replace(b"-4.0", b"-4.6").replace(b"3.0,low", b"3.0,mid")
    found = table_difference(other, TABLE, KEYS)
    assert found.count == 3
    assert found.largest == pytest.approx(0.6)
    assert found.relative == pytest.approx(0.2)
    assert (found.where, found.here, found.again) == ("a 1, mt", "2.5", "2.0")
    assert (
        str(found) == "3 places differ, most at a 1, mt: 2.5, again 2.0; largest difference 0.6, relative 0.2"
    )


@pytest.mark.parametrize(
    ("here", "count", "where"),
    [
        (TABLE.replace(b"b,1,-4.0,high\n", b""), 4, "b 1, code"),
        (TABLE.replace(b"low", b"mid"), 2, "a 1, class"),
        (TABLE.replace(b"2.0", b""), 1, "a 1, mt"),
        (TABLE.replace(b"2.0", b"inf"), 1, "a 1, mt"),
        (TABLE.replace(b"2.0", b"nan"), 1, "a 1, mt"),
    ],
    ids=["row", "text", "blank", "infinite", "nan"],
)
def test_what_has_no_size_is_still_named(here, count, where):
    found = table_difference(here, TABLE, KEYS)
    assert (found.count, found.where, found.largest, found.relative) == (count, where, None, None)


@pytest.mark.parametrize(
    "broken", [b"", b"code,mt\n", TABLE + b"x\n", TABLE + b"a,1,9,low\n", b"\xff" + TABLE, TABLE + b'"']
)
def test_what_is_no_table_is_compared_as_text(broken):
    found = table_difference(broken, TABLE, KEYS)
    assert found is not None
    assert found.where.startswith("line ")


def test_json_is_compared_value_by_value():
    here = {"checks": [{"name": "gap", "figure": 0.25}], "seed": 1, "notes": []}
    again = {"checks": [{"name": "gap", "figure": 0.5}], "seed": 1, "notes": ["new"]}
    found = json_difference(here, again)
    assert (found.count, found.where, found.largest) == (2, "checks 1.figure", 0.25)
    assert json_difference(here, dict(reversed(here.items()))) is None


def test_long_lines_are_shortened():
    assert len(str(text_difference(b"a" * 500, b"b" * 500))) < 200
