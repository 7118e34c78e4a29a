from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.market.clearing import clear_market
from capshare.model.market.inputs import PriceCollar
from capshare.model.market.offsets_and_reserve import auction, balance_values, named_prices, with_offsets

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"
PROVINCES = pd.DataFrame({"emissions_mt": [100.0, 60.0], "quota_mt": [80.0, 60.0]}, index=["1", "2"])
STEPS = pd.DataFrame(
    {"size_mt": [10.0, 10.0, 10.0, 10.0], "cost_yuan_per_t": [20.0, 80.0, 10.0, 60.0]},
    index=pd.MultiIndex.from_product([["1", "2"], [1, 2]], names=["code", "step"]),
)


def test_offsets_take_the_place_of_dearer_abatement():
    """Own: need 20; steps at 10 and 20 give it; offsets at 15 (5 and 3 Mt) replace 8 of the 10 Mt at 20."""
    steps = with_offsets(STEPS, PROVINCES["emissions_mt"], max_share=0.05, price_yuan_per_t=15)
    before, after = clear_market(PROVINCES, STEPS), clear_market(PROVINCES, steps)
    assert before.price_yuan_per_t == after.price_yuan_per_t == 20
    assert after.provinces["offset_mt"].tolist() == pytest.approx([5, 3])
    assert after.provinces["abatement_mt"].tolist() == pytest.approx([2, 10])
    saved = before.provinces["abatement_cost_1e8yuan"].sum() - after.provinces["abatement_cost_1e8yuan"].sum()
    assert saved == pytest.approx(0.4)  # 8 Mt x 5 yuan/t = 4e7 yuan


def test_offsets_dearer_than_the_price_stay_unused():
    steps = with_offsets(STEPS, PROVINCES["emissions_mt"], max_share=0.05, price_yuan_per_t=200)
    assert clear_market(PROVINCES, steps).provinces["offset_mt"].sum() == 0


def test_a_small_supply_of_offsets_is_shared_out_by_emissions():
    steps = with_offsets(STEPS, PROVINCES["emissions_mt"], max_share=0.05, price_yuan_per_t=15, supply_mt=1.6)
    assert steps.xs("offset", level="step")["size_mt"].tolist() == pytest.approx([1, 0.6])


def test_offsets_name_all_problems():
    with pytest.raises(CapshareError, match="max_share: expected a share from 0 to 1; found 5") as caught:
        with_offsets(STEPS, PROVINCES["emissions_mt"], max_share=5, price_yuan_per_t=0, supply_mt=-1)
    assert len(caught.value.problems) == 3
    with pytest.raises(CapshareError, match=r"with \['2'\] besides"):
        with_offsets(STEPS, PROVINCES["emissions_mt"].iloc[:1], max_share=0.05, price_yuan_per_t=1)


def test_auction_by_hand():
    """Own: price 20, 10 % auctioned: 8 and 6 Mt; 1 is short of 10 Mt on the market, 2 sells 10."""
    market = clear_market(PROVINCES, STEPS)
    table = auction(market, PROVINCES["quota_mt"], 0.1)
    assert table["free_mt"].tolist() == pytest.approx([72, 54])
    assert table["net_purchase_mt"].tolist() == pytest.approx([18, -4])
    assert table["net_payment_1e8yuan"].tolist() == pytest.approx([3.6, -0.8])
    assert table["due_to_auction_1e8yuan"].tolist() == pytest.approx([1.6, 1.2])


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1))
def test_what_provinces_pay_is_the_revenue(share):
    market = clear_market(PROVINCES, STEPS)
    table = auction(market, PROVINCES["quota_mt"][::-1], share)
    assert table["net_payment_1e8yuan"].sum() == pytest.approx(20 * share * 140 / 100, abs=1e-9)


def test_extra_allowances_are_paid_for_too():
    market = clear_market(PROVINCES, STEPS, collar=PriceCollar(0, 15))
    table = auction(market, PROVINCES["quota_mt"], 0.5)
    assert table["net_purchase_mt"].sum() == pytest.approx(70 + 10)


def test_auction_refuses_other_provinces_and_shares():
    market = clear_market(PROVINCES, STEPS)
    with pytest.raises(CapshareError, match=r"auctioned_share.*found 1\.5"):
        auction(market, PROVINCES["quota_mt"], 1.5)
    with pytest.raises(CapshareError, match=r"market.*with \['2'\]"):
        auction(market, PROVINCES["quota_mt"].iloc[:1], 0.5)


def test_named_prices_of_the_national_table():
    """National.csv: Climate Bridge quarterly 2025 Q4, and the market development report 2025."""
    prices = named_prices(pd.read_csv(DATA / "national.csv"))
    assert prices["cea_listed_mean_price 2025"] == 63.0
    assert prices["cea_listed_mean_price 2024"] == 98.06
    assert prices["ccer_mean_price 2025"] == 84.62
    assert len(prices) == 6


def test_value_of_balances():
    """Own: 10 Mt at 63 yuan/t are 630 million yuan."""
    prices = pd.Series({"cea_listed_mean_price 2025": 63.0, "double": 126.0})
    values = balance_values(pd.Series({"1": 10.0, "2": -5.0}), prices)
    assert values.to_dict("list") == {"cea_listed_mean_price 2025": [6.3, -3.15], "double": [12.6, -6.3]}


def test_values_need_prices():
    with pytest.raises(CapshareError, match=r"prices_yuan_per_t\[x\].*found -1"):
        balance_values(pd.Series({"1": 10.0}), pd.Series({"x": -1.0}))
    with pytest.raises(CapshareError, match="rows in yuan/t; found none"):
        named_prices(pd.DataFrame({"year": [2025], "variable": ["a"], "value": [1.0], "unit": ["%"]}))
    with pytest.raises(CapshareError, match=r"value\[a 2025\].*found 0"):
        named_prices(pd.DataFrame({"year": [2025], "variable": ["a"], "value": [0.0], "unit": ["yuan/t"]}))
