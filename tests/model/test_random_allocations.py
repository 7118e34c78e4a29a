"""Random studies: prices are derivatives, their sums close, duality is strong, quotas are the only ones."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.checks import checks
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.one_sided import DELTA_MT, SAME_YUAN_PER_T, cap_sides, rule_sides
from capshare.model.allocation.penalty import cap_price_parts
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.prices import contributions, decomposition
from capshare.model.allocation.quota_range import quota_ranges

PRICES = ("price_low_yuan_per_t", "price_high_yuan_per_t")
SENSES = st.sampled_from(["at least", "at most"])


@st.composite
def studies(draw):
    """Blocks or one nation, floors, ceilings, limits on trade, planners' rules: as planners combine them."""
    n = draw(st.integers(2, 8))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    codes = [f"{110000 + i}" for i in range(n)]
    emissions = random.lognormal(5, 1, n)
    # Rounded data have ties: equal emissions, shares and costs.
    coarse = draw(st.booleans())
    if coarse:
        emissions = 50 * np.ceil(emissions / 50)
    blocks = draw(st.integers(1, min(n, 3)))
    provinces = pd.DataFrame(
        {
            "block": [f"g{i % blocks}" for i in range(n)],
            "share": random.choice([0.5, 1.0], n) if coarse else random.uniform(0.01, 1, n),
            "emissions_mt": emissions,
            "floor_mt": emissions * draw(st.sampled_from([0.0, 0.3, 0.5])),
            "ceiling_mt": emissions * draw(st.sampled_from([1.5, 4.0, np.inf])),
        },
        index=codes,
    )
    scarcity = draw(st.floats(0.7, 1.2))
    caps = scarcity * provinces["emissions_mt"].groupby(provinces["block"]).sum()
    count = draw(st.integers(1, 5))
    index = pd.MultiIndex.from_product([codes, range(1, count + 1)], names=["code", "step"])
    cost = np.sort(random.uniform(1, 500, (n, count)), axis=1).ravel()
    if coarse:
        cost = 100 * np.ceil(cost / 100)
    size = np.repeat(emissions * 0.6 / count, count)
    steps = pd.DataFrame({"size_mt": size, "cost_yuan_per_t": cost}, index=index)
    limits = ScalarLimits(
        max_deviation=draw(st.sampled_from([0.0, 0.1, 0.3, np.inf])),
        trade_limit=draw(st.sampled_from([0.0, 0.1, np.inf])),
        trade_cost_yuan_per_t=0.0001,
        penalty_yuan_per_t=900.0,
    )
    rules = []
    for name in range(draw(st.integers(0, 2))):
        weight = dict(zip(codes, np.round(random.uniform(-1, 2, n), 1), strict=True))
        share = draw(st.sampled_from([0.0, 0.2]))
        # Near what the emissions themselves give, so that most rules can be met and some bind.
        level = sum((weight[code] - share) * emissions[i] for i, code in enumerate(codes)) * scarcity
        rules.append(PlannerRule(f"r{name}", weight, draw(SENSES), share, level * random.uniform(0.9, 1.1)))
    return allocation_data(provinces, caps, steps, limits, rules)


def solved(data):
    """The allocation, or None where the rules contradict each other."""
    try:
        return allocate(data)
    except InfeasibleError:
        event("infeasible")
        return None


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies(), st.floats(0.05, 1.0))
def test_prices_are_what_they_say(data, part):
    require_prices_are_what_they_say(data, part)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies(), st.floats(0.05, 1.0))
def test_prices_of_two_hundred_studies_are_what_they_say(data, part):
    require_prices_are_what_they_say(data, part)


