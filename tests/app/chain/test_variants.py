"""Variants on arrays: the results of the labelled chain, whatever changes, and its messages."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from corpus.cases import COUNT, case
from corpus.outcome import require_usable

from capshare.base.errors import CapshareError
from capshare.chain.prepared import prepare
from capshare.chain.split import split
from capshare.chain.tied_variants import TiedVariants
from capshare.chain.variants import Variants
from capshare.chain.year_numbers import numbers_by_year, year_numbers
from capshare.model.allocation.engine import Engine
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.model.allocation.years import YearRules, join_years
from capshare.model.groups.best_of_starts import best_of_starts
from capshare.study.reading import load_study

STUDIES = ("tian-lin-2021-t20", "tian-lin-2021-given", "pledge-2021", "china-15fyp")
PLANS = ("china-15fyp",)
TOLERANCE = 1e-9


@pytest.fixture(scope="module", name="prepared")
def numbers_of_studies(prepared):
    return {name: prepared(name).numbers for name in (*STUDIES, "china-2035")}


def close(array, series, name):
    expected = np.asarray(series, dtype=float)
    scale = max(1.0, np.abs(expected[np.isfinite(expected)]).max(initial=0.0))
    assert array == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE * scale), name


def require_same(found, numbers, year):
    """The arrays are what the labelled chain computes from the same numbers."""
    made = split(numbers)
    data = made.data(year)
    allocation = Engine().allocate(data)
    require_divided(found, made, data)
    require_solved(found, data, allocation.quantities, allocation.prices["price_yuan_per_t"])
    assert found.objective_1e8yuan == pytest.approx(allocation.objective_1e8yuan, rel=TOLERANCE, abs=1e-9)


def require_divided(found, made, data):
    """Weights, groups, caps and entitlements are those of the split."""
    codes = data.provinces.index
    assert found.allocated.provinces.equals(codes)
    close(found.weight, made.weighed.weight, "weight")
    close(found.score, made.weighed.score.reindex(codes), "score")
    assert list(found.group) == list(made.blocks.group.reindex(codes))
    assert found.blocks.names == tuple(data.caps_mt.index)
    close(found.allocated.caps_mt, data.caps_mt, "cap")
    for name in ("entitlement_mt", "constant_mt", "slope"):
        close(getattr(found.allocated.entitled, name), data.provinces[name], name)
    assert list(found.allocated.entitled.clipped) == list(data.provinces["clipped"])


def require_solved(found, data, quantities, prices):
    """Quotas, prices and, where quotas are cuts, cuts are those of the allocation, index code."""
    for name, column in quantities.items():
        close(getattr(found.quantities, name), column, name)
    close(found.balance_mt, quantities["quota_mt"] - data.provinces["emissions_mt"], "balance")
    assert list(found.prices_yuan_per_t) == list(dict.fromkeys(prices.index.get_level_values(0)))
    for name, price in found.prices_yuan_per_t.items():
        close(price, prices[name], name)


SHARED = {
    "nothing": {},
    "five groups": {"grouping__k": 5},
    "weighted": {"grouping__on": "weighted"},
    "critic": {"indicators__weighting": "critic"},
    "equal": {"indicators__weighting": "equal"},
    "no trade": {"limits__trade_limit": 0.0},
    "free trade": {"limits__trade_limit": np.inf},
    "dear": {"limits__penalty_yuan_per_t": 20_000.0},
}
OF_SHARES = {
    "national": {"scope": "national"},
    "centroid": {"grouping__split": "centroid"},
    "any distance": {"limits__max_deviation": np.inf},
    "no distance": {"limits__max_deviation": 0.0},
}
OF_PLANS = {
    "any distance": {"sharing__targets__distance_points": np.inf},
    "no distance": {"sharing__targets__distance_points": 0.0},
    "no spread": {"sharing__targets__spread_points": 0.0},
    "a wide spread": {"sharing__targets__spread_points": 14.0},
    "bound tiers": {"sharing__targets__bind": True, "sharing__targets__distance_points": 4.0},
    "three bound tiers": {
        "sharing__targets__bind": True,
        "sharing__targets__distance_points": 6.0,
        "grouping__k": 3,
    },
}
CASES = [
    (study, changes)
    for study in STUDIES
    for changes in [*SHARED.values(), *(OF_PLANS if study in PLANS else OF_SHARES).values()]
]


@pytest.mark.parametrize(("study", "changes"), CASES)
def test_a_variant_is_what_the_labelled_chain_makes_of_it(prepared, study, changes):
    base = prepared[study]
    numbers = base.with_(**changes)
    variants, year = Variants(base, Engine()), base.years[-1]
    require_same(variants.solve(year_numbers(numbers, year)), numbers, year)


def test_weights_that_are_mixed_and_groups_that_are_given(prepared):
    base = prepared["tian-lin-2021-t20"]
    given = {name: place + 1.0 for place, name in enumerate(base.indicators.values.columns)}
    group = prepared["tian-lin-2021-given"].grouping.given
    for changes in (
        {"indicators__given_weight": given},
        {"indicators__given_weight": given, "indicators__weighting": "given"},
        {"grouping__method": "given", "grouping__given": group},
        {"grouping__method": "none", "scope": "national"},
    ):
        numbers = base.with_(**changes)
        found = Variants(base, Engine()).solve(year_numbers(numbers, 2017))
        require_same(found, numbers, 2017)


def test_planners_constraints_keep_their_place(prepared):
    free = prepared["tian-lin-2021-t20"]
    data = split(free).data()
    quota = Engine().allocate(data).quantities["quota_mt"]
    order = (quota / data.provinces["entitlement_mt"]).sort_values().index
    high, low = order[-1], order[0]
    rules = (
        PlannerRule("less", {high: 1.0, order[-2]: 0.1}, "at most",
                    bound_mt=0.99 * (quota[high] + 0.1 * quota[order[-2]])),
        PlannerRule("more", {low: 1.0}, "at least", share=1.01 * quota[low] / quota.sum()),
    )  # fmt: skip
    base = free.with_(constraints={2017: rules})
    variants = Variants(base, Engine())
    require_same(variants.solve(variants.base), base, 2017)
    looser = variants.base.with_(rules__bound_mt=variants.base.rules.bound_mt + np.array([1.0, -1.0]))
    require_same(variants.solve(looser), variants.labelled(looser), 2017)


def drawn(base, random):
    """Numbers as an ensemble draws them."""

    def noise(values, spread):
        return values * np.exp(random.normal(0.0, spread, np.shape(values)))

    emissions = noise(base.emissions_mt, 0.03)
    return base.with_(
        indicators__values=noise(base.indicators.values, 0.05),
        grouping__seed=int(random.integers(1_000)),
        emissions_mt=emissions,
        baseline_mt=base.baseline_mt.mul(emissions / base.emissions_mt, axis="index"),
        divided_mt=noise(base.divided_mt, 0.01),
        floor_mt=base.floor_mt * random.uniform(0.9, 1.0),
        steps=base.steps.assign(cost_yuan_per_t=noise(base.steps["cost_yuan_per_t"], 0.1)),
        limits__max_deviation=random.uniform(0.05, 0.3),
    )


def drawn_plan(base, random):
    """Numbers of a study of targets as an ensemble draws them: growth, cut, band and points too."""
    plan, codes = base.sharing.targets, base.emissions_mt.index
    grown = pd.Series(np.exp(random.normal(0.0, 0.02, len(codes))), index=codes)
    constant = plan.constant_intensity_mt.mul(grown, axis="index")
    cut, least, most = random.uniform(16, 18), random.uniform(8, 11), random.uniform(20, 22)
    columns = {
        year: table.assign(constant_intensity_mt=constant[year])
        for year, table in base.sharing.columns.items()
    }
    part = plan.part
    changed = drawn(base, random)
    return changed.with_(
        baseline_mt=base.baseline_mt.mul(grown, axis="index"),
        sharing__columns=columns,
        sharing__targets=replace(
            plan,
            constant_intensity_mt=constant,
            cut_pct=cut,
            band_pct=(least, most),
            spread_points=random.uniform(7, 10),
            distance_points=random.uniform(1, 3),
        ),
        divided_mt=constant.sum() * (1 - part * cut / 100),
        floor_mt=constant * (1 - part * most / 100),
        ceiling_mt=constant * (1 - part * least / 100),
        limits__max_deviation=0.0,
        limits__trade_limit=random.uniform(0.03, 0.1),
        grouping__k=int(random.integers(3, 7)),
    )


def numbers_drawn(base, random):
    return (drawn if base.sharing.targets is None else drawn_plan)(base, random)


@pytest.mark.slow
@pytest.mark.parametrize("study", STUDIES)
def test_random_draws_agree(prepared, study):
    base, random = prepared[study], np.random.default_rng(2021)
    year = base.years[-1]
    variants, refused = Variants(base, Engine(), year), 0
    for _ in range(15):
        numbers = numbers_drawn(base, random)
        try:
            found = variants.solve(year_numbers(numbers, year))
        except CapshareError as error:
            refused += 1
            with pytest.raises(type(error)):
                Engine().allocate(split(numbers).data(year))
            continue
        require_same(found, numbers, year)
    assert refused < 10


@pytest.mark.parametrize("number", range(3, COUNT["studies"], 16))
def test_random_studies_agree(number, tmp_path):
    try:
        base = prepare(load_study(case("studies", number).save(tmp_path)), bootstrap=False).numbers
    except CapshareError as error:
        # There are no numbers to vary, and a user has to be able to act on what is told.
        require_usable(error)
        return
    if base.year_rules.tie and len(base.years) > 1:
        with pytest.raises(ValueError, match="years that are tied"):
            Variants(base, Engine())
        tied = TiedVariants(base, Engine())
        try:
            found = tied.solve(tied.base)
        except CapshareError as error:
            with pytest.raises(type(error)):
                solved_together(base)
            return
        require_same_years(found, base)
        return
    for year in base.years:
        variants = Variants(base, Engine(), year)
        try:
            found = variants.solve(variants.base)
        except CapshareError as error:
            with pytest.raises(type(error)):
                Engine().allocate(split(base).data(year))
            continue
        require_same(found, base, year)


def solved_together(numbers):
    """The labelled chain's split, data and allocation of all years as one."""
    made = split(numbers)
    data = {year: made.data(year) for year in numbers.years}
    return made, data, Engine().allocate(join_years(data, numbers.year_rules, numbers.base))


