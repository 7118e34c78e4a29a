"""Attributes that are made when they are first asked for."""

from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from capshare.base.errors import CapshareError, Problem
from capshare.base.later import Later, make_all


@dataclass(frozen=True)
class Point:
    x: object
    y: object


class LaterPoint(Later, Point):
    pass


def spoilt(name):
    def make():
        raise CapshareError(Problem(name, "", "a number", "none", "Put it back."))

    return make


def test_an_attribute_is_made_once_and_only_when_asked_for():
    made = []
    point = LaterPoint.later(x=lambda: made.append("x") or len(made), y=spoilt("y"))
    assert made == []
    assert (point.x, point.x, made) == (1, 1, ["x"])


def test_it_is_the_frozen_value_that_it_stands_for():
    point = LaterPoint.later(x=lambda: 1, y=lambda: 2)
    assert isinstance(point, Point)
    assert replace(point, y=3) == LaterPoint(1, 3)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(AttributeError, match="has no attribute 'z'"):
        _ = point.z


def test_everything_that_cannot_be_made_is_told_once():
    inner = LaterPoint.later(x=spoilt("a"), y=spoilt("b"))
    with pytest.raises(CapshareError) as caught:
        make_all(LaterPoint.later(x=lambda: inner, y=spoilt("b")))
    assert [problem.source for problem in caught.value.problems] == ["a", "b"]
