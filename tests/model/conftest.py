"""Small allocations that can be worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.year_links import BaseYear, YearRules
from capshare.model.allocation.years import join_years


def steps_of(sizes):
    """Steps from province → list of (size Mt, cost yuan/t)."""
    rows = {(code, n): step for code, steps in sizes.items() for n, step in enumerate(steps, 1)}
    index = pd.MultiIndex.from_tuples(rows, names=["code", "step"])
    return pd.DataFrame(list(rows.values()), index=index, columns=["size_mt", "cost_yuan_per_t"])


@pytest.fixture
def three():
    """Golden number 6: one block, no trade, no equity limit, no floor; the cap is the argument."""
    provinces = pd.DataFrame(
        {"block": "all", "share": 1.0, "emissions_mt": [10.0, 8, 6], "floor_mt": 0.0, "ceiling_mt": np.inf},
        index=list("abc"),
    )
    steps = steps_of({"a": [(2, 10), (2, 30)], "b": [(2, 20), (2, 40)], "c": [(2, 30), (2, 50)]})

    def build(cap_mt):
        return allocation_data(
            provinces, pd.Series({"all": cap_mt}), steps, ScalarLimits(np.inf, 0.0, 0.0, 1000.0)
        )

    return build


@pytest.fixture
def linked(small):
    """The small allocation in two years, the second with less, tied by every rule, and to 2019."""
    later = small.with_caps(small.caps_mt * 0.875)
    rules = YearRules(max_yearly_change=0.25, carry_limit=0.125, expiry_years=2, max_abatement_change=0.0625)
    base = BaseYear(2019, small.provinces["emissions_mt"] * 1.0625)
    return join_years({2020: small, 2022: later}, rules, base)


@pytest.fixture
def tiered(small):
    """The small allocation as cuts of what emissions would be: offsets, distances in Mt, a tier of two."""
    given = ["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]
    provinces = small.provinces[given].assign(
        block="all",
        share=[12.0, 24.0, 36.0],
        offset_mt=[-0.5, 1.2, 0.8],
        distance_mt=[0.75, 0.25, 2.0],
        tier=["1", "", "1"],
        tier_mt=[12.0, 24.0, 36.0],
    )
    limits = ScalarLimits(0.0, 0.5, 0.0001, 1000.0)
    return allocation_data(provinces, pd.Series({"all": 54.0}), small.steps, limits)


@pytest.fixture
def small():
    """Two blocks, both kinds of planners' rules, every constraint present."""
    provinces = pd.DataFrame(
        {
            "block": ["I", "I", "II"],
            "share": [1.0, 3.0, 2.0],
            "emissions_mt": [10.0, 20.0, 30.0],
            "floor_mt": [3.0, 6.0, 9.0],
            "ceiling_mt": [50.0, 60.0, 70.0],
        },
        index=["110000", "120000", "130000"],
    )
    steps = steps_of({code: [(2.0, 10.0 * n), (4.0, 30.0 * n)] for n, code in enumerate(provinces.index, 1)})
    rules = (
        PlannerRule("first", {"110000": 1.0}, "at least", share=0.125),
        PlannerRule("第二", {"110000": 1.0, "130000": 2.0}, "at most", bound_mt=65.0),
    )
    caps = pd.Series({"I": 26.0, "II": 28.0})
    return allocation_data(provinces, caps, steps, ScalarLimits(0.25, 0.5, 0.0001, 1000.0), rules)
