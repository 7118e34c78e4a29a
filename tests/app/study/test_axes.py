"""Axes of a sweep: what a list of values means."""

from __future__ import annotations

import pytest

from capshare.base.errors import CapshareError
from capshare.study.axes import Axis, combinations, read_axes


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("cap.cut_pct=16,17, 18", ("16", "17", "18")),
        ("groups.k=4:8", ("4", "5", "6", "7", "8")),
        ("groups.k=5:5", ("5",)),
        ("targets.band_pct=[10,20.5],[9, 21]", ("[10,20.5]", "[9, 21]")),
        ('burden.indicators.gdp.expression="a, b"', ('"a, b"',)),
        ("allocation.floor={ 内蒙古 = 0.5, 山西 = 0.6 },0.3", ("{ 内蒙古 = 0.5, 山西 = 0.6 }", "0.3")),
    ],
)
def test_values(written: str, values: tuple[str, ...]) -> None:
    assert read_axes([written]) == (Axis(written.partition("=")[0], values),)


def test_combinations_are_in_order_the_last_axis_fastest() -> None:
    found = combinations(read_axes(["groups.k=2:3", "cap.cut_pct=16,17"]))
    assert [tuple(one.values()) for one in found] == [("2", "16"), ("2", "17"), ("3", "16"), ("3", "17")]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["groups.k=8:4"], "--set, groups.k: expected whole numbers A:B"),
        (["cap.cut_pct=16,,18"], "expected a value between commas"),
        (["cap.cut_pct=16,17,16"], "expected each value once; found '16' twice"),
        (["cap.cut=16,17"], "expected a key of a study"),
        (["cap.cut_pct"], "expected KEY=VALUE"),
    ],
)
def test_wrong_axes(written: list[str], message: str) -> None:
    with pytest.raises(CapshareError, match=message):
        read_axes(written)
