"""Lines of CSV: the same text, byte by byte, as Python's own writer makes of each cell."""

import csv
import io
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.reports.folder.csv_rows import csv_lines

WORDS = (
    "",
    "煤电",
    "a,b",
    'say "high"',
    "two\nlines",
    " blank ",
    "'",
    "100 %",
    "0.0",
    "[1],[2]",
    "\x7f",
    "a\\b",
)
FLOATS = st.one_of(
    st.floats(),
    st.floats(min_value=1e-5, max_value=1e-3),
    st.floats(min_value=1e15, max_value=1e17),
    st.integers(min_value=-(10**17), max_value=10**17).map(float),
    # Whose exact digits end in a 5, so that two shortest forms are equally near.
    st.integers(min_value=1, max_value=2**53).map(lambda whole: whole * 2.0**-44),
)


def plain_text(cells):
    """Each row by the csv module, each number by `repr`; -0.0 is 0.0."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in cells:
        writer.writerow([repr(cell + 0.0) if isinstance(cell, float) else cell for cell in row])
    return text.getvalue()


def lines_of(frame):
    """The lines of a frame as one text."""
    return b"".join(csv_lines(frame)).decode()


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), FLOATS, FLOATS, st.integers(0, 9), FLOATS), max_size=30))
def test_every_cell_is_as_the_plain_writer_has_it(rows):
    frame = pd.DataFrame(rows, columns=list("abcde")).astype(
        {"a": "str", "b": float, "c": float, "d": "int64", "e": float}
    )
    kinds = frame.assign(k=frame["a"].astype("category"), o=frame["a"].astype(object))
    assert lines_of(kinds) == plain_text([(*row, row[0], row[0]) for row in rows])


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (-0.0, "0.0"),
        (5e-324, "5e-324"),
        (1e-5, "1e-05"),
        (0.0001, "0.0001"),
        (9999999999999998.0, "9999999999999998.0"),
        (1e16, "1e+16"),
        (1e22, "1e+22"),
        (1125899906842624.25, "1125899906842624.2"),
        (math.inf, "inf"),
        (math.nan, "nan"),
    ],
)
def test_a_number_is_in_its_shortest_form_beside_plain_ones(number, written):
    frame = pd.DataFrame({"x": [1.0, number], "y": [0.1, 0.5]})
    assert lines_of(frame) == f"1.0,0.1\n{written},0.5\n"


def test_a_long_table_is_written_in_parts_without_a_seam():
    draw = np.random.default_rng(5)
    # A deviation is now and then below 1e-4, which Python writes with an exponent.
    numbers = draw.normal(size=(2_501, 3)) * 10.0 ** draw.integers(-6, 17, size=(2_501, 3))
    frame = pd.DataFrame(numbers).assign(name=[f"厂 {place}" for place in range(2_501)])
    parts = list(csv_lines(frame))
    assert len(parts) > 1
    assert b"".join(parts).decode() == plain_text(frame.itertuples(index=False))


@pytest.mark.parametrize("rows", [1, 2, 1_001])
def test_columns_of_one_number_stand_with_their_neighbours(rows):
    missing = pd.Categorical.from_codes([-1] * rows, ["y"])
    cells = {"a": -0.0, "b": "x]", "c": "[", "d": 7, "e": missing, "f": np.nan}
    frame = pd.DataFrame(cells, index=range(rows)).astype({"b": "category", "c": "category"})
    assert lines_of(frame) == "0.0,x],[,7,,nan\n" * rows


def test_columns_of_many_words_stand_apart():
    words = [f"w{place}" for place in range(70)]
    frame = pd.DataFrame({"a": words, "b": words[::-1]}, dtype="category")
    assert lines_of(frame) == plain_text(frame.itertuples(index=False))


@pytest.mark.parametrize("column", [[1.5, 1e-5, 3.0], [1, 2, 3], ["a", "", "c,d"]])
def test_a_frame_of_one_column_has_a_cell_in_each_line(column):
    frame = pd.DataFrame({"a": column})
    assert lines_of(frame) == plain_text([(cell, "") for cell in column]).replace(",\n", "\n")
