"""Several years in one LP: what ties them, what it costs, and that nothing else changes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.checks import checks
from capshare.model.allocation.data import allocation_data
from capshare.model.allocation.limits import ScalarLimits
from capshare.model.allocation.prices import contributions, decomposition
from capshare.model.allocation.year_links import BaseYear, YearRules, unit
from capshare.model.allocation.years import join_years, year_of


def one_year(small, scale):
    return small.with_caps(small.caps_mt * scale)


def of_year(frame, year):
    pairs = year_of(frame.index)
    return frame[pairs.get_level_values("year") == year].set_axis(
        pairs[pairs.get_level_values("year") == year].get_level_values("name")
    )


def test_loose_smoothing_equals_separate_years(small):
    years = {2020: small, 2025: one_year(small, 0.9375)}
    joint = allocate(join_years(years, YearRules(max_yearly_change=0.99, carry_limit=0.0)))
    separate = {year: allocate(data) for year, data in years.items()}
    total = sum(found.first.objective for found in separate.values())
    assert joint.first.objective == pytest.approx(total, rel=1e-9)
    for year, found in separate.items():
        quota = of_year(joint.quantities["quota_mt"], year)
        assert quota.to_numpy() == pytest.approx(found.quantities["quota_mt"].to_numpy(), abs=1e-7)
        price = of_year(joint.prices["price_yuan_per_t"]["cap"], year)
        assert price.to_numpy() == pytest.approx(found.prices["price_yuan_per_t"]["cap"].to_numpy(), abs=1e-6)
    assert checks(joint)["passed"].all()


def test_every_link_present_and_every_identity_closes(linked):
    found = allocate(linked)
    assert checks(found)["passed"].all()
    price = found.prices["price_yuan_per_t"]
    block = linked.provinces["block"]
    of_block = block.map(price["cap"])
    assert decomposition(price, linked).to_numpy() == pytest.approx(of_block.to_numpy(), rel=1e-9, abs=1e-9)
    parts = contributions(price, found.quantities["quota_mt"], linked)["contribution_yuan_per_t"]
    # What smoothing adds at one end it takes at the other, so the sum is over all blocks weighted by caps.
    weighted = (parts.groupby(block).sum() * linked.caps_mt).sum()
    assert weighted == pytest.approx((price["cap"] * linked.caps_mt).sum(), rel=1e-9)


@pytest.fixture
def pair():
    """Two provinces, no trade; the second year's shares are turned around."""

    def build(shares, cap):
        provinces = pd.DataFrame(
            {"block": "all", "share": shares, "emissions_mt": 100.0, "floor_mt": 0.0, "ceiling_mt": np.inf},
            index=["a", "b"],
        )
        index = pd.MultiIndex.from_product([["a", "b"], [1]], names=["code", "step"])
        steps = pd.DataFrame({"size_mt": 100.0, "cost_yuan_per_t": [10.0, 30.0]}, index=index)
        return allocation_data(
            provinces, pd.Series({"all": cap}), steps, ScalarLimits(np.inf, 0.0, 0.0, 900.0)
        )

    return build


def test_smoothing_costs_what_it_keeps_from_moving(pair):
    """Cap 160, then 120. Abatement at a costs 10, at b 30: alone, b is covered in full and a abates.

    Year 1: quotas a 60, b 100, cost 40 × 10 = 400. Year 2: a 20, b 100, cost 80 × 10 = 800.
    A yearly change of at most 50 % lets a fall from 60 to 30 only; a then has 30, b 90, and b abates
    10: 70 × 10 + 10 × 30 = 1000. Or year 1 gives a less: each Mt less at a in year 1 costs 10 there,
    and b cannot use it. With a = 60 - d in year 1 (b = 100 + d), a may fall to 30 - d/2: it saves
    (30 - 10) × d/2 = 10 d in year 2 and costs 10 d in year 1, so both cost 1400 in all.
    """
    years = {1: pair([1.0, 1.0], 160.0), 2: pair([1.0, 1.0], 120.0)}
    apart = allocate(join_years(years, YearRules()))
    assert apart.first.objective == pytest.approx(1200)
    tied = allocate(join_years(years, YearRules(max_yearly_change=0.5)))
    assert tied.first.objective == pytest.approx(1400)
    assert tied.prices["price_yuan_per_t"]["fall_limit", "2:a"] == pytest.approx(20)
    assert decomposition(tied.prices["price_yuan_per_t"], tied.data).to_numpy() == pytest.approx(
        tied.data.provinces["block"].map(tied.prices["price_yuan_per_t"]["cap"]).to_numpy()
    )


