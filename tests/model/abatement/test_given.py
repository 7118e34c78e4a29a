import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.abatement.given import flat_price_steps

EMISSIONS = pd.Series({"110000": 100.0, "120000": 50.0})


def test_one_price_for_all():
    steps = flat_price_steps(63.0, EMISSIONS)
    assert steps["cost_yuan_per_t"].tolist() == [63.0, 63.0]
    assert steps["size_mt"].tolist() == pytest.approx([60.0, 30.0])


def test_a_price_per_province_is_paired_by_code():
    prices = pd.Series({"120000": 20.0, "110000": 10.0})
    steps = flat_price_steps(prices, EMISSIONS, steps=2)
    assert steps.loc[("110000", 2), "cost_yuan_per_t"] == 10.0
    assert steps.loc[("120000", 1), "size_mt"] == pytest.approx(15.0)


def test_a_negative_price():
    with pytest.raises(CapshareError, match="finite cost >= 0"):
        flat_price_steps(-1.0, EMISSIONS)
