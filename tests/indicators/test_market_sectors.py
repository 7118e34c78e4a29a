"""Inside and outside the national market: the division of emissions and quotas by hand."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.market_sectors import market_and_rest, rest_cut_of_nation_pct, sector_emissions

PRODUCED = pd.Series({"a": 100.0, "b": 200.0})
SHARE = pd.DataFrame({"power": {"a": 0.4, "b": 0.2}, "steel": {"a": 0.1, "b": 0.0}})
# In b nothing is steel: 100 x 0.4 = 40 and 100 x 0.1 = 10 in a, 200 x 0.2 = 40 in b.
MARKET = pd.Series({"a": 50.0, "b": 40.0})
# Base year 2028; by 2030 quotas are 110 and 190, and GDP has grown by a fifth and by a tenth.
QUOTA = pd.DataFrame({2030: {"a": 110.0, "b": 190.0}})
GROWTH = pd.DataFrame({2030: {"a": 1.2, "b": 1.1}})


def divided(change, growth=GROWTH):
    found = market_and_rest(QUOTA, PRODUCED, MARKET, growth, base_year=2028, yearly_change_pct=change)
    return found.loc[2030]


def test_sectors_are_shares_of_emissions():
    assert sector_emissions(SHARE, PRODUCED).to_dict() == {
        "power": {"a": 40.0, "b": 40.0},
        "steel": {"a": 10.0, "b": 0.0},
    }


def test_electricity_that_leaves_is_taken_from_power_and_the_rest_stays():
    found = sector_emissions(SHARE, PRODUCED, pd.Series({"a": -14.0, "b": 14.0}))
    assert found["power"].to_dict() == {"a": 26.0, "b": 54.0}
    assert found["steel"].to_dict() == {"a": 10.0, "b": 0.0}


def test_electricity_moves_the_rest_where_power_is_not_in_the_market():
    found = sector_emissions(SHARE[["steel"]], PRODUCED, pd.Series({"a": -14.0, "b": 14.0}))
    assert found["steel"].to_dict() == {"a": 10.0, "b": 0.0}


def test_the_market_changes_by_what_is_stated_and_the_rest_is_left():
    found = divided(2.0)
    # Two years at 2 %: 50 x 1.0404 = 52.02 and 40 x 1.0404 = 41.616.
    assert found["market_quota_mt"].tolist() == pytest.approx([52.02, 41.616])
    assert found["rest_quota_mt"].tolist() == pytest.approx([57.98, 148.384])
    # The rest of a, 50 Mt, would be 60 at constant intensity: 1 - 57.98/60 = 3.3667 %; that of b, 160, 176:
    # 1 - 148.384/176 = 15.6909 %. In tonnes 57.98/50 = +15.96 % and 148.384/160 = -7.26 %.
    assert found["rest_cut_pct"].tolist() == pytest.approx([3.366667, 15.690909], abs=1e-6)
    assert found["rest_change_pct"].tolist() == pytest.approx([15.96, -7.26])
    # The market's part: 1 - 1.0404/1.2 = 13.3 % and 1 - 1.0404/1.1 = 5.418182 %.
    assert found["market_cut_pct"].tolist() == pytest.approx([13.3, 5.418182], abs=1e-6)
    # Together 206.364 of 236 at constant intensity.
    assert rest_cut_of_nation_pct(found) == pytest.approx(12.557627, abs=1e-6)


def test_in_proportion_both_parts_are_cut_alike():
    found = divided(None)
    # Half of a is in the market, a fifth of b: 55 of 110, 38 of 190.
    assert found["market_quota_mt"].tolist() == pytest.approx([55.0, 38.0])
    # 1 - 110/120 = 8.3333 % for all of a, 1 - 190/220 = 13.6364 % for all of b.
    assert found["rest_cut_pct"].tolist() == pytest.approx([8.333333, 13.636364], abs=1e-6)
    assert found["market_cut_pct"].tolist() == pytest.approx(found["rest_cut_pct"].tolist())


@pytest.mark.parametrize("change", [None, -3.0, 0.0, 5.0])
def test_both_parts_add_up_to_the_province(change):
    found = divided(change)
    assert (found["market_quota_mt"] + found["rest_quota_mt"]).tolist() == pytest.approx([110.0, 190.0])
    assert (found["market_mt"] + found["rest_mt"]).tolist() == pytest.approx([100.0, 200.0])


def test_without_growth_there_is_no_cut_per_gdp():
    found = divided(2.0, None)
    assert not {"rest_cut_pct", "market_cut_pct", "gdp_ratio"} & set(found)
    assert rest_cut_of_nation_pct(found) is None


def test_a_part_without_emissions_has_no_cut():
    found = market_and_rest(
        QUOTA, PRODUCED, pd.Series({"a": 100.0, "b": 0.0}), GROWTH, base_year=2028, yearly_change_pct=None
    ).loc[2030]
    assert found["rest_cut_pct"].isna().tolist() == [True, False]
    assert found["market_cut_pct"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("share", "crossing", "message"),
    [
        (SHARE + 0.3, None, r"share\[a\]: expected sectors that make up at most all emissions .* found 1.1"),
        (SHARE, pd.Series({"a": -41.0, "b": 41.0}), r"share\[a\]: expected emissions of power above"),
        (SHARE.drop("b"), None, r"without \['b'\]"),
    ],
)
def test_impossible_shares_are_refused_by_province(share, crossing, message):
    with pytest.raises(CapshareError, match=message):
        sector_emissions(share, PRODUCED, crossing)
