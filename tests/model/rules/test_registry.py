"""What holds for every rule at once, and one clear message for each wrong input."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.rules.registry import apply, find, rules

NAMES = list(rules())
CAP_MT = 11_000.0
MEGA = {"emissions_mt": 1e6, "cumulative_emissions_mt": 1e6, "published_quota_mt": 1e6}
OTHER_UNITS = {"population_1e4": 1e4, "gdp_1e8yuan": 0.15, "score": 1e-3, "price_yuan_per_t": 0.14}


def test_all_rules_are_there():
    assert NAMES == [
        "ability-to-pay",
        "boltzmann",
        "capability",
        "contraction-convergence",
        "equal",
        "equal-cut",
        "gdp",
        "grandfathering",
        "historical-responsibility",
        "minimum-gini",
        "per-capita",
        "published",
        "score",
        "shadow-price",
        "shapley",
        "sqrt-shadow-price",
        "zsg-dea",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_says_what_it_is(name):
    rule = find(name)
    assert rule.name == name
    assert rule.principle
    assert re.search(r"x_?", rule.formula)
    assert "doi:10." in rule.reference or name in ("equal", "equal-cut", "published")
    assert set(rule.positive) - set(rule.needs) <= {"population_1e4", "gdp_1e8yuan"}


@pytest.mark.parametrize("name", NAMES)
def test_adds_up_and_keeps_the_index(name, provinces):
    quota = apply(name, provinces, CAP_MT)
    assert quota.sum() == pytest.approx(CAP_MT, rel=1e-9)
    assert quota.index.equals(provinces.index)
    assert quota.name == "quota_mt"
    assert (quota >= 0).all()
    assert np.isfinite(quota).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_function_alone_adds_up_as_well(name, provinces):
    rule = find(name)
    assert rule.function(provinces, CAP_MT).sum() == pytest.approx(CAP_MT, rel=1e-9)


def test_a_rule_that_is_a_share_of_one_column_says_which(provinces):
    shares = {name: find(name).share_of for name in NAMES if find(name).share_of is not None}
    assert shares.keys() >= {"score", "equal-cut"}
    for name, column in shares.items():
        share = provinces[column] / provinces[column].sum()
        expected = pd.Series(CAP_MT * share.to_numpy(), index=provinces.index)
        pd.testing.assert_series_equal(find(name).function(provinces, CAP_MT), expected, check_names=False)
        assert find(name).needs == (column,)


@pytest.mark.parametrize("name", NAMES)
def test_row_order_does_not_matter(name, provinces):
    shuffled = provinces.sample(frac=1, random_state=3)
    assert not shuffled.index.equals(provinces.index)
    quota = apply(name, shuffled, CAP_MT)
    assert quota.index.equals(shuffled.index)
    pd.testing.assert_series_equal(
        quota.reindex(provinces.index), apply(name, provinces, CAP_MT), rtol=1e-9, check_index_type=False
    )


@pytest.mark.parametrize("name", NAMES)
def test_units_do_not_matter(name, provinces):
    scaled = provinces.assign(**{c: provinces[c] * factor for c, factor in (MEGA | OTHER_UNITS).items()})
    quota = apply(name, scaled, CAP_MT * 1e6) / 1e6
    pd.testing.assert_series_equal(quota, apply(name, provinces, CAP_MT), rtol=1e-7)


@pytest.mark.parametrize("name", NAMES)
def test_floors_and_ceilings_are_kept(name, provinces):
    floor, ceiling = 0.5 * provinces["emissions_mt"], 1.2 * provinces["emissions_mt"]
    backwards = floor.iloc[::-1]
    quota = apply(name, provinces, CAP_MT, floor_mt=backwards, ceiling_mt=ceiling)
    assert quota.sum() == pytest.approx(CAP_MT, rel=1e-9)
    assert (quota >= floor - 1e-9).all()
    assert (quota <= ceiling + 1e-9).all()


@pytest.mark.parametrize("name", [n for n in NAMES if find(n).needs])
def test_a_missing_column_is_named(name, provinces):
    column = find(name).needs[0]
    with pytest.raises(
        CapshareError, match=rf"rule {name}, column {column}: expected the column; found none"
    ):
        apply(name, provinces.drop(columns=column), CAP_MT)


@pytest.mark.parametrize("name", [n for n in NAMES if find(n).needs])
def test_a_missing_or_negative_cell_is_named(name, provinces):
    for column in (c for c in find(name).needs if c != "group"):
        for wrong in (np.nan, -1.0):
            spoilt = provinces[column].where(provinces.index != "150000", wrong)
            with pytest.raises(CapshareError, match=rf"{column}\[150000\]: expected a number [≥>] 0; found"):
                apply(name, provinces.assign(**{column: spoilt}), CAP_MT)


NUMBERS = [
    (name, parameter)
    for name in NAMES
    for parameter, default in find(name).parameters.items()
    if isinstance(default, int | float) and not isinstance(default, bool)
]


@pytest.mark.parametrize(("name", "parameter"), NUMBERS)
def test_a_negative_parameter_is_refused(name, parameter, provinces):
    with pytest.raises(
        CapshareError, match=rf"parameter {parameter}: expected .*; found -1\. The default is"
    ):
        apply(name, provinces, CAP_MT, {parameter: -1})


def test_parameters_have_the_right_kind(provinces):
    with pytest.raises(CapshareError, match=r"convergence: expected a number from 0 to 1; found 1\.5"):
        apply("contraction-convergence", provinces, CAP_MT, {"convergence": 1.5})
    with pytest.raises(CapshareError, match=r"orders: expected a whole number ≥ 2; found 2\.5"):
        apply("shapley", provinces, CAP_MT, {"orders": 2.5})
    with pytest.raises(CapshareError, match="variable_returns: expected true or false; found 1"):
        apply("zsg-dea", provinces, CAP_MT, {"variable_returns": 1})
    with pytest.raises(CapshareError, match="outputs: expected a tuple of names of columns; found 'gdp'"):
        apply("zsg-dea", provinces, CAP_MT, {"outputs": "gdp"})
    with pytest.raises(CapshareError, match="beta: expected a number ≥ 0; found nan"):
        apply("boltzmann", provinces, CAP_MT, {"beta": np.nan})


def test_all_problems_at_once(provinces):
    with pytest.raises(CapshareError) as caught:
        apply("capability", provinces.drop(columns="gdp_1e8yuan"), -1.0, {"powr": 1.0, "power": True})
    text = str(caught.value)
    assert len(caught.value.problems) == 4
    assert "column gdp_1e8yuan: expected the column" in text
    assert "parameter powr: expected a parameter of the rule; found 'powr'. Did you mean power?" in text
    assert "parameter power: expected a number ≥ 0; found True" in text
    assert "cap_mt: expected a positive, finite number; found -1.0" in text


def test_an_unknown_rule_names_the_nearest():
    with pytest.raises(CapshareError, match=r"'grandfatering'\. Did you mean grandfathering\?"):
        find("grandfatering")


def test_bounds_of_other_regions_are_refused(provinces):
    floor = pd.Series(0.0, index=provinces.index).rename({"110000": "540000"})
    with pytest.raises(CapshareError, match=r"rule gdp, lower_mt: .*without \['110000'\], with \['540000'\]"):
        apply("gdp", provinces, CAP_MT, floor_mt=floor)


@pytest.mark.parametrize("name", ["gdp", "minimum-gini"])
def test_bounds_without_room_are_refused(name, provinces):
    with pytest.raises(CapshareError, match="floors that add up to at most the cap"):
        apply(name, provinces, CAP_MT, floor_mt=provinces["emissions_mt"])
    with pytest.raises(CapshareError, match="ceilings that leave room for the cap"):
        apply(name, provinces, CAP_MT, ceiling_mt=0.1 * provinces["emissions_mt"])


@pytest.mark.parametrize("name", ["grandfathering", "score", "published"])
def test_a_column_of_zeros_cannot_be_shared_by(name, provinces):
    column = find(name).needs[0]
    with pytest.raises(CapshareError, match=rf"column {column}: expected a positive sum; found a sum of 0"):
        apply(name, provinces.assign(**{column: 0.0}), CAP_MT)


ANY_CAP = [name for name in NAMES if name != "ability-to-pay"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cap=st.floats(1.0, 1e6), floor=st.floats(0, 0.02), name=st.sampled_from(ANY_CAP))
def test_any_cap_is_split_exactly(cap, floor, name, provinces):
    bound = pd.Series(floor * cap, index=provinces.index)
    plain = provinces.assign(cumulative_emissions_mt=0.0)
    quota = apply(name, plain, cap, floor_mt=bound)
    assert quota.sum() == pytest.approx(cap, rel=1e-9)
    assert (quota >= bound - 1e-9 * cap).all()
