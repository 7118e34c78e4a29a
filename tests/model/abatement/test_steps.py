import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.abatement.steps import distance_function_steps, step_middles, step_table


def test_the_middles_of_three_steps():
    assert step_middles(3, 0.6).tolist() == pytest.approx([0.1, 0.3, 0.5])
    assert step_middles(3, 0.6).index.tolist() == [1, 2, 3]


@pytest.mark.parametrize(("steps", "cut", "place"), [(0, 0.6, "steps"), (3, 0.0, "max_abatement")])
def test_no_steps_or_no_cut(steps, cut, place):
    with pytest.raises(CapshareError, match=f"{place}: expected"):
        step_middles(steps, cut)


@given(steps=st.integers(1, 20), cut=st.floats(0.05, 0.6))
@settings(max_examples=15, deadline=None)
def test_costs_never_fall_and_sizes_add_up(function, base, steps, cut):
    study = base["emissions_mt"] * 1.3
    table = distance_function_steps(function, base, study, steps=steps, max_abatement=cut)
    assert list(table.columns) == ["size_mt", "cost_yuan_per_t"]
    assert table.index.names == ["code", "step"]
    by_province = table.groupby(level="code")
    assert by_province["cost_yuan_per_t"].apply(lambda costs: costs.is_monotonic_increasing).all()
    total = by_province["size_mt"].sum()
    assert total.to_numpy() == pytest.approx((study * cut).reindex(total.index).to_numpy())


def test_the_cost_does_not_depend_on_the_study_s_emissions(function, base):
    own = distance_function_steps(function, base, base["emissions_mt"])
    other = distance_function_steps(function, base, base["emissions_mt"] * 2)
    pd.testing.assert_series_equal(own["cost_yuan_per_t"], other["cost_yuan_per_t"])
    pd.testing.assert_series_equal(own["size_mt"] * 2, other["size_mt"])


def test_the_cost_is_the_price_in_the_middle_of_the_step(null_joint, base):
    table = distance_function_steps(null_joint, base, base["emissions_mt"], steps=3, max_abatement=0.6)
    halfway = null_joint.price_yuan_per_t(base.assign(emissions_mt=base["emissions_mt"] * 0.7))
    second = table["cost_yuan_per_t"].xs(2, level="step")
    assert second.to_numpy() == pytest.approx(halfway.reindex(second.index).to_numpy())


def test_no_cut_deeper_than_the_guards(function, base):
    with pytest.raises(CapshareError, match=r"at most 0\.6"):
        distance_function_steps(function, base, base["emissions_mt"], max_abatement=0.7)


def test_falling_costs_are_named():
    costs = pd.DataFrame({1: [10.0, 20.0], 2: [5.0, 30.0]}, index=["110000", "120000"])
    with pytest.raises(CapshareError, match="110000, step 2: expected a cost no lower"):
        step_table(pd.Series(100.0, index=costs.index), costs, max_abatement=0.5)


def test_negative_and_missing_costs_are_named_at_once():
    costs = pd.DataFrame({1: [-1.0, None]}, index=["110000", "120000"], dtype=float)
    with pytest.raises(CapshareError, match="120000, step 1: expected a finite cost") as caught:
        step_table(pd.Series(100.0, index=costs.index), costs, max_abatement=0.5)
    assert len(caught.value.problems) == 2


def test_other_provinces_are_refused(function, base):
    with pytest.raises(CapshareError, match="only one of them has 110000"):
        distance_function_steps(function, base, base["emissions_mt"].drop("110000"))
