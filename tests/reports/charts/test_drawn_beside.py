import sys

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.charts.drawn_beside import drawings_begun
from capshare.reports.charts.save import svg_text

BARS = {"data": {"values": [{"a": 1}, {"a": 3}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
POINTS = {**BARS, "mark": "point"}


def test_drawings_are_those_of_this_process_in_their_order():
    begun = drawings_begun()([BARS, POINTS])
    assert begun() == [svg_text(BARS), svg_text(POINTS)]


def test_what_cannot_be_drawn_is_an_error_that_says_so():
    with pytest.raises(CapshareError, match=r"report\.html, charts: .*found TypeError: "):
        drawings_begun()([{"mark": 7}])()


def test_without_a_process_there_is_one_message(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(CapshareError, match=r"a process that draws them; found .*No such file"):
        drawings_begun()([BARS])()
