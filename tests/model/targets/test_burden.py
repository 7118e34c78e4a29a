"""Points above the national cut: golden 17, and what no index, emissions or spread may change."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.targets.burden import points_above_mean


def test_golden_17_two_units():
    burden, mt = pd.Series({"a": 1.0, "b": 0.0}), pd.Series({"a": 100.0, "b": 50.0})
    cut = 17 + points_above_mean(burden, mt, 6.0)
    assert cut.to_dict() == pytest.approx({"a": 19.0, "b": 13.0})
    quota = mt * (1 - cut / 100)
    assert quota.to_dict() == pytest.approx({"a": 81.0, "b": 43.5})
    assert quota.sum() == pytest.approx(150 * 0.83)


number = st.floats(0, 1e3)


@given(st.lists(st.tuples(number, st.floats(1e-3, 1e5)), min_size=2, max_size=40), st.floats(0, 30))
def test_points_cancel_and_span_the_spread(pairs, spread):
    codes = [str(place) for place in range(len(pairs))]
    burden = pd.Series([pair[0] for pair in pairs], index=codes)
    mt = pd.Series([pair[1] for pair in pairs], index=codes)
    points = points_above_mean(burden, mt, spread)
    assert (points * mt).sum() == pytest.approx(0, abs=1e-9 * (1 + spread) * mt.sum())
    width = burden.max() - burden.min()
    assert points.max() - points.min() == pytest.approx(spread if width > 0 else 0, abs=1e-9)
    shuffled = points_above_mean(burden[::-1], mt, spread)
    pd.testing.assert_series_equal(shuffled.reindex(codes), points)


@pytest.mark.parametrize(
    ("burden", "mt", "spread", "said"),
    [
        ({"a": 1.0}, {"b": 1.0}, 1.0, "a"),
        ({"a": float("nan"), "b": 1.0}, {"a": 1.0, "b": 1.0}, 1.0, "burden"),
        ({"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 0.0}, 1.0, "not all of them 0"),
        ({"a": 1.0, "b": 0.0}, {"a": 1.0, "b": 1.0}, -1.0, "0 points or more"),
    ],
)
def test_what_is_refused(burden, mt, spread, said):
    with pytest.raises(CapshareError, match=said):
        points_above_mean(pd.Series(burden), pd.Series(mt), spread)
