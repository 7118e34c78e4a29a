"""The words of a province's story: changes without a solution, idle changes, rises of intensity."""

import math

import pandas as pd
import pytest

from capshare.reports.words.explained_changes import change_rows
from capshare.reports.words.explanation import called, intensity_words


def changes(**change_mt):
    quota = pd.Series(change_mt, dtype=float).rename_axis("change")
    return pd.DataFrame({"quota_mt": 100.0 + quota, "change_mt": quota})


def test_a_change_without_a_solution_is_said_and_never_counted_as_small():
    many = {f"c{n}": 20.0 - n for n in range(10)}
    rows = change_rows(changes(**many, floor=math.nan, cap=math.nan))
    assert rows[7] == ("c7", "113.0", "+13.0")
    assert rows[8:] == [
        ("2 other changes", "", "at most 12.0"), ("floor", "no solution", ""), ("cap", "no solution", ""),
    ]  # fmt: skip


def test_changes_that_move_nothing_are_one_line():
    rows = change_rows(changes(a=3.0, b=-0.5, c=0.04, d=0.0, e=0.0, f=math.nan))
    assert rows[:2] == [("a", "103.0", "+3.0"), ("b", "99.5", "-0.5")]
    assert rows[2:] == [("f", "no solution", ""), ("3 other changes", "", "none")]


def test_only_changes_that_move_nothing():
    assert change_rows(changes(a=0.0)) == [("1 other change", "", "none")]


@pytest.mark.parametrize(
    ("cut_pct", "words"),
    [
        (17.0, "falls by 17.0 % from the base year"),
        (-12.5, "rises by 12.5 % from the base year"),
        (-485.6, "rises to 5.9 times that of the base year"),
    ],
)
def test_a_negative_cut_is_a_rise(cut_pct, words):
    """A cut of -485.6 % leaves 585.6 % of the intensity."""
    assert intensity_words(cut_pct) == words


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("floor", "its floor"),
        ("fall_limit", "largest yearly fall"),
        ("abatement_rise", "largest yearly rise of abatement"),
        ("rule_at_least", "the planner's rule kept: Hebei"),
    ],
)
def test_a_limit_between_years_is_no_planner_s_rule(constraint, words):
    name = "kept: Hebei" if constraint.startswith("rule") else "130000"
    assert called(constraint, name) == words
