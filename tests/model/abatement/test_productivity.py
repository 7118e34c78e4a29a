import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.productivity import productivity_steps


def test_a_worked_example():
    # 1000e8 yuan over 50e6 t is 2000 yuan/t; two steps lie at a quarter and three quarters of it.
    table = productivity_steps(
        pd.Series({"110000": 1000.0}), pd.Series({"110000": 50.0}), steps=2, max_abatement=0.4
    )
    assert table["cost_yuan_per_t"].tolist() == pytest.approx([500.0, 1500.0])
    assert table["size_mt"].tolist() == pytest.approx([10.0, 10.0])


def test_order_of_provinces_does_not_matter(base):
    gdp, emissions = base["gdp_1e8yuan"], base["emissions_mt"]
    straight = productivity_steps(gdp, emissions)
    crossed = productivity_steps(gdp.iloc[::-1], emissions)
    pd.testing.assert_frame_equal(straight, crossed.reindex(straight.index))


def test_the_bound_lies_below_gdp_per_tonne(base):
    costs = productivity_steps(base["gdp_1e8yuan"], base["emissions_mt"])["cost_yuan_per_t"].unstack("step")
    assert (costs.diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
    assert (costs[12] < 100 * base["gdp_1e8yuan"] / base["emissions_mt"]).all()


def test_other_provinces_are_refused():
    with pytest.raises(CapshareError, match="only one of them has 110000, 120000"):
        productivity_steps(pd.Series({"110000": 1.0}), pd.Series({"120000": 1.0}))


def test_no_productivity_without_emissions():
    with pytest.raises(CapshareError, match="emissions_mt, province 110000: expected a positive number"):
        productivity_steps(pd.Series({"110000": 1.0}), pd.Series({"110000": 0.0}))
