import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.abatement.capital import PerpetualInventory, capital_stock
from capshare.model.abatement.constant_prices import constant_price_accounts


def accounts(gdp, investment, first=2000):
    index = pd.MultiIndex.from_product([["110000"], range(first, first + len(gdp))], names=["code", "year"])
    return pd.DataFrame({"gdp_1e8yuan": gdp, "gfcf_1e8yuan": investment}, index=index)


def test_a_worked_example():
    # By hand, 10 % lost a year, GDP growing 10 %: 40 / 0.2 = 200; 180 + 44 = 224; 201.6 + 50 = 251.6.
    choices = PerpetualInventory(depreciation=0.1, growth_years=2)
    stock = capital_stock(accounts([100, 110, 121], [40.0, 44.0, 50.0]), choices)
    assert stock.tolist() == pytest.approx([200.0, 224.0, 251.6])
    assert stock.name == "capital_1e8yuan"


def test_growth_of_investment_may_stand_in():
    choices = PerpetualInventory(depreciation=0.1, growth_of="investment", growth_years=1)
    stock = capital_stock(accounts([100, 100], [40.0, 50.0]), choices)
    assert stock.iloc[0] == pytest.approx(114.285714)  # 40 / (0.1 + 0.25)


@given(scale=st.floats(0.01, 100), depreciation=st.floats(0.02, 0.3))
@settings(max_examples=20, deadline=None)
def test_the_unit_of_money_is_free(scale, depreciation):
    choices = PerpetualInventory(depreciation=depreciation, growth_years=2)
    plain = accounts([100, 108, 115], [30.0, 34.0, 39.0])
    pd.testing.assert_series_equal(
        capital_stock(plain * scale, choices), capital_stock(plain, choices) * scale
    )


def test_provinces_hold_two_to_seven_years_of_output(panel):
    shipped = constant_price_accounts(panel, price_year=2017, first_year=2000, last_year=2017)
    ratio = (capital_stock(shipped) / shipped["gdp_1e8yuan"]).xs(2017, level="year")
    assert len(ratio) == 30
    assert ratio.between(2, 7).all()


def test_the_start_no_longer_matters_much_in_2017(panel):
    shipped = constant_price_accounts(panel, price_year=2017, first_year=2000, last_year=2017)
    by_gdp = capital_stock(shipped).xs(2017, level="year")
    by_investment = capital_stock(shipped, PerpetualInventory(growth_of="investment")).xs(2017, level="year")
    assert (by_gdp / by_investment - 1).abs().max() < 0.03


def test_a_missing_year_breaks_the_inventory():
    gap = accounts([100, 110, 121, 130], [40.0] * 4).drop(index=("110000", 2001))
    with pytest.raises(CapshareError, match="every year 2000-2003"):
        capital_stock(gap, PerpetualInventory(growth_years=3))


def test_too_few_years_for_the_early_growth():
    with pytest.raises(CapshareError, match="every year 2000-2005"):
        capital_stock(accounts([100, 110], [40.0, 44.0]))


def test_a_collapsing_economy_has_no_steady_start():
    with pytest.raises(CapshareError, match="province 110000: expected early growth"):
        capital_stock(accounts([100, 50], [40.0, 20.0]), PerpetualInventory(growth_years=1))
