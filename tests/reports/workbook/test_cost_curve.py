import math

import pandas as pd
import pytest

from capshare.base.conventions import following
from capshare.reports.workbook.cost_curve import CostCurve, cost_curve, costs_at, level_found, middles
from capshare.reports.workbook.workbook_data import workbook_data

CODES = ["a", "b", "c"]


def curve(method, **changes):
    """Three provinces whose middle price of 20 is scaled to 100; the largest emits less than half."""
    price = pd.Series([10.0, 20.0, 40.0], index=CODES)
    given = {
        "method": method,
        "steps": 4,
        "max_abatement": 0.4,
        "before_yuan_per_t": price,
        "level_yuan_per_t": price,
        "weight": pd.Series([3.0, 4.0, 2.0], index=CODES),
        "anchor_yuan_per_t": 100.0,
        "elasticity": -0.5,
        "meeting_cut": 0.19,
    }
    return CostCurve(**given | changes)


def test_steps_are_priced_at_their_middles():
    found = middles(curve("power"), pd.Index([1, 2, 3, 4]))
    assert list(found) == pytest.approx([0.05, 0.15, 0.25, 0.35], rel=1e-12)


@pytest.mark.parametrize(
    ("method", "cut", "times"),
    [
        # 0.81 to the power of -1/2 is 1 / 0.9.
        ("power", 0.19, 1 / 0.9),
        # The logarithm of 0.81 squared is twice that of 0.81.
        ("logarithmic", 1 - 0.81**2, 2.0),
        ("productivity", 0.1, 0.25),
    ],
)
def test_a_cost_follows_from_level_and_cut(method, cut, times):
    found = costs_at(curve(method), cut)
    assert list(found) == pytest.approx([10 * times, 20 * times, 40 * times], rel=1e-12)


def test_levels_are_scaled_by_the_median_that_emissions_give():
    assert list(level_found(curve("power"))) == pytest.approx([50.0, 100.0, 200.0], rel=1e-12)
    # Half of the weight lies below 10: it is the median itself.
    heavy = pd.Series([7.0, 1.0, 1.0], index=CODES)
    assert list(level_found(curve("power", weight=heavy))) == pytest.approx([100.0, 200.0, 400.0])
    assert list(level_found(curve("power", anchor_yuan_per_t=None))) == [10.0, 20.0, 40.0]


def test_the_logarithmic_curve_is_levelled_where_it_meets_the_power_curve():
    found = level_found(curve("logarithmic", anchor_yuan_per_t=None))
    assert list(found) == pytest.approx([10 / 0.9, 20 / 0.9, 40 / 0.9], rel=1e-12)


def of(outcome):
    with following(outcome.study.conventions):
        return cost_curve(workbook_data(outcome))


def test_runs_whose_curve_has_a_closed_form_have_it(plan, states):
    power, naive = of(plan), of(states)
    assert (power.method, power.anchor_yuan_per_t, power.steps) == ("power", 63.0, 12)
    assert math.isclose(power.elasticity, -0.3279093481127976, rel_tol=1e-9)
    assert (naive.method, naive.anchor_yuan_per_t, naive.gdp_column) == (
        "productivity",
        100.0,
        "gdp_2013_1e6eur",
    )


def test_a_curve_without_one_stays_as_solved(base, tiers):
    """The distance function's own, and a given price."""
    assert of(base) is None
    assert of(tiers) is None