def require_prices_are_what_they_say(data, part):
    found = solved(data)
    if found is None:
        return
    assert checks(found)["passed"].all(), checks(found)
    price, block = found.prices["price_yuan_per_t"], data.provinces["block"]
    scale = max(1.0, price.abs().max())
    closes = decomposition(price, data) - block.map(price["cap"])
    assert closes.abs().max() <= 1e-9 * scale
    parts = contributions(price, found.quantities["quota_mt"], data)["contribution_yuan_per_t"]
    assert (parts.groupby(block).sum() - price["cap"]).abs().max() <= 1e-7 * scale
    split = cap_price_parts(found.first).sum(axis="columns")
    assert (split - price["cap"]).abs().max() <= 1e-7 * scale
    nonnegative = price.drop(["cap", "rule_at_most"], level="constraint", errors="ignore")
    assert (nonnegative >= -1e-9 * scale).all()
    sides = cap_sides(found)
    for group, row in sides.iterrows():
        for sign, name in zip((1.0, -1.0), PRICES, strict=True):
            if row[name] is None:
                continue
            # A different step than the one the sides were found with, inside the range they hold in.
            change = sign * part * DELTA_MT
            moved = solved_cost(found, group, change)
            slope = (found.first.objective - moved) / change
            known = [row[side] for side in PRICES if row[side] is not None]
            low, high = min(known), max(known)
            assert low - 1e-4 * scale <= slope <= high + 1e-4 * scale


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_prices_of_caps_hold_to_where_they_change(data):
    found = solved(data)
    if found is None:
        return
    least = 5 * DELTA_MT
    for group, side in cap_sides(found).iterrows():
        for sign, price, end in (
            (1.0, side["price_low_yuan_per_t"], side["holds_to_mt"]),
            (-1.0, side["price_high_yuan_per_t"], side["holds_from_mt"]),
        ):
            room = np.inf if end is None else sign * (end - data.caps_mt[group])
            if not least < room < np.inf:
                continue
            inside = slope_between(found, group, sign * (room - least), sign * room)
            assert inside == pytest.approx(price, abs=2 * SAME_YUAN_PER_T)
            try:
                outside = slope_between(found, group, sign * (room + DELTA_MT), sign * (room + 2 * DELTA_MT))
            except CapshareError:
                event("the end of what a split satisfies")
                continue
            assert outside != pytest.approx(price, abs=SAME_YUAN_PER_T / 2)


def slope_between(found, group, change, other):
    """Price between two changes of a cap, Mt, by allocations of their own."""
    return (solved_cost(found, group, change) - solved_cost(found, group, other)) / (other - change)


def solved_cost(found, group, change):
    """Cost with a block's cap changed and entitlements recomputed, by a formulation of its own."""
    caps = found.data.caps_mt.copy()
    caps[group] += change
    return allocate(found.data.with_caps(caps)).first.objective


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_price_lies_between_its_sides(data):
    found = solved(data)
    if found is None:
        return
    sides = rule_sides(found).join(found.prices["price_yuan_per_t"])
    scale = max(1.0, sides["price_yuan_per_t"].abs().max())
    for name, sign in (("price_low_yuan_per_t", 1), ("price_high_yuan_per_t", -1)):
        known = sides[sides[name].notna()]
        assert ((known["price_yuan_per_t"] - known[name].astype(float)) * sign >= -1e-4 * scale).all()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_quotas_lie_in_the_range_they_could_take(data):
    found = solved(data)
    if found is None:
        return
    ranges = quota_ranges(found)
    quota = found.quantities["quota_mt"]
    slack = 1e-6 * quota.sum()
    assert (ranges["quota_low_mt"] <= quota + slack).all()
    assert (ranges["quota_high_mt"] >= quota - slack).all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies(), st.randoms(use_true_random=False))
def test_quotas_do_not_know_the_order_of_the_provinces(data, random):
    found = solved(data)
    if found is None:
        return
    codes = list(data.provinces.index)
    names = dict(zip(codes, random.sample(codes, len(codes)), strict=True))
    turned = allocate(
        replace(
            data,
            provinces=data.provinces.rename(index=names).sort_index(),
            steps=data.steps.rename(index=names, level=0).sort_index(),
            rule_weight=data.rule_weight.rename(index=names, level="code"),
        )
    )
    again = turned.quantities.rename(index={now: then for then, now in names.items()}).loc[codes]
    assert (found.quantities - again).abs().max(axis=None) <= 1e-6


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_a_price_without_penalty_part_does_not_move_with_the_penalty(data):
    found = solved(data)
    if found is None or found.penalty_1e8yuan > 0:
        return
    doubled = allocate(replace(data, limits=replace(data.limits, penalty_yuan_per_t=1800.0)))
    assert doubled.first.objective == pytest.approx(found.first.objective, rel=1e-9)
    assert (cap_price_parts(found.first)["penalty_yuan_per_t"].abs() < 1e-6).all()
