import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.given import flat_price_steps, given_steps

EMISSIONS = pd.Series({"110000": 100.0, "120000": 50.0})


def table(rows):
    return pd.DataFrame(rows, columns=["code", "step", "cost_yuan_per_t"])


def test_one_price_for_all():
    steps = flat_price_steps(63.0, EMISSIONS)
    assert steps["cost_yuan_per_t"].tolist() == [63.0, 63.0]
    assert steps["size_mt"].tolist() == pytest.approx([60.0, 30.0])


def test_a_price_per_province_is_paired_by_code():
    prices = pd.Series({"120000": 20.0, "110000": 10.0})
    steps = flat_price_steps(prices, EMISSIONS, steps=2)
    assert steps.loc[("110000", 2), "cost_yuan_per_t"] == 10.0
    assert steps.loc[("120000", 1), "size_mt"] == pytest.approx(15.0)


def test_a_table_in_any_order():
    rows = [("120000", 2, 9.0), ("110000", 2, 7.0), ("110000", 1, 5.0), ("120000", 1, 8.0)]
    steps = given_steps(table(rows), EMISSIONS, max_abatement=0.5)
    assert steps.loc["110000", "cost_yuan_per_t"].tolist() == [5.0, 7.0]
    assert steps.loc["120000", "size_mt"].tolist() == pytest.approx([12.5, 12.5])


def test_a_step_missing_in_one_province():
    with pytest.raises(CapshareError, match="120000, step 2: expected a finite cost"):
        given_steps(table([("110000", 1, 5.0), ("110000", 2, 7.0), ("120000", 1, 8.0)]), EMISSIONS)


def test_a_step_given_twice():
    with pytest.raises(CapshareError, match="110000, step 1: expected one row"):
        given_steps(table([("110000", 1, 5.0), ("110000", 1, 7.0), ("120000", 1, 8.0)]), EMISSIONS)


def test_a_table_without_costs():
    with pytest.raises(CapshareError, match="no cost_yuan_per_t"):
        given_steps(table([("110000", 1, 5.0)]).drop(columns="cost_yuan_per_t"), EMISSIONS)


def test_a_negative_price():
    with pytest.raises(CapshareError, match="finite cost >= 0"):
        flat_price_steps(-1.0, EMISSIONS)
