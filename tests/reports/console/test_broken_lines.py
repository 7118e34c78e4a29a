"""Chinese lines are broken between signs, whole numbers and words, never before a comma."""

import io
from itertools import pairwise

import pytest
from rich.console import Console

from capshare.reports.console.broken_lines import breaks, prose
from capshare.reports.console.console import print_line, print_table


def lines(text, width):
    places = [0, *breaks(text, width), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(places)]


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("配额下限为多少", 8, ["配额下限", "为多少"]),
        # Neither a number nor a name is torn.
        ("成本为28.76倍", 8, ["成本为", "28.76倍"]),
        ("见group_stability.csv", 10, ["见", "group_stab", "ility.csv"]),
        # A comma stays with the sign before it, a bracket with the sign behind it.
        ("山西、山东、河北", 10, ["山西、山", "东、河北"]),
        ("山西、山东", 8, ["山西、山", "东"]),
        ("山西山东，河北", 8, ["山西山", "东，河北"]),
        ("山西山（东）", 8, ["山西山", "（东）"]),
        ("浙江 44%、山西 48%", 10, ["浙江 44%、", "山西 48%"]),
    ],
)
def test_a_line_begins_where_a_reader_expects_it(text, width, broken):
    assert lines(text, width) == broken


def printed(print_, width=20):
    console = Console(file=io.StringIO(), width=width)
    print_(console)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_lines_and_cells_are_broken_alike():
    said = "其余部分由该省负责，配额959.9百万吨。"
    assert printed(lambda console: print_line(console, said)) == ["其余部分由该省负责，", "配额959.9百万吨。"]
    [first, *rest] = printed(lambda console: print_table(console, (), [("-", said)], right=()), width=16)
    assert first == "-  其余部分由该"
    assert "".join(line.strip() for line in [first[3:], *rest]) == said


def test_english_is_broken_at_blanks_by_rich():
    assert type(prose("Two words")).__name__ == "Text"
    assert printed(lambda console: print_line(console, "A line of several words")) == [
        "A line of several",
        "words",
    ]