def test_carry_over_moves_unused_quota_and_has_a_price(pair):
    """Cap 220, then 160: alone, year 1 wastes 20 and year 2 abates 40 × 10.

    Carrying 10 % of emissions of each province out of year 1 moves 20: year 2 abates 20 × 10, and the
    limit of a tonne more is worth 10 as long as something unused is left: here nothing is.
    """
    years = {1: pair([1.0, 1.0], 220.0), 2: pair([1.0, 1.0], 160.0)}
    apart = allocate(join_years(years, YearRules()))
    assert apart.first.objective == pytest.approx(400)
    carried = allocate(join_years(years, YearRules(carry_limit=0.1, expiry_years=1)))
    assert carried.first.objective == pytest.approx(200)
    assert carried.quantities["carried_out_mt"].sum() == pytest.approx(20)
    assert carried.quantities["carried_in_mt"].sum() == pytest.approx(20)
    half = allocate(join_years(years, YearRules(carry_limit=0.05, expiry_years=1)))
    assert half.first.objective == pytest.approx(300)
    assert half.prices["price_yuan_per_t"]["carry_limit"].max() == pytest.approx(10)


def test_carried_quota_lapses(pair):
    years = {1: pair([1.0, 1.0], 220.0), 3: pair([1.0, 1.0], 160.0)}
    lapsed = allocate(join_years(years, YearRules(carry_limit=0.1, expiry_years=1)))
    assert lapsed.first.objective == pytest.approx(400)
    kept = allocate(join_years(years, YearRules(carry_limit=0.1, expiry_years=2)))
    assert kept.first.objective == pytest.approx(200)


def test_limits_compound_over_missing_years(pair):
    years = {2020: pair([1.0, 1.0], 160.0), 2022: pair([1.0, 1.0], 120.0)}
    links = join_years(years, YearRules(max_yearly_change=0.5)).year_links.smoothing
    assert links.loc[unit(2022, "a"), ["most", "least"]].tolist() == [2.25, 0.25]


def test_a_ramp_keeps_abatement_from_jumping_and_has_a_price(pair):
    """Caps 170, then 120: alone, a abates 30, then 80, at 10 yuan/t, and b nothing.

    With a ramp of 30 Mt a year a reaches 60 in the second, and b abates the other 20 at 30 yuan/t. A tonne
    more of ramp in the second year saves 20; in the first it has to be abated there too, and saves 10.
    """
    years = {1: pair([1.0, 1.0], 170.0), 2: pair([1.0, 1.0], 120.0)}
    base = BaseYear(0, pd.Series({"a": 100.0, "b": 100.0}))
    assert allocate(join_years(years, YearRules(), base)).first.objective == pytest.approx(1100)
    tied = allocate(join_years(years, YearRules(max_abatement_change=0.3), base))
    assert tied.first.objective == pytest.approx(300 + 600 + 600)
    assert tied.quantities["abatement_mt"][["1:a", "2:a", "2:b"]].tolist() == pytest.approx([30, 60, 20])
    price = tied.prices["price_yuan_per_t"]["abatement_rise"]
    assert price[["1:a", "2:a"]].tolist() == pytest.approx([10, 20])


