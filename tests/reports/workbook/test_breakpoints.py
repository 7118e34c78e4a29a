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
    # Bounds over weights are 3, 0, 0 and, of the only ceiling, 1.5; the last is repeated where none is.
    assert list(found.walk["breakpoint"]) == [0.0, 0.0, 1.5, 3.0, 3.0, 3.0]
    assert list(found.walk["sum_mt"]) == pytest.approx([3.0, 3.0, 7.5, 9.0, 9.0, 9.0])
    assert found.segment == 3


def test_a_member_without_weight_has_no_breakpoint():
    found = breakpoints(series(0, 2), 5.0, series(1, 0), series(9, 9))
    assert found.factor == pytest.approx(2.0)
    assert found.ends["breakpoint"].isna().sum() == 2


def test_breakpoints_that_differ_by_rounding_are_reached_together():
    # 0.1 + 0.2 lies one rounding above 0.3: a spreadsheet adds both weights at the first of them.
    found = breakpoints(series(1, 1), 2.0, series(0.3, 0.1 + 0.2), series(math.inf, math.inf))
    assert list(found.walk["rate"]) == [2.0, 2.0, 2.0, 2.0]
    assert found.factor == pytest.approx(1.0)


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
