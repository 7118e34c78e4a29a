"""The best grouping on a line: against every grouping there is, and what may not change it."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.model.groups.line import line_groups


def within(values, group):
    return sum(((part - part.mean()) ** 2).sum() for _, part in values.groupby(group))


def cheapest(values, k):
    """Least squared distance over all cuts of the sorted numbers into at most k parts."""
    ordered = np.sort(values)
    parts = [np.split(ordered, cuts) for m in range(k) for cuts in combinations(range(1, len(ordered)), m)]
    return min(sum(((part - part.mean()) ** 2).sum() for part in each) for each in parts)


def test_three_heaps():
    values = pd.Series({"e": 10.0, "a": 1.0, "d": 9.0, "b": 1.5, "c": 5.0, "f": 1.0})
    assert line_groups(values, 3).to_dict() == {"e": 2, "a": 0, "d": 2, "b": 0, "c": 1, "f": 0}
    assert line_groups(values, 1).eq(0).all()


def test_equal_numbers_are_one_group_whatever_their_last_digit():
    values = pd.Series([0.1 + 0.2, 0.3, 0.3], index=list("abc"))
    assert line_groups(values, 3).tolist() == [0, 0, 0]


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=8), st.integers(1, 4))
def test_no_grouping_is_better(numbers, k):
    values = pd.Series(numbers, dtype=float)
    group = line_groups(values, k)
    assert group.nunique() == min(k, values.nunique())
    assert within(values, group) == pytest.approx(cheapest(values.to_numpy(), k), abs=1e-9)
    assert group[values.sort_values().index].is_monotonic_increasing
    # Far from 0 nothing is lost.
    far = line_groups(values + 1e6, k)
    assert within(values, far) == pytest.approx(within(values, group), abs=1e-6)
