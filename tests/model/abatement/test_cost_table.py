import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.bootstrap import rank_bootstrap
from capshare.model.abatement.cost_table import cost_table, curve_levels, curves_side_by_side
from capshare.model.abatement.productivity import productivity_steps
from capshare.model.abatement.sample import sample_of
from capshare.model.abatement.steps import distance_function_steps
from capshare.model.abatement.technology import LEVELS


@pytest.fixture(scope="module")
def curves(function, null_joint, base):
    emissions = base["emissions_mt"]
    return {
        "without": distance_function_steps(function, base, emissions),
        "null_joint": distance_function_steps(null_joint, base, emissions),
        "productivity": productivity_steps(base["gdp_1e8yuan"], emissions),
    }


def test_one_row_per_province(function, complete, base):
    ranks = rank_bootstrap(sample_of(complete, LEVELS, (2005, 2017)), draws=2)
    table = cost_table(function, base, base["emissions_mt"], ranks.iloc[::-1])
    assert list(table.columns) == [
        "inefficiency",
        "price_yuan_per_t",
        "price_slope_yuan_per_t_per_mt",
        "rank",
        "rank_median",
        "rank_p05",
        "rank_p95",
    ]
    assert (table["price_yuan_per_t"].rank(ascending=False) == table["rank"]).all()


def test_ranks_of_other_provinces_are_refused(function, base):
    ranks = pd.DataFrame(1.0, index=base.index[1:], columns=["rank", "rank_median", "rank_p05", "rank_p95"])
    with pytest.raises(CapshareError, match=r"ranks, index: .*110000"):
        cost_table(function, base, base["emissions_mt"], ranks)


def test_three_curves_side_by_side(curves):
    table = curves_side_by_side(curves)
    assert list(table.columns) == ["without_yuan_per_t", "null_joint_yuan_per_t", "productivity_yuan_per_t"]
    assert len(table) == 360
    assert table.notna().all(axis=None)


def test_levels_against_the_market(curves):
    # Mean price of national market listings in 2025, Climate Bridge quarterly 2025 Q4: 63 yuan/t.
    levels = curve_levels(curves, 63.0)
    assert levels.loc["without", "rank_correlation"] == pytest.approx(1.0)
    assert (levels["all_steps_median_yuan_per_t"] >= levels["first_step_median_yuan_per_t"]).all()
    assert levels.loc["null_joint", "all_steps_to_market"] > levels.loc["without", "all_steps_to_market"] > 1


def test_a_worked_level():
    index = pd.MultiIndex.from_product([["110000", "120000", "130000"], [1, 2]], names=["code", "step"])
    curve = pd.DataFrame({"cost_yuan_per_t": [10, 30, 20, 30, 70, 90]}, index=index, dtype=float)
    levels = curve_levels({"only": curve}, 10.0).loc["only"]
    assert levels["first_step_median_yuan_per_t"] == 20
    assert levels["all_steps_median_yuan_per_t"] == 25
    assert levels["all_steps_to_market"] == 2.5


def test_curves_with_other_steps_are_refused(curves):
    shorter = {**curves, "short": curves["without"].iloc[:-1]}
    with pytest.raises(CapshareError, match="curve short, index"):
        curves_side_by_side(shorter)


def test_no_ratio_to_a_market_without_price(curves):
    with pytest.raises(CapshareError, match="market_yuan_per_t: expected a positive price"):
        curve_levels(curves, 0.0)