def require_same_years(found, numbers):
    """The arrays of tied years are what the labelled chain computes from the same numbers."""
    made, data, allocation = solved_together(numbers)
    prices = allocation.prices["price_yuan_per_t"]
    labels = prices.index.get_level_values("name").str.split(":", n=1).str[0].astype(int)
    for (year, own), variant in zip(data.items(), found, strict=True):
        require_divided(variant, made, own)
        quantities = allocation.quantities.loc[[f"{year}:{code}" for code in own.provinces.index]]
        quantities = quantities.set_axis(own.provinces.index)
        of_year = prices[labels == year]
        # A constraint without rows in a year, as the yearly change in the first, has no prices in it.
        for name in set(prices.index.get_level_values(0)) - set(of_year.index.get_level_values(0)):
            assert not len(variant.prices_yuan_per_t[name])
        shown = {name: price for name, price in variant.prices_yuan_per_t.items() if len(price)}
        require_solved(replace(variant, prices_yuan_per_t=shown), own, quantities, of_year)
        assert variant.objective_1e8yuan == pytest.approx(allocation.objective_1e8yuan, rel=TOLERANCE)


TIES = {
    "smoothed": YearRules(max_yearly_change=0.15),
    "carried over": YearRules(carry_limit=0.05, expiry_years=2),
    "both": YearRules(max_yearly_change=0.16, carry_limit=0.02),
}


