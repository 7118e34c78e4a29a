"""Variants beside whole runs: the study as it stands, and changed by its keys."""

from dataclasses import replace

import numpy as np
import pytest

import capshare
from capshare.base.errors import CapshareError
from capshare.chain.planned import planned
from capshare.chain.variant_potential import deficit_potential, potential_numbers
from capshare.chain.variants import Variants
from capshare.model.allocation.engine import Engine
from capshare.study.reading import load_study
from capshare.study.study import Study
from capshare.study.toml_text import read_toml

PLAN = "china-15fyp"


def close(array, series):
    np.testing.assert_allclose(array, series.sort_index().to_numpy(dtype=float), rtol=1e-9, atol=1e-9)


def require_same(found, potential, outcome):
    """Everything a variant has is what the run says of its last year."""
    provinces = outcome.in_year().provinces
    for name in ("quota_mt", "abatement_mt", "purchase_mt", "sale_mt", "cost_1e8yuan"):
        close(getattr(found.quantities, name), provinces[name])
    close(found.balance_mt, provinces["balance_mt"])
    close(found.allocated.entitled.entitlement_mt, provinces["entitlement_mt"])
    assert list(found.group) == list(provinces["group"].sort_index())
    prices = outcome.prices.loc[outcome.allocation.provinces.index[-1][0], "price_yuan_per_t"]
    for name in ("cap", "floor", "equity_above"):
        # pandas keeps the order of the rows, which is that of the codes.
        np.testing.assert_allclose(found.prices_yuan_per_t[name], prices[name], rtol=1e-9, atol=1e-9)
    if outcome.targets is not None and outcome.targets.cuts is not None:
        cuts = outcome.targets.cuts
        close(found.entitled_cut_pct, cuts["entitled_cut_pct"])
        close(found.cut_pct, cuts["cut_pct"])
        close(found.rounded_cut_pct(), cuts["rounded_cut_pct"])
    ranking = outcome.potential.ranking.reindex(found.allocated.provinces)
    np.testing.assert_allclose(potential.score, ranking["score"], atol=1e-9)
    assert list(potential.rank) == list(ranking["rank"].fillna(0).astype(int))


@pytest.mark.parametrize("name", ["tian-lin-2021", PLAN])
def test_a_study_as_it_stands(name, split, prepared):
    made = prepared(name)
    variants = Variants(made.numbers, Engine())
    found = variants.solve(variants.base)
    ranked = deficit_potential(found.balance_mt, potential_numbers(made.study, made.inputs))
    require_same(found, ranked, split(name))
    if name != PLAN:
        assert np.isnan(found.cut_pct).all()
        assert np.isnan(found.rounded_cut_pct()).all()


def changed_study(**changes):
    """The plan's study with keys changed, section__key=value, of its last year alone."""
    shipped = load_study(PLAN)
    said = dict(read_toml(shipped.data, PLAN))
    for name, value in {**changes, "study__years": (2030,)}.items():
        section, _, key = name.partition("__")
        said[section] = {**said.get(section, {}), key: value}
    return replace(shipped, study=Study.model_validate(said))


def constant_at(base, factor):
    return factor * base.sharing.targets.constant_intensity_mt


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "change"),
    [
        ({"cap__cut_pct": 18.0}, lambda base: planned(base, cut_pct=18.0)),
        ({"targets__band_pct": (11.0, 19.0)}, lambda base: planned(base, band_pct=(11.0, 19.0))),
        (
            {"burden__spread_points": 12.0, "targets__distance_points": 0.75},
            lambda base: base.with_(
                sharing__targets__spread_points=12.0, sharing__targets__distance_points=0.75
            ),
        ),
        (
            {"allocation__trade_limit": 0.01, "burden__weights": "equal"},
            lambda base: base.with_(limits__trade_limit=0.01, indicators__weighting="equal"),
        ),
        (
            {"targets__tiers": "bind", "targets__tiers_k": 4, "targets__distance_points": 5.0},
            lambda base: base.with_(
                sharing__targets__bind=True, sharing__targets__distance_points=5.0, grouping__k=4
            ),
        ),
        # One per cent less fall of intensity a year: emissions before abatement alone.
        (
            {"baseline__autonomous_change": 0.01},
            lambda base: base.with_(baseline_mt=base.baseline_mt * (0.99 / 0.98) ** 5),
        ),
    ],
)  # fmt: skip
def test_a_change_of_the_study_is_a_change_of_its_numbers(keys, change, prepared):
    made = prepared(PLAN)
    variants = Variants(made.numbers, Engine())
    found = variants.solve(change(variants.base))
    outcome = capshare.run(changed_study(**keys), analyses=())
    ranked = deficit_potential(found.balance_mt, potential_numbers(made.study, made.inputs))
    require_same(found, ranked, outcome)


def test_growth_moves_the_cap_and_the_band_but_no_cut(prepared):
    variants = Variants(prepared(PLAN).numbers, Engine())
    base = variants.base
    grown = planned(base, constant_intensity_mt=constant_at(base, 1.1)).with_(
        baseline_mt=1.1 * base.baseline_mt
    )
    one, other = variants.solve(base), variants.solve(grown)
    np.testing.assert_allclose(other.cut_pct, one.cut_pct, atol=1e-9)
    np.testing.assert_allclose(other.quantities.quota_mt, 1.1 * one.quantities.quota_mt, rtol=1e-9)


def test_a_plan_of_cuts_is_for_quotas_that_are_cuts(prepared):
    base = Variants(prepared("tian-lin-2021").numbers, Engine()).base
    with pytest.raises(ValueError, match="no cuts"):
        planned(base, cut_pct=18.0)


def test_potential_of_few_provinces_or_of_numbers_that_are_none(prepared):
    made = prepared(PLAN)
    numbers = potential_numbers(made.study, made.inputs)
    two = np.where(np.arange(30) < 2, -5.0, 5.0)
    found = deficit_potential(two, numbers)
    assert np.isnan(found.score).all()
    assert not found.rank.any()
    with pytest.raises(CapshareError, match="a finite number"):
        deficit_potential(-np.ones(30), replace(numbers, values=np.full((30, 5), np.nan)))
