"""Whatever a user wrote can be repeated in a message, short and on one line."""

import datetime

import pytest

from capshare.base.shown import shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("low", "'low'"),
        (6.5, "6.5"),
        (True, "True"),
        (None, "None"),
        (datetime.date(1979, 5, 27), "datetime.date(1979, 5, 27)"),
        ([1, "a", 2.5], "[1, 'a', 2.5]"),
        ((1, 2, 3, 4, 5, 6), "[1, 2, 3, 4, …]"),
        ({"a": 1, "b": [2]}, "{ a = 1, b = [2] }"),
        ({"a": {"b": {"c": {"d": 1}}}}, "{ a = { b = { c = { … } } } }"),
        (10**5000, "a whole number of more than 200 digits"),
        (-(10**5000), "a whole number of more than 200 digits"),
        ([10**5000], "[a whole number of more than 200 digits]"),
        ("two\nlines", r"'two\nlines'"),
    ],
    ids=lambda value: str(value)[:20] if not isinstance(value, int | list) else "number",
)
def test_values(value, text):
    assert shown(value) == text


def test_a_long_text_is_cut():
    assert shown("x" * 10**6) == repr("x" * 200 + "…")
