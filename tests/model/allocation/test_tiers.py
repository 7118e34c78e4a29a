"""Quotas as cuts: offsets and distances in Mt, provinces bound to one cut; prices by finite differences."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.checks import checks
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.entitlement import entitlements
from capshare.model.allocation.infeasibility.explain import NoSplitError, collision
from capshare.model.allocation.prices import contributions, decomposition
from capshare.solvers.highs import solve

GIVEN = ["block", "share", "emissions_mt", "floor_mt", "ceiling_mt", "offset_mt", "distance_mt", "tier",
         "tier_mt"]  # fmt: skip


def cost(data):
    return allocate(data).first.objective


def test_entitlements_move_by_their_offsets(tiered):
    p = tiered.provinces
    # Σ o = 1.5 and Σ s = 72: θ = 52.5 / 72.
    np.testing.assert_allclose(p["entitlement_mt"], p["offset_mt"] + p["share"] * 52.5 / 72)
    np.testing.assert_allclose(p["slope"], p["share"] / 72)
    np.testing.assert_allclose(p["entitlement_mt"], p["constant_mt"] + p["slope"] * 54)


def test_a_clipped_province_keeps_its_bound_and_the_others_share_the_rest():
    share, offset = pd.Series({"a": 100.0, "b": 50.0, "c": 50.0}), pd.Series({"a": -10.0, "b": 0.0, "c": 5.0})
    block, cap = pd.Series("all", index=share.index), pd.Series({"all": 160.0})
    low, high = 0.5 * share, pd.Series({"a": 72.0, "b": 100.0, "c": 100.0})
    found = entitlements(share, block, cap, low, high, offset)
    # b and c share what is left at θ = (160 − 72 − 5) / 100; a would have 73.
    assert found["entitlement_mt"].tolist() == pytest.approx([72.0, 41.5, 46.5])
    assert found["clipped"].tolist() == ["ceiling", "", ""]
    np.testing.assert_allclose(found["constant_mt"] + found["slope"] * 160, found["entitlement_mt"])
    assert found["slope"].sum() == pytest.approx(1.0)


def test_members_of_a_tier_get_one_cut_and_the_others_their_own(tiered):
    found = allocate(tiered)
    quota, p = found.quantities["quota_mt"], tiered.provinces
    per_tonne = quota / p["tier_mt"]
    assert per_tonne["110000"] == pytest.approx(per_tonne["130000"], abs=1e-9)
    assert per_tonne["120000"] != pytest.approx(per_tonne["110000"], abs=1e-3)
    assert ((quota - p["entitlement_mt"]).abs() <= p["distance_mt"] + 1e-9).all()
    assert checks(found)["passed"].all()


def test_prices_of_a_tier_cancel_within_it_and_the_identity_holds(tiered):
    found = allocate(tiered)
    price = found.prices["price_yuan_per_t"]
    p = tiered.provinces
    assert (price["tier"] * p["tier_mt"].loc[price["tier"].index]).sum() == pytest.approx(0, abs=1e-7)
    block = price["cap"].loc["all"]
    np.testing.assert_allclose(decomposition(price, tiered), block, atol=1e-7)
    parts = contributions(price, found.quantities["quota_mt"], tiered)
    assert parts["contribution_yuan_per_t"].sum() == pytest.approx(block, abs=1e-7)


@pytest.mark.parametrize("column", ["distance_mt", "offset_mt"])
def test_prices_by_finite_differences_in_mt(tiered, column):
    """What a little more of a province's distance, or of its tier's room, changes is what the prices say."""
    found, step = allocate(tiered), 1e-4
    price = found.prices["price_yuan_per_t"]
    for code in tiered.provinces.index:
        given = tiered.provinces[GIVEN].copy()
        given.loc[code, column] += step
        moved = cost(allocation_data(given, tiered.caps_mt, tiered.steps, tiered.limits))
        # T = 0: one Mt more of distance helps on both sides; one Mt of offset moves all free entitlements.
        pull = price["equity_above"] - price["equity_below"]
        expected = -(price["equity_above"] + price["equity_below"])[code]
        if column == "offset_mt":
            expected = -(pull[code] - (tiered.provinces["slope"] * pull).sum())
        assert (moved - found.first.objective) / step == pytest.approx(expected, abs=1e-3)


def test_a_tonne_beyond_the_tier_costs_what_its_price_says(tiered):
    found, program = allocate(tiered), allocate(tiered).first.program
    place = program.row("tier").start
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    lower[place] += 1e-4
    upper[place] += 1e-4
    moved = solve(replace(program, row_lower=lower, row_upper=upper)).objective
    price = found.prices["price_yuan_per_t"]["tier"].iloc[0]
    assert (moved - found.first.objective) / 1e-4 == pytest.approx(price, abs=1e-3)


def test_a_tier_that_cannot_keep_one_cut_is_told_as_what_collides(tiered):
    given = tiered.provinces[GIVEN].assign(distance_mt=0.0)
    torn = allocation_data(given, tiered.caps_mt, tiered.steps, tiered.limits)
    with pytest.raises(NoSplitError):
        allocate(torn)
    colliding = {constraint for constraint, _ in collision(arrays(torn))}
    assert "tier" in colliding
    assert colliding & {"equity_above", "equity_below"}


def test_a_distance_without_limit_has_no_price(tiered):
    given = tiered.provinces[GIVEN].assign(distance_mt=np.inf)
    found = allocate(allocation_data(given, tiered.caps_mt, tiered.steps, tiered.limits))
    price = found.prices["price_yuan_per_t"]
    parts = contributions(price, found.quantities["quota_mt"], found.data)
    assert parts["equity_yuan_per_t"].tolist() == [0.0] * len(parts)
    assert parts["contribution_yuan_per_t"].sum() == pytest.approx(price["cap"].loc["all"], abs=1e-7)
