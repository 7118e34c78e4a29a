"""Rounded data, whose ties leave quotas free in two stages: the third leaves none."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.second_stage import closest_program
from capshare.solvers.highs import solve
from capshare.solvers.optimal_face import optimal_face

SEEDS = range(12)
SAME_MT = 1e-6


def rounded(seed, n=30):
    """Emissions and shares in steps of 50 Mt, costs in steps of 20 yuan/t, as planners round them."""
    random = np.random.default_rng(seed)
    codes = [f"{110000 + i}" for i in range(n)]
    emissions = np.maximum(50, np.round(random.lognormal(5.6, 0.7, n) / 50) * 50)
    share = np.maximum(50, np.round(emissions * random.uniform(0.7, 1.3, n) / 50) * 50)
    block = [f"g{i % (1 + 2 * (seed % 2))}" for i in range(n)]
    provinces = pd.DataFrame(
        {
            "block": block,
            "share": share,
            "emissions_mt": emissions,
            "floor_mt": 0.3 * emissions,
            "ceiling_mt": np.inf,
        },
        index=codes,
    )
    caps = 0.95 * provinces["emissions_mt"].groupby(provinces["block"]).sum()
    cost = np.round(random.uniform(20, 200, n) / 20)[:, None] * 20 * (1 + np.arange(6) / 4)
    index = pd.MultiIndex.from_product([codes, range(1, 7)], names=["code", "step"])
    steps = pd.DataFrame(
        {"size_mt": np.repeat(0.1 * emissions, 6), "cost_yuan_per_t": cost.ravel()}, index=index
    )
    deviation, trade = [(0.2, 0.1), (0.1, 0.02), (np.inf, np.inf)][seed % 3]
    return allocation_data(provinces, caps, steps, ScalarLimits(deviation, trade, 0.0001, 900.0))


def renamed(data, new):
    """The same data with other codes, and so with its rows in another order."""
    given = ["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]
    provinces = data.provinces[given].rename(index=new)
    return allocation_data(provinces, data.caps_mt, data.steps.rename(index=new, level=0), data.limits)


def freedom_mt(data):
    """How far each quota can move over all solutions of the second stage."""
    first = allocate(data).first
    face = optimal_face(solve(closest_program(first, data.provinces["entitlement_mt"])), 1e-9)
    where = face.column("quota")
    free = []
    for column in range(where.start, where.stop):
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(face.cost))
            cost[column] = sign
            ends.append(solve(replace(face, cost=cost)).value[column])
        free.append(ends[1] - ends[0])
    return max(free)


def test_two_stages_leave_quotas_free_on_rounded_data():
    free = [freedom_mt(rounded(seed)) for seed in (0, 9, 11)]
    assert min(free) > 5
    assert max(free) > 30


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_depends_on_the_order_of_the_rows(seed):
    data = rounded(seed)
    codes = data.provinces.index
    new = dict(zip(codes, np.random.default_rng(seed).permutation(codes), strict=True))
    once = allocate(data).quantities
    again = allocate(renamed(data, new)).quantities.rename(index={there: here for here, there in new.items()})
    pd.testing.assert_frame_equal(
        once, again.loc[codes].rename_axis("code"), check_exact=False, rtol=0, atol=SAME_MT
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_provinces_that_are_alike_get_the_same(seed):
    data = rounded(seed)
    twin, other = data.provinces.index[:2]
    alike = data.provinces.copy()
    alike.loc[twin] = alike.loc[other]
    costs = data.steps.copy()
    costs.loc[twin] = costs.loc[[other]].to_numpy()
    caps = 0.95 * alike["emissions_mt"].groupby(alike["block"]).sum()
    given = alike[["block", "share", "emissions_mt", "floor_mt", "ceiling_mt"]]
    found = allocate(allocation_data(given, caps, costs, data.limits)).quantities
    assert (found.loc[twin] - found.loc[other]).abs().max() <= SAME_MT


def test_the_third_stage_gives_up_nothing_of_the_first_two():
    data = rounded(0)
    found = allocate(data)
    program = closest_program(found.first, data.provinces["entitlement_mt"])
    second = solve(program)
    deviation = (found.quantities["quota_mt"] - data.provinces["entitlement_mt"]).abs()
    weight = program.cost[program.column("above")]
    assert (weight * deviation).sum() == pytest.approx(second.objective, rel=1e-9)
    assert found.quantities["cost_1e8yuan"].sum() == pytest.approx(found.objective_1e8yuan, rel=1e-6)


def test_equal_steps_are_used_as_evenly_as_they_can_be():
    # Two alike at one price of 10 yuan/t: 4 Mt to abate, of 10 and 30 Mt of emissions, as 1 to 3.
    provinces = pd.DataFrame(
        {
            "block": "all",
            "share": [9.0, 27.0],
            "emissions_mt": [10.0, 30.0],
            "floor_mt": 0.0,
            "ceiling_mt": np.inf,
        },
        index=list("ab"),
    )
    index = pd.MultiIndex.from_product([list("ab"), [1]], names=["code", "step"])
    steps = pd.DataFrame({"size_mt": [5.0, 15.0], "cost_yuan_per_t": 10.0}, index=index)
    data = allocation_data(
        provinces, pd.Series({"all": 36.0}), steps, ScalarLimits(0.0, np.inf, 0.0001, 100.0)
    )
    found = allocate(data).quantities
    np.testing.assert_allclose(found["abatement_mt"], [1, 3], atol=1e-8)
    np.testing.assert_allclose(found["purchase_mt"], 0, atol=1e-8)
