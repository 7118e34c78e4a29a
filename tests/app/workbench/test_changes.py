"""Values as JSON has them become settings as the command line has them."""

import math

import pytest

from capshare.base.errors import CapshareError
from capshare.workbench.changes import settings_of
from capshare.workbench.wire import as_json, from_json


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1, 0.1),
        (3, 3),
        (True, True),
        ("0.1", 0.1),
        ("inf", math.inf),
        ("equal", "equal"),
        ([10, 20.5], (10, 20.5)),
        ("[10, 20.5]", (10, 20.5)),
        ({"default": "inf", "Shanxi": 0.9}, {"default": math.inf, "Shanxi": 0.9}),
        ([{"name": "inf", "provinces": ["Shanxi"]}], ({"name": "inf", "provinces": ("Shanxi",)},)),
    ],
)
def test_a_value_is_what_a_study_file_would_hold(value, expected):
    [setting] = settings_of({"allocation.trade_limit": value})
    assert setting.value == expected
    assert type(setting.value) is type(expected)


@pytest.mark.parametrize("value", [None, math.nan, math.inf, [1, None], {"a": math.nan}])
def test_what_no_study_file_holds_is_refused(value):
    with pytest.raises(
        CapshareError, match=r"--set, allocation\.trade_limit: expected a value that a study file"
    ):
        settings_of({"allocation.trade_limit": value})


def test_every_unknown_key_is_told():
    with pytest.raises(CapshareError, match="unknown key") as refused:
        settings_of({"allocation.trade_limt": 1, "targets.band": 2, "allocation.trade_limit": 0.1})
    assert [problem.place for problem in refused.value.problems] == ["allocation.trade_limt", "targets.band"]


def test_deep_lists_and_long_numbers_are_refused():
    deep = value = []
    for _ in range(50):
        value.append([])
        value = value[0]
    with pytest.raises(CapshareError, match="too many lists"):
        settings_of({"targets.band_pct": deep})
    with pytest.raises(CapshareError, match="18 digits"):
        settings_of({"targets.tiers_k": 10**30})


def test_no_limit_goes_there_and_back():
    value = {"default": math.inf, "named": [1.0, math.inf]}
    assert as_json(value) == {"default": "inf", "named": [1.0, "inf"]}
    assert from_json({"default": "inf", "name": "inf"}) == {"default": math.inf, "name": "inf"}