@pytest.mark.slow
@pytest.mark.parametrize("ties", TIES)
def test_years_of_a_plan_that_are_tied(prepared, ties):
    every = prepared["china-15fyp"]
    base, random = every.with_(years=(2026, 2028, 2030), year_rules=TIES[ties]), np.random.default_rng(15)
    tied = TiedVariants(base, Engine())
    require_same_years(tied.solve(tied.base), base)
    for bind in (False, False, True):
        numbers = drawn_plan(base, random)
        if bind:
            numbers = numbers.with_(
                sharing__targets__bind=True, sharing__targets__distance_points=8.0, grouping__k=3
            )
        require_same_years(tied.solve(numbers_by_year(numbers)), numbers)


@pytest.mark.slow
def test_the_path_to_2035(prepared):
    every, random = prepared["china-2035"], np.random.default_rng(2035)
    tied = TiedVariants(every, Engine())
    require_same_years(tied.solve(tied.base), every)
    for _ in range(3):
        emitted = every.emissions_mt * np.exp(random.normal(0.0, 0.01, 30))
        share = emitted / every.emissions_mt
        numbers = every.with_(
            indicators__values=every.indicators.values * np.exp(random.normal(0.0, 0.05, (30, 1))),
            emissions_mt=emitted,
            baseline_mt=every.baseline_mt.mul(share, axis="index"),
            floor_mt=every.floor_mt.mul(share, axis="index"),
            ceiling_mt=every.ceiling_mt.mul(share, axis="index"),
            steps=every.steps.assign(
                size_mt=every.steps["size_mt"].mul(share, level="code"),
                cost_yuan_per_t=1.1 * every.steps["cost_yuan_per_t"],
            ),
            divided_mt=every.divided_mt * emitted.sum() / every.emissions_mt.sum(),
        )
        require_same_years(tied.solve(numbers_by_year(numbers)), numbers)


