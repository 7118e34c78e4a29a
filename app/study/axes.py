"""Axes of a sweep: keys of a study and the values that each of them goes through."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.study.setting import OPTION, read_texts

_WHOLE_NUMBERS = re.compile(r"(-?\d{1,9}):(-?\d{1,9})")
_OPENS, _CLOSES = "[{", "]}"


@dataclass(frozen=True)
class Axis:
    """A key and its values.

    Attributes
    ----------
    key : of the study, as of ``--set``
    values : as they were written, in their order
    """

    key: str
    values: tuple[str, ...]


def read_axes(written: Iterable[str]) -> tuple[Axis, ...]:
    """Axes from their texts.

    Parameters
    ----------
    written : ``KEY=A,B,C`` or, for whole numbers from A to B, ``KEY=A:B``; a comma inside brackets or quotes
        belongs to a value

    Raises
    ------
    CapshareError
        where one is no setting, a value is missing or stands twice, or a range ends before it starts.
    """
    axes = tuple(Axis(key, tuple(_values(text))) for key, text in read_texts(written).items())
    problems = [problem for axis in axes for problem in _problems(axis)]
    if problems:
        raise CapshareError(problems)
    return axes


def combinations(axes: Sequence[Axis]) -> tuple[Mapping[str, str], ...]:
    """Every combination of values, key → value; the last axis changes fastest.

    Parameters
    ----------
    axes : in their order
    """
    keys = [axis.key for axis in axes]
    every = itertools.product(*(axis.values for axis in axes))
    return tuple(dict(zip(keys, values, strict=True)) for values in every)


def _values(text: str) -> Iterator[str]:
    numbers = _WHOLE_NUMBERS.fullmatch(text)
    if numbers:
        yield from map(str, range(int(numbers[1]), int(numbers[2]) + 1))
        return
    depth, quote, start = 0, "", 0
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in _OPENS + _CLOSES:
            depth += 1 if char in _OPENS else -1
        elif char == "," and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _problems(axis: Axis) -> Iterator[Problem]:
    if not axis.values:
        yield Problem(OPTION, axis.key, "whole numbers A:B with A up to B", "none", "Write the lesser first.")
    if "" in axis.values:
        yield Problem(OPTION, axis.key, "a value between commas", "none", "Leave out the comma.")
    twice = sorted({value for value in axis.values if axis.values.count(value) > 1})
    if twice:
        yield Problem(OPTION, axis.key, "each value once", shown(twice[0]) + " twice", "Leave one out.")
