"""The search for the nearest rounding: every rounding tried for few cuts, the integer programme for many."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from capshare.model.targets.nearest_steps import nearest_steps
from capshare.model.targets.rounding import rounded_cuts

STEP, BEYOND = 0.5, 0.02
BAND = (10.0, 20.5)


def drawn(random, count):
    """Cuts, and shares of very different size, as provinces have them."""
    share = random.lognormal(0.0, 1.0, count)
    share /= share.sum()
    cut = random.uniform(11.0, 20.0, count)
    return cut, share


def nearest(cut, share, national):
    return nearest_steps(cut, share, national, step_points=STEP, band_pct=BAND, beyond_points=BEYOND)


def distance(rounded, cut, share):
    return float((share * np.abs(rounded - cut)).sum())


def every_rounding(cut, share, national):
    """All roundings that are allowed."""
    steps = np.arange(BAND[0], BAND[1] + STEP / 2, STEP)
    own = [steps[np.abs(steps - one) <= STEP + 1e-9] for one in cut]
    for rounded in map(np.array, product(*own)):
        order = np.argsort(cut, kind="stable")
        beyond = share @ rounded - national
        if -1e-9 <= beyond <= BEYOND + 1e-9 and (np.diff(rounded[order]) >= 0).all():
            yield rounded


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_of_few_cuts_it_is_the_nearest_of_all_roundings(count):
    random, found = np.random.default_rng(count), 0
    for _ in range(40):
        cut, share = drawn(random, count)
        national = float(share @ cut) + random.uniform(-0.2, 0.2)
        rounded = nearest(cut, share, national)
        tried = [distance(other, cut, share) for other in every_rounding(cut, share, national)]
        assert (rounded is None) == (not tried)
        if rounded is not None:
            found += 1
            assert distance(rounded, cut, share) == pytest.approx(min(tried), abs=2e-8)
            assert any((rounded == other).all() for other in every_rounding(cut, share, national))
    assert found > 0 or count == 1


def by_integer_programme(cut, share, national):
    """Least distance of all allowed roundings by SciPy's interface to an integer programme."""
    count = len(cut)
    order = np.argsort(cut, kind="stable")
    eye, none = np.eye(count), np.zeros((count, count))
    rising = np.zeros((count - 1, 2 * count))
    rising[np.arange(count - 1), order[1:]], rising[np.arange(count - 1), order[:-1]] = 1, -1
    rows = [
        LinearConstraint(np.hstack([STEP * eye, -eye]), ub=cut),
        LinearConstraint(np.hstack([STEP * eye, eye]), lb=cut),
        LinearConstraint(np.hstack([STEP * share, none[0]]), national, national + BEYOND),
        LinearConstraint(rising, lb=0),
    ]
    low, high = np.maximum(np.ceil(cut / STEP) - 1, 20), np.minimum(np.floor(cut / STEP) + 1, 41)
    found = milp(
        np.concatenate([np.zeros(count), share]),
        integrality=np.repeat([1, 0], count),
        bounds=Bounds(np.concatenate([low, np.zeros(count)]), np.concatenate([high, np.full(count, np.inf)])),
        constraints=rows,
        options={"mip_rel_gap": 0.0},
    )
    return found.fun


@pytest.mark.parametrize("count", [20, 30, 60])
def test_of_many_cuts_it_is_as_near_as_the_integer_programme_finds(count):
    random = np.random.default_rng(count)
    for _ in range(8):
        cut, share = drawn(random, count)
        national = float(share @ cut)
        rounded = nearest(cut, share, national)
        order = np.argsort(cut)
        assert (np.diff(rounded[order]) >= 0).all()
        assert (np.abs(rounded - cut) <= STEP).all()
        assert (np.round(rounded / STEP) == rounded / STEP).all()
        assert -1e-9 <= share @ rounded - national <= BEYOND + 1e-9
        # The integer programme stops within 1e-6 of its bound.
        found = by_integer_programme(cut, share, national)
        assert found - 1e-6 <= distance(rounded, cut, share) <= found + 1e-9


def test_equal_cuts_stay_equal_and_the_order_of_provinces_is_no_matter():
    random = np.random.default_rng(5)
    cut = np.repeat([13.2, 15.1, 16.7, 18.3], [5, 8, 9, 8])
    share = random.lognormal(0.0, 1.0, len(cut))
    share /= share.sum()
    expected = np.repeat([13.0, 15.0, 16.5, 18.5], [5, 8, 9, 8])
    np.testing.assert_array_equal(nearest(cut, share, float(share @ expected) - 0.01), expected)
    cut, share = drawn(random, 30)
    national, shuffled = float(share @ cut), random.permutation(30)
    one = nearest(cut, share, national)
    np.testing.assert_array_equal(nearest(cut[shuffled], share[shuffled], national), one[shuffled])


def test_cuts_that_cannot_be_rounded_so_are_left_to_the_integer_programme():
    assert nearest(np.array([9.0]), np.array([1.0]), 9.0) is None
    assert nearest(np.array([15.2, 15.2]), np.array([0.5, 0.5]), 15.2) is None


def test_too_many_roundings_alike_are_left_to_the_integer_programme(monkeypatch):
    cut, share = drawn(np.random.default_rng(30), 30)
    national = float(share @ cut)
    searched = nearest(cut, share, national)
    monkeypatch.setattr("capshare.model.targets.nearest_steps.MOST_AT_ONCE", 0)
    assert nearest(cut, share, national) is None
    codes = [f"{place:02d}" for place in range(30)]
    rounded = rounded_cuts(pd.Series(cut, codes), pd.Series(share, codes), national, band_pct=BAND)
    assert distance(rounded.to_numpy(), cut, share) == pytest.approx(distance(searched, cut, share), abs=1e-6)
