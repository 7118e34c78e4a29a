"""What must be true of every study that ships, and of one with room around its entitlements."""

from dataclasses import replace

import numpy as np
import pytest

from capshare.chain.prepared import prepare
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.penalty import FLAG_YUAN_PER_T, cap_price_parts
from capshare.model.allocation.second_stage import closest_program
from capshare.model.notes import at_bounds
from capshare.solvers.highs import solve
from capshare.solvers.optimal_face import optimal_face
from capshare.study.reading import load_study, shipped_studies

PLEDGE_YEAR = 2030


@pytest.fixture(scope="module", params=[*shipped_studies(), "tian-lin-2021-t20"])
def loaded(request, place_of_study):
    return load_study(place_of_study(request.param))


def judged_year(found):
    """The year of the pledge where a study reaches it, else its last."""
    return PLEDGE_YEAR if PLEDGE_YEAR in found.inputs.years else found.inputs.years[-1]


@pytest.fixture(scope="module")
def data(loaded, prepared):
    found = prepared(loaded.path.stem)
    return found.data(judged_year(found))


def changed(data, **terms):
    return replace(data, limits=replace(data.limits, **terms))


def study_with(loaded, section, **settings):
    """The study with some settings of one section changed."""
    return replace(
        loaded,
        study=loaded.study.model_copy(
            update={section: getattr(loaded.study, section).model_copy(update=settings)}
        ),
    )


def test_doubling_the_penalty_changes_nothing(data):
    found = allocate(data)
    doubled = allocate(changed(data, penalty_yuan_per_t=2 * data.limits.penalty_yuan_per_t))
    assert found.penalty_1e8yuan == 0
    assert (cap_price_parts(found.first)["penalty_yuan_per_t"].abs() <= FLAG_YUAN_PER_T).all()
    assert doubled.first.objective == pytest.approx(found.first.objective, rel=1e-9, abs=1e-9)
    quota = found.quantities["quota_mt"].to_numpy()
    assert doubled.quantities["quota_mt"].to_numpy() == pytest.approx(quota, abs=1e-6)


@pytest.mark.slow
def test_anchoring_changes_no_quota(loaded, data):
    found = prepare(study_with(loaded, "prices", anchor="none"), bootstrap=False)
    as_estimated = found.data(judged_year(found))
    quota = allocate(data).quantities["quota_mt"].to_numpy()
    assert allocate(as_estimated).quantities["quota_mt"].to_numpy() == pytest.approx(quota, abs=1e-6)


def test_without_equity_limits_no_more_than_a_third_sit_at_a_bound(data):
    found = allocate(changed(data, max_deviation=np.inf))
    assert at_bounds(found.prices)["any"] <= len(data.provinces) / 3


def test_scarce_cap_with_free_trade_has_one_price_and_entitled_quotas(data):
    """Cap 10 % below emissions, trade unlimited: λ = π > 0 everywhere, quotas equal entitlements."""
    scale = 0.9 * data.provinces["emissions_mt"].sum() / data.caps_mt.sum()
    scarce = changed(data, trade_limit=np.inf, trade_cost_yuan_per_t=0.0)
    limit = scarce.provinces.assign(purchase_limit_mt=np.inf)
    found = allocate(replace(scarce, provinces=limit).with_caps(data.caps_mt * scale))
    price = found.prices["price_yuan_per_t"]
    clearing = price["market", "national"]
    assert clearing > 0
    assert price["cap"].to_numpy() == pytest.approx(clearing)
    assert price["coverage"].to_numpy() == pytest.approx(clearing)
    entitled = found.data.provinces["entitlement_mt"].to_numpy()
    assert found.quantities["quota_mt"].to_numpy() == pytest.approx(entitled, abs=1e-6)


def test_second_stage_leaves_no_choice(data):
    """No quota can move without leaving the optimum of the second stage."""
    found = allocate(data)
    second = solve(closest_program(found.first, data.provinces["entitlement_mt"]))
    face = optimal_face(second)
    where = face.column("quota")
    for column in range(where.start, where.stop):
        cost = np.zeros(len(face.cost))
        cost[column] = 1.0
        low, high = solve(replace(face, cost=cost)).value, solve(replace(face, cost=-cost)).value
        assert high[column] - low[column] < 1e-5
