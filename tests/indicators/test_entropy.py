"""Entropy weights against published and independent figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from capshare.base.errors import CapshareError
from capshare.indicators.entropy import entropies, entropy_weights

ELSAYED = [
    [7, 312, 1891, 6613, 163],
    [72, 88, 728, 941804, 1078],
    [10, 252, 2594, 3466, 117471],
    [10, 145, 980, 2371, 86329],
    [65, 54, 350, 501, 29897],
    [29, 48, 380, 912, 34051],
    [7, 476, 3300, 78470, 2212],
    [70, 87, 650, 733, 819000],
    [4, 86, 591, 3015, 103],
    [12, 79, 579, 3240, 96098],
    [21, 45, 261, 1253, 453],
    [1, 72, 530, 4333, 0.1048],
]


def test_published_example():
    """Elsayed et al. 2017, 12 alternatives × 5 criteria (golden number 1)."""
    weights = entropy_weights(pd.DataFrame(ELSAYED))
    assert weights.to_numpy() == pytest.approx([0.104991, 0.069124, 0.071373, 0.449937, 0.304575], abs=1e-6)


def test_small_example():
    """Worked by hand, independently of this code (golden number 1)."""
    z = pd.DataFrame([[1, 1], [2, 1], [3, 4]])
    assert entropies(z).to_numpy() == pytest.approx([0.92062, 0.78969], abs=1e-5)
    assert entropy_weights(z).to_numpy() == pytest.approx([0.27402, 0.72598], abs=1e-5)


def test_zero_share_does_not_zero_the_entropy():
    z = pd.DataFrame({"a": [0.0, 0.5, 0.5], "b": [0.2, 0.3, 0.5]})
    assert entropies(z)["a"] == pytest.approx(np.log(2) / np.log(3))


def test_constant_column_weighs_exactly_nothing():
    z = pd.DataFrame({"flat": [0.1] * 7, "zero": [0.0] * 7, "varies": np.linspace(0, 1, 7)})
    weights = entropy_weights(z)
    assert weights["flat"] == 0.0
    assert weights["zero"] == 0.0
    assert weights["varies"] == 1.0


def test_all_constant_is_refused():
    with pytest.raises(CapshareError, match="each constant"):
        entropy_weights(pd.DataFrame({"a": [1.0, 1.0], "b": [2.0, 2.0]}))


def test_missing_cell_is_named():
    z = pd.DataFrame({"a": [0.1, np.nan]}, index=["110000", "120000"])
    with pytest.raises(CapshareError, match=r"z\[120000, a\]: expected a finite number; found nan"):
        entropy_weights(z)


def test_negative_cell_is_refused_not_made_positive():
    z = pd.DataFrame({"a": [0.1, -0.2]}, index=["110000", "120000"])
    with pytest.raises(CapshareError, match=r"z\[120000, a\]: expected a number ≥ 0; found -0.2"):
        entropy_weights(z)


def test_one_province_is_refused():
    with pytest.raises(CapshareError, match="two provinces or more"):
        entropies(pd.DataFrame({"a": [1.0]}))


tables = hnp.arrays(
    float, st.tuples(st.integers(2, 12), st.integers(1, 5)), elements=st.floats(0, 1e6, allow_subnormal=False)
).filter(lambda a: (a.max(axis=0) > a.min(axis=0)).any())


@given(tables, st.floats(1e-3, 1e3))
def test_weights_are_shares_that_ignore_units(table, unit):
    z = pd.DataFrame(table)
    weights = entropy_weights(z)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    assert entropy_weights(z * unit).to_numpy() == pytest.approx(weights.to_numpy(), abs=1e-6)
    assert entropy_weights(z.iloc[::-1]).to_numpy() == pytest.approx(weights.to_numpy(), abs=1e-9)
