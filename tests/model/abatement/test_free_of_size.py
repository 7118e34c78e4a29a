"""A province split in two halves: prices and the sum of its quotas stay, by every method that claims it."""

from dataclasses import replace

import pandas as pd
import pytest

from capshare.model.abatement.choices import EstimateChoices, Shape, free_of_size
from capshare.model.abatement.costs import estimated_costs
from capshare.model.abatement.curves import curves_on_offer
from capshare.model.abatement.frontier import frontier
from capshare.model.abatement.power_law import fit_power_law
from capshare.model.abatement.technology import PER_WORKER
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits

PLAIN = EstimateChoices(shape=Shape(4, 0.6, 0.1), draws=0)
ESTIMATED = ("power", "logarithmic", "distance-function")
CURVES = {"power", "logarithmic", "with null-jointness", "productivity"}


def halved(frame, code):
    """The same rows with one province as two halves, a and b."""
    levels = [frame.index.names.index("code")]
    rows = frame.index.get_level_values("code") == code
    own = frame[rows] / 2
    halves = [own.rename(index={code: f"{code}{side}"}, level=levels[0]) for side in "ab"]
    return pd.concat([frame[~rows], *halves]).sort_index()


def every_curve(observed, emissions_mt):
    """Steps of every curve that claims to be free of size, before anchoring."""
    found = frontier(observed, PER_WORKER, (2005, 2017), PLAIN.rules, "off")
    price = found.function.price_yuan_per_t(found.sample.observations)
    intensity = observed.observations["emissions_mt"] / observed.observations["gdp_1e8yuan"]
    law = fit_power_law(price, intensity, found.sample.counts)
    base = observed.of_year(2017)
    return curves_on_offer(found, found, law, base, emissions_mt, "power", PLAIN.shape)


@pytest.fixture(scope="module")
def emissions(observed):
    return observed.of_year(2017)["emissions_mt"]


@pytest.fixture(scope="module")
def whole(observed, emissions):
    return every_curve(observed, emissions)


@pytest.fixture(scope="module")
def split(observed, emissions):
    """Code of the province split → curve → steps."""
    return {
        code: every_curve(
            replace(observed, observations=halved(observed.observations, code)), halved(emissions, code)
        )
        for code in emissions.index
    }


def test_every_method_but_levels_claims_it():
    for method in (*ESTIMATED, "productivity", "given"):
        assert free_of_size(method, "per-worker")
        assert free_of_size(method, "levels") == (method not in ESTIMATED)


@pytest.mark.parametrize("curve", sorted(CURVES))
def test_a_province_split_in_two_leaves_every_price(whole, split, curve):
    """Each of the 30 provinces in turn."""
    assert set(whole) == CURVES
    expected = whole[curve]["cost_yuan_per_t"].unstack("step")
    for code, curves in split.items():
        found = curves[curve]["cost_yuan_per_t"].unstack("step")
        by_code = expected.reindex(found.index.str[:6]).to_numpy()
        assert found.to_numpy() == pytest.approx(by_code, rel=1e-6), code


def allocated(steps, emissions_mt, programme=None):
    """Quotas where every entitlement is the same share of emissions and cost moves them within a tenth.

    Nobody trades, so that costs, which differ from step to step, leave one cheapest split.
    """
    steps = steps.reset_index().set_index(["code", "step"])
    provinces = pd.DataFrame({"block": "all", "share": emissions_mt, "emissions_mt": emissions_mt,
                              "floor_mt": 0.0, "ceiling_mt": float("inf")})  # fmt: skip
    limits = ScalarLimits(
        max_deviation=0.1, trade_limit=0.0, trade_cost_yuan_per_t=1e-4, penalty_yuan_per_t=1e6
    )
    cap = pd.Series({"all": 0.85 * emissions_mt.sum()})
    return allocate(allocation_data(provinces, cap, steps, limits), programme=programme)


@pytest.mark.slow
@pytest.mark.parametrize("curve", sorted(CURVES))
def test_a_province_split_in_two_keeps_the_sum_of_its_quotas(whole, split, emissions, curve):
    """Each of the 30 provinces in turn, its halves always the last two: one programme serves all."""
    before = allocated(whole[curve], emissions).quantities["quota_mt"]
    # Cost has a say: not every quota is the same share of emissions.
    assert (before / emissions).round(6).nunique() > 2
    programme = None
    for code, curves in split.items():
        halves = [f"{code}a", f"{code}b"]
        order = [*emissions.index.drop(code), *halves]
        places = {name: f"{place:02d}" for place, name in enumerate(order)}
        parts = halved(emissions, code).rename(index=places)
        found = allocated(curves[curve].rename(index=places, level="code"), parts, programme)
        programme = found.programme
        quota = found.quantities["quota_mt"].rename(index={place: name for name, place in places.items()})
        joined = quota.groupby(quota.index.str[:6]).sum()
        assert joined.to_numpy() == pytest.approx(before[joined.index].to_numpy(), rel=1e-6), code


def test_the_anchor_knows_no_borders(observed, emissions):
    before = estimated_costs(observed, emissions, PLAIN, 63.0).price_yuan_per_t
    parts = replace(observed, observations=halved(observed.observations, "370000"))
    found = estimated_costs(parts, halved(emissions, "370000"), PLAIN, 63.0)
    expected = before.reindex(found.price_yuan_per_t.index.str[:6])
    assert found.price_yuan_per_t.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-6)


def test_levels_measure_size(observed, emissions):
    """What the estimate per worker replaces: half a province has another price than the whole."""
    assert not free_of_size("distance-function", "levels")
    choices = replace(PLAIN, method="distance-function", technology="levels", null_joint=False)
    whole = estimated_costs(observed, emissions, choices)
    parts = replace(observed, observations=halved(observed.observations, "370000"))
    split = estimated_costs(parts, halved(emissions, "370000"), choices)
    assert split.price_yuan_per_t["370000a"] < 0.8 * whole.price_yuan_per_t["370000"]
    labour = observed.of_year(2017)["labour_1e4"]
    assert whole.price_yuan_per_t.corr(labour, method="spearman") > 0.9
