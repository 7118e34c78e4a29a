"""Fairness: published and worked figures, and what an inequality measure must not do."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.outcome.fairness import Fairness, fairness, fairness_table, gini, theil_l, theil_t

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"
TEN = pd.Series([541.0, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], index=list("abcdefghij"))
EQUAL = pd.Series(1.0, index=TEN.index)


def series(**values):
    return pd.Series(values, dtype=float)


def test_ten_incomes():
    """Golden numbers 11 (own)."""
    assert gini(TEN, EQUAL) == pytest.approx(0.462091, abs=5e-7)
    assert theil_t(TEN, EQUAL) == pytest.approx(0.362341, abs=5e-7)
    assert theil_l(TEN, EQUAL) == pytest.approx(0.433595, abs=5e-7)


def test_published_quotas_are_less_equal_per_head_than_emissions():
    """Table 1 of Tian & Lin 2021, doi:10.31497/zrzyxb.20210409, against population: 0.399 and 0.289."""
    published = pd.read_csv(DATA / "table1.csv", dtype={"code": str}, index_col="code")
    provinces = pd.read_csv(DATA / "provinces.csv", dtype={"code": str}, index_col="code")
    people = provinces["population_1e4"]
    assert gini(published["allocation_1e8t"], people) == pytest.approx(0.399, abs=5e-4)
    assert gini(published["emissions_1e8t"], people) == pytest.approx(0.289, abs=5e-4)


@pytest.mark.parametrize("measure", [gini, theil_t, theil_l])
def test_proportional_is_equal(measure):
    assert measure(3 * TEN, TEN) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("measure", [gini, theil_t, theil_l])
def test_merging_regions_of_the_same_level_changes_nothing(measure):
    """Two regions with the same quota per head count as one: the base is a weight."""
    split = measure(series(a=4, b=2, c=9), series(a=2, b=1, c=1))
    assert measure(series(ab=6, c=9), series(ab=3, c=1)) == pytest.approx(split)


def test_nothing_for_one_region():
    amount, base = series(a=0, b=1), series(a=1, b=1)
    assert gini(amount, base) == pytest.approx(0.5)
    assert theil_t(amount, base) == pytest.approx(np.log(2))
    assert theil_l(amount, base) == np.inf


def test_fairness_of_two_regions():
    found = fairness(
        series(b=30, a=10, c=5), series(a=20, b=20, c=5), series(a=1, b=3, c=0.5), series(a=1, b=1, c=1)
    )
    assert found.gini_per_head == pytest.approx(0)
    assert found.gini_per_gdp > 0.3
    assert found.largest_cut_pct == pytest.approx(50)
    assert (found.largest_cut_code, found.winners, found.losers) == ("a", ("b",), ("a",))


def test_table_has_one_row_per_rule():
    quotas = pd.DataFrame({"x": series(a=10, b=30), "y": series(a=20, b=20)})
    found = fairness_table(quotas, series(a=20, b=20), series(a=1, b=3), series(a=1, b=1))
    assert list(found.index) == ["x", "y"]
    assert list(found.columns) == list(Fairness.__dataclass_fields__)
    assert found["winners"].tolist() == [1, 0]
    assert found.loc["y", "largest_cut_pct"] == 0
    assert found.loc["y", "gini_per_gdp"] == pytest.approx(0)


@pytest.mark.parametrize("measure", [gini, theil_t, theil_l])
def test_wrong_numbers_are_named(measure):
    good = series(a=1, b=1)
    with pytest.raises(CapshareError, match=r"base: .*with \['c'\] besides"):
        measure(good, series(a=1, c=1))
    with pytest.raises(CapshareError, match=r"amount\[b\]: expected a number ≥ 0; found -1.0"):
        measure(series(a=1, b=-1), good)
    with pytest.raises(CapshareError, match=r"base\[a\]: expected a number > 0; found 0.0"):
        measure(good, series(a=0, b=1))
    with pytest.raises(CapshareError, match=r"amount\[b, 0\]: expected a finite number; found nan"):
        measure(series(a=1, b=np.nan), good)
    with pytest.raises(CapshareError, match="something to share; found a sum of 0"):
        measure(0 * good, good)


def test_a_region_without_emissions_has_no_cut():
    good = series(a=1, b=1)
    with pytest.raises(CapshareError, match=r"emissions_mt\[a\]: expected a number > 0"):
        fairness(good, series(a=0, b=1), good, good)


amounts = st.lists(st.floats(0.01, 1e4), min_size=2, max_size=8)


@settings(max_examples=50, deadline=None)
@given(amounts, st.floats(1e-3, 1e3), st.randoms(use_true_random=False))
def test_scale_and_order_do_not_matter(values, factor, random):
    amount = pd.Series(values, index=[f"p{i}" for i in range(len(values))])
    base = pd.Series(range(1, len(values) + 1), index=amount.index, dtype=float)
    order = list(amount.index)
    random.shuffle(order)
    for measure in (gini, theil_t, theil_l):
        found = measure(amount, base)
        assert measure(factor * amount, base[order]) == pytest.approx(found, rel=1e-9, abs=1e-12)
        assert found >= 0
    assert gini(amount, base) < 1


@settings(max_examples=50, deadline=None)
@given(amounts)
def test_a_gift_to_the_poorer_makes_it_more_equal(values):
    amount = pd.Series(sorted(values), index=[f"p{i}" for i in range(len(values))])
    gift = (amount.iloc[-1] - amount.iloc[0]) / 4
    after = amount.copy()
    after.iloc[0], after.iloc[-1] = amount.iloc[0] + gift, amount.iloc[-1] - gift
    one = 0 * amount + 1
    for measure in (gini, theil_t, theil_l):
        assert measure(after, one) <= measure(amount, one) + 1e-12
