import math

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from capshare.reports.workbook.breakpoints import breakpoints


def series(*values):
    return pd.Series(values, index=list("abcdefgh")[: len(values)], dtype=float)


def test_a_split_worked_by_hand():
    # Factor 2 gives max(3, 2), 2 and min(4, 3): together 8.
    found = breakpoints(series(1, 1, 2), 8.0, series(3, 0, 0), series(math.inf, math.inf, 3))
    assert found.factor == pytest.approx(2.0, rel=1e-15)
    # Floors over weights are 3, 0 and 0; the only ceiling, 3, over its weight, 2, is 1.5.
    assert list(found.members["floor_point"]) == [3.0, 0.0, 0.0]
    assert list(found.members["ceiling_weight"]) == [0.0, 0.0, 2.0]
    assert found.members["ceiling_point"].iloc[2] == 1.5
    # At 3: 3 + 3 + 3; at 0: 3 + 0 + 0; at 1.5: 3 + 1.5 + 3.
    assert list(found.members["sum_at_floor_mt"]) == pytest.approx([9.0, 3.0, 3.0])
    assert found.members["sum_at_ceiling_mt"].iloc[2] == pytest.approx(7.5)
    # From 1.5 on the second alone is free.
    assert (found.point, found.rate) == (1.5, 1.0)


def test_a_member_without_weight_moves_nothing():
    found = breakpoints(series(0, 2), 5.0, series(1, 0), series(9, 9))
    assert found.factor == pytest.approx(2.0)
    assert list(found.members["ceiling_weight"]) == [0.0, 2.0]


def test_breakpoints_that_differ_by_rounding_are_reached_together():
    # 0.1 + 0.2 lies one rounding above 0.3: both weights are free from there on.
    found = breakpoints(series(1, 1), 2.0, series(0.3, 0.1 + 0.2), series(math.inf, math.inf))
    assert found.rate == 2.0
    assert found.factor == pytest.approx(1.0)


def test_a_total_of_all_floors_is_reached_at_the_first_free_point():
    # The floors alone add up to the total: up to 2, where the second leaves its floor, nothing changes.
    found = breakpoints(series(1, 1), 5.0, series(3, 2), series(math.inf, math.inf))
    assert found.factor == pytest.approx(2.0)


def test_bounds_below_nothing_have_points_below_0():
    # Less than nothing is left of the first bound where the entitlement is moved by more than it.
    found = breakpoints(series(2, 1), -3.0, series(-4, -9), series(math.inf, math.inf))
    split = (found.factor * series(2, 1)).clip(lower=series(-4, -9))
    assert found.factor == pytest.approx(-1.0)
    assert split.sum() == pytest.approx(-3.0)


amount = st.floats(0.1, 100.0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(amount, amount, amount, st.booleans()), min_size=1, max_size=8), st.floats(0, 1))
def test_the_clipped_parts_add_up(members, place):
    weight, low, room, limited = zip(*members, strict=True)
    lower = series(*low)
    upper = series(
        *(
            bottom + more if bound else math.inf
            for bottom, more, bound in zip(low, room, limited, strict=True)
        )
    )
    top = upper.sum() if math.isfinite(upper.sum()) else lower.sum() + 500.0
    total = lower.sum() + place * (top - lower.sum())
    assume(total < top * (1 - 1e-6))
    found = breakpoints(series(*weight), total, lower, upper)
    split = (found.factor * series(*weight)).clip(lower=lower, upper=upper)
    assert split.sum() == pytest.approx(total, rel=1e-9)