def test_groups_are_found_once_for_years_that_share_their_indicators(prepared, monkeypatch):
    found = []

    def counting(*arguments):
        found.append(arguments)
        return best_of_starts(*arguments)

    monkeypatch.setattr("capshare.chain.dividing.best_of_starts", counting)
    base = prepared["china-15fyp"].with_(years=(2026, 2030), year_rules=TIES["smoothed"])
    tied = TiedVariants(base, Engine())
    tied.solve(tied.base)
    assert len(found) == 1


def test_a_programme_is_held_while_groups_change(prepared):
    base = prepared["tian-lin-2021-t20"]
    engine = Engine()
    variants = Variants(base, engine)
    for seed in range(4):
        numbers = base.with_(grouping__seed=seed, grouping__restarts=1)
        require_same(variants.solve(variants.base.with_(grouping=numbers.grouping)), numbers, 2017)
    assert len(variants._programmes) == 1


def test_the_same_numbers_give_the_same_bytes_whatever_was_solved_before(prepared):
    variants = Variants(prepared["tian-lin-2021-t20"], Engine())
    before = variants.solve(variants.base)
    for seed in range(3):
        variants.solve(variants.base.with_(grouping__seed=seed, grouping__restarts=1, divided_mt=13_000.0))
    again = variants.solve(variants.base)
    for name in ("quota_mt", "abatement_mt", "purchase_mt", "sale_mt"):
        one, other = getattr(before.quantities, name), getattr(again.quantities, name)
        assert one.tobytes() == other.tobytes(), name
    assert before.first.dual.tobytes() == again.first.dual.tobytes()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"grouping__k": 31}, "1 ≤ k ≤ 30"),
        ({"indicators__values": np.full((30, 5), np.nan)}, "a finite number; found nan"),
        ({"indicators__values": np.ones((30, 5))}, "each constant"),
        ({"divided_mt": 100.0}, "floors that add up to at most the cap of 100 Mt"),
        ({"divided_mt": np.nan}, "cap"),
    ],
)
def test_what_does_not_fit_is_told_as_the_labelled_chain_tells_it(prepared, changes, message):
    variants = Variants(prepared["tian-lin-2021-t20"], Engine())
    with pytest.raises(CapshareError, match=message):
        variants.solve(variants.base.with_(**changes))


def test_rules_that_contradict_each_other_have_no_split(prepared):
    rule = PlannerRule("all of it", dict.fromkeys(prepared["tian-lin-2021-t20"].emissions_mt.index, 1.0),
                       "at most", bound_mt=1_000.0)  # fmt: skip
    variants = Variants(prepared["tian-lin-2021-t20"].with_(constraints={2017: (rule,)}), Engine())
    with pytest.raises(NoSplitError):
        variants.solve(variants.base)


def test_labels_on_demand_and_there_and_back(prepared):
    base = prepared["tian-lin-2021-t20"]
    variants = Variants(base, Engine())
    found = variants.solve(variants.base)
    data = split(base).data()
    allocation = Engine().allocate(data)
    provinces = found.provinces()
    columns = list(allocation.quantities)
    pd.testing.assert_frame_equal(provinces[columns], allocation.quantities, rtol=1e-9, atol=1e-9)
    assert found.caps()["cap_mt"].to_dict() == pytest.approx(data.caps_mt.to_dict(), rel=1e-12)
    back = year_numbers(variants.labelled(variants.base), 2017)
    for name in ("emissions_mt", "floor_mt", "ceiling_mt", "price_yuan_per_t"):
        assert (getattr(back, name) == getattr(variants.base, name)).all(), name
    assert (back.steps.size_mt == variants.base.steps.size_mt).all()
    assert replace(back.indicators, values=0, less=0) == replace(variants.base.indicators, values=0, less=0)
