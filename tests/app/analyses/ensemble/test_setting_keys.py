"""Settings of a draw: the caps and the rule that a study with these settings has."""

import numpy as np
import pytest

from capshare.analyses.ensemble.setting_keys import (
    change_of,
    drawn_cap,
    is_drawable,
    is_of_cap,
    known_keys,
    setting_value,
)
from capshare.chain.national_caps import national_caps
from capshare.chain.national_growth import gdp_ratio, growth_scenario
from capshare.chain.prepared import prepare
from capshare.chain.read_inputs import read_inputs
from capshare.chain.tied_variants import TiedVariants
from capshare.chain.year_numbers import numbers_by_year
from capshare.model.allocation.engine import Engine
from capshare.study.reading import load_study

PATH, PLAN, TABLE, PLEDGES = "china-2035", "china-15fyp", "tian-lin-2021", "pledge-2021"
ABSOLUTE = [
    'cap={method="absolute", peak_year=2029, peak_mt=12900.0, cut_pct=9.0, net_ghg_per_co2=1.2, '
    "co2_share_of_cut=0.8}"
]
BUDGET = ['cap={method="budget", budget_mt=120000.0}']


def slow_case(*values):
    return pytest.param(*values, marks=pytest.mark.slow)


def caps_of(prepared):
    ratio = gdp_ratio(prepared.study, growth_scenario(prepared.study, prepared.path.parent))
    return national_caps(prepared.study, prepared.inputs, ratio)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "other", "settings"),
    [
        slow_case(PATH, [], {"cap.then.cut_pct": 9.6}),
        slow_case(PATH, [], {"cap.then.co2_share_of_cut": 0.71, "cap.then.net_ghg_per_co2": 1.13}),
        (PATH, [], {"cap.cut_pct": 18.2, "cap.first_year_cut_pct": 3.1, "cap.then.cut_pct": 7.4}),
        slow_case(PATH, ["market.reserve_share=0.02"], {"cap.cut_pct": 16.1}),
        (PATH, ABSOLUTE, {"cap.cut_pct": 8.1, "cap.peak_mt": 12950.0, "cap.co2_share_of_cut": 0.9}),
        (PATH, BUDGET, {"cap.budget_mt": 121000.0}),
        (PLAN, ["study.years=[2028, 2030]"], {"cap.cut_pct": 16.4}),
        (TABLE, [], {"cap.mt.2017": 13111.0}),
        (PLEDGES, [], {}),
    ],
)
def test_caps_are_those_of_a_study_with_these_settings(name, other, settings, place_of_study):
    base = load_study(place_of_study(name), other)
    caps = caps_of(prepare(base, bootstrap=False))
    found = caps.path(drawn_cap(base.study.cap, settings), caps.growth(0.0), np.ones(30))
    said = [f"{key}={value!r}" for key, value in settings.items()]
    expected = read_inputs(load_study(place_of_study(name), [*other, *said])).cap
    assert list(found.index) == list(expected.index)
    for column in ("cap_mt", "divided_mt"):
        np.testing.assert_allclose(found[column], expected[column], rtol=1e-12)
    # What is not drawn is what the study has.
    for key in settings:
        assert setting_value(base.study, key) != settings[key]


@pytest.mark.parametrize("name", [PATH, PLEDGES])
def test_growth_raises_caps_that_follow_it(name, prepared):
    made = prepared(name)
    caps, none = caps_of(made), np.ones(30)
    usual = caps.path(made.study.cap, caps.growth(0.0), none)["cap_mt"]
    np.testing.assert_allclose(usual, made.inputs.cap["cap_mt"], rtol=1e-12)
    grown = caps.path(made.study.cap, caps.growth(1.0), none)["cap_mt"]
    # A point more each year compounds: nearly 1 % after one year, nearly 5 % after five.
    years = [year for year in usual.index if year <= made.study.study.base_year + 5]
    ratio = (grown / usual).loc[years]
    assert ratio.is_monotonic_increasing
    assert ratio.to_numpy() == pytest.approx(
        [1.0096 ** (y - made.study.study.base_year) for y in years], 3e-3
    )


def test_who_emits_moves_the_cap_only_where_provinces_grow_apart(prepared):
    caps = caps_of(prepared(PATH))
    moved = np.linspace(0.8, 1.2, 30)
    own = caps.constant_mt[caps.study.study.base_year].to_numpy()
    moved *= own.sum() / (moved @ own)
    found, usual = (caps.path(caps.study.cap, caps.growth(0.0), each) for each in (moved, np.ones(30)))
    np.testing.assert_allclose(found["cap_mt"], usual["cap_mt"], rtol=1e-12)


@pytest.mark.slow
def test_a_parameter_of_the_rule_inside_the_blocks(prepared):
    base = prepared(PATH)
    key = "rules.score-cut.spread"
    assert setting_value(base.study, key) == 1.0
    assert setting_value(base.study, "rules.ability-to-pay.power") is None
    tied = TiedVariants(base.numbers, Engine())
    changed = [change_of(key)(year, base.study, 0.5) for year in tied.base]
    found = tied.solve(changed)[-1]
    other = base.numbers.with_(sharing__parameters={"spread": 0.5})
    expected = TiedVariants(other, Engine()).solve(numbers_by_year(other))[-1]
    assert (found.quantities.quota_mt == expected.quantities.quota_mt).all()
    usual = tied.solve(tied.base)[-1]
    np.testing.assert_array_less(
        np.ptp(found.quantities.quota_mt / found.allocated.emissions_mt),
        np.ptp(usual.quantities.quota_mt / usual.allocated.emissions_mt),
    )


def test_a_key_is_of_the_caps_or_changes_numbers():
    for key in known_keys():
        own = key.replace("YEAR", "2017").replace("RULE.PARAMETER", "score-cut.spread")
        assert is_drawable(own)
        assert is_of_cap(own) == (change_of(own) is None)
    assert not is_drawable("cap.plan_year")