def test_abatement_may_fall_no_faster_than_it_rises(pair):
    """Caps 140, then 200: a abates 60 and would stop; it may let go of 20 only, at 10 yuan/t, and b of 0."""
    years = {1: pair([1.0, 1.0], 140.0), 2: pair([1.0, 1.0], 200.0)}
    base = BaseYear(-9, pd.Series({"a": 100.0, "b": 100.0}))
    tied = allocate(join_years(years, YearRules(max_abatement_change=0.2), base))
    assert tied.quantities["abatement_mt"]["2:a"] == pytest.approx(40)
    assert tied.first.objective == pytest.approx(600 + 400)
    assert tied.prices["price_yuan_per_t"]["abatement_fall", "2:a"] == pytest.approx(10)


def test_the_first_year_is_tied_to_the_emissions_of_the_base_year(pair):
    """Cap 160 two years after emissions of 120 and 80: free, b has 100 and a, who abates at 10, has 60.

    At most 20 % a year leaves a 0.64 of 120, so b has 83.2 and abates 16.8 at 30 yuan/t.
    """
    base = BaseYear(2023, pd.Series({"a": 120.0, "b": 80.0}))
    rules = YearRules(max_yearly_change=0.2)
    assert allocate(join_years({2025: pair([1.0, 1.0], 160.0)}, rules)).first.objective == pytest.approx(400)
    tied = allocate(join_years({2025: pair([1.0, 1.0], 160.0)}, rules, base))
    assert tied.quantities["quota_mt"].tolist() == pytest.approx([76.8, 83.2])
    assert tied.first.objective == pytest.approx(232 + 504)
    price = tied.prices["price_yuan_per_t"]
    assert price["fall_limit", "2025:a"] == pytest.approx(20)
    of_block = tied.data.provinces["block"].map(price["cap"])
    assert decomposition(price, tied.data).to_numpy() == pytest.approx(of_block.to_numpy())
    same_year = BaseYear(2025, base.emissions_mt)
    assert not len(join_years({2025: pair([1.0, 1.0], 160.0)}, rules, same_year).year_links.smoothing)


@pytest.mark.parametrize(("kind", "column"), [("rise_limit", "start_mt"), ("abatement_rise", "most_mt")])
def test_prices_of_ties_to_the_base_year_are_what_a_little_more_of_them_saves(pair, kind, column):
    base = BaseYear(0, pd.Series({"a": 80.0, "b": 60.0}))
    rules = YearRules(max_yearly_change=0.25, max_abatement_change=0.3)
    data = join_years({1: pair([1.0, 1.0], 160.0), 2: pair([1.0, 1.0], 130.0)}, rules, base)
    found = allocate(data)
    name = "smoothing" if kind == "rise_limit" else "ramp"
    table = getattr(data.year_links, name)
    seen = 0.0
    for label in table.index[table["earlier"] == ""]:
        saved = []
        for step in (0.01, -0.01):
            moved = table.copy()
            moved.loc[label, column] += step / (moved.loc[label, "most"] if kind == "rise_limit" else 1.0)
            changed = replace(data, year_links=replace(data.year_links, **{name: moved}))
            saved.append((found.first.objective - allocate(changed).first.objective) / step)
        price = found.prices["price_yuan_per_t"][kind, label]
        if kind == "rise_limit":
            # What the limit on the fall has of the same emissions, in the other direction.
            low = table.loc[label, "least"] / table.loc[label, "most"]
            price = price - low * found.prices["price_yuan_per_t"]["fall_limit", label]
        assert min(saved) - 1e-6 <= price <= max(saved) + 1e-6
        seen = max(seen, abs(price))
    assert seen > 1.0


def test_a_change_of_abatement_needs_the_emissions_it_is_a_share_of(small):
    with pytest.raises(ValueError, match="base year"):
        join_years({2020: small}, YearRules(max_abatement_change=0.1))
