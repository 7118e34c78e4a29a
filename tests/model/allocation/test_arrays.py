"""The arrays made at once are the compiled formulation, number for number and label for label."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.constraints.catalogue import CONSTRAINTS
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.formulation import formulate
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.year_links import BaseYear, YearRules
from capshare.model.allocation.years import join_years
from capshare.solvers.compiled import CompiledModel


@st.composite
def inputs(draw):
    """Shuffled provinces, any number of blocks and of steps per province, rules of both senses."""
    n = draw(st.integers(1, 7))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    codes = random.permutation([f"{110000 + 10000 * i}" for i in range(n)])
    blocks = [f"g{draw(st.integers(0, 2))}" for _ in codes]
    emissions = random.lognormal(5, 1, n) * (random.random(n) > 0.1)
    provinces = pd.DataFrame(
        {
            "block": blocks,
            "share": random.uniform(0.01, 1, n),
            "emissions_mt": emissions,
            "floor_mt": emissions * draw(st.sampled_from([0.0, 0.5])),
            "ceiling_mt": draw(st.sampled_from([2e4, np.inf])),
        },
        index=codes,
    )
    caps = provinces["emissions_mt"].groupby(provinces["block"]).sum() + 1.0
    index = [(code, step) for code in codes for step in range(1, 2 + int(random.integers(4)))]
    steps = pd.DataFrame(
        random.uniform(1, 500, (len(index), 2)),
        index=pd.MultiIndex.from_tuples(index),
        columns=["size_mt", "cost_yuan_per_t"],
    ).sample(frac=1, random_state=draw(st.integers(0, 99)))
    limits = ScalarLimits(
        draw(st.sampled_from([0.0, 0.2, 1.0, np.inf])), draw(st.sampled_from([0.0, 0.1, np.inf])), 1e-4, 900.0
    )
    rules = tuple(
        PlannerRule(f"rule {number}", {str(random.choice(codes)): 1.5}, sense, share, bound_mt=2.0)
        for number, (sense, share) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(["at least", "at most"]), st.sampled_from([0.0, 0.25])),
                          max_size=3))
        )
    )  # fmt: skip
    return provinces, caps[::-1], steps, limits, rules


def compiled(data):
    return CompiledModel(formulate(data)).program(data.parameters())


def assert_same(found, expected):
    for name in ("cost", "row_lower", "row_upper", "lower", "upper"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), err_msg=name)
    for name in ("shape", "indptr", "indices", "data"):
        np.testing.assert_array_equal(
            getattr(found.matrix, name), getattr(expected.matrix, name), err_msg=name
        )
    for name in ("rows", "columns"):
        labels, others = getattr(found, name), getattr(expected, name)
        assert list(labels) == list(others)
        for component in labels:
            assert labels[component].equals(others[component]), (name, component)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inputs())
def test_both_programmes_are_one(parts):
    data = allocation_data(*parts)
    assert_same(arrays(data), compiled(data))


def test_every_constraint_of_the_formulation_has_its_rows(small):
    rows = list(compiled(small).rows)
    assert [record.name for record in CONSTRAINTS if record.name in rows] == rows
    assert_same(arrays(small), compiled(small))


def test_changed_numbers_give_the_same_arrays(small):
    """Caps at which provinces are clipped: some slopes are 0, and stay coefficients."""
    of = CompiledModel(formulate(small))
    changed = small.with_caps(small.caps_mt * [0.375, 1.25])
    assert (changed.provinces["slope"] == 0).any()
    assert_same(arrays(changed), of.program(changed.parameters()))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    inputs(),
    st.sampled_from([None, 0.1]),
    st.sampled_from([None, 0.25]),
    st.integers(1, 9),
    st.sampled_from([None, 0.05]),
    st.sampled_from([2024, 2025]),
)
def test_both_programmes_of_several_years_are_one(parts, change, carried, expiry, ramp, before):
    data = allocation_data(*parts)
    base = BaseYear(before, 0.75 * data.provinces["emissions_mt"])
    years = {
        year: data.with_caps(data.caps_mt * factor) for year, factor in ((2025, 1), (2028, 1.5), (2030, 2))
    }
    joint = join_years(years, YearRules(change, carried, expiry, ramp), base)
    assert_same(arrays(joint), compiled(joint))
