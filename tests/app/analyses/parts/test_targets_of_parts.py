"""What a rounded target means inside the national market and outside, in the shipped plan, by hand."""

import pytest


@pytest.fixture(scope="module")
def cuts(finished):
    return finished("china-15fyp").targets.cuts


@pytest.mark.slow
def test_the_rest_has_to_make_up_for_what_the_market_does_not_cut(cuts):
    # Beijing emits 76.3057 Mt in 2025, 25.2596 of it in power and heat. Its GDP grows to 1.26116 times, so
    # 96.2337 Mt at constant intensity, of which its 19 % leave 77.9493. The market is given 25.2596 x 1.009^5
    # = 26.4168 of these: 17.075 % less than 25.2596 x 1.26116 = 31.8564. For the rest 51.5325 are left,
    # 19.953 % less than 51.0461 x 1.26116 = 64.3773.
    row = cuts.loc["110000"]
    assert row["rounded_cut_pct"] == 19.0
    assert row["market_cut_at_target_pct"] == pytest.approx(17.075, abs=1e-3)
    assert row["rest_cut_at_target_pct"] == pytest.approx(19.953, abs=1e-3)
    assert row["rest_rounded_cut_pct"] == 20.0


def test_rounded_cuts_of_the_rest_reach_in_steps_what_the_targets_ask_of_it(cuts, finished):
    rounded, asked = cuts["rest_rounded_cut_pct"], cuts["rest_cut_at_target_pct"]
    assert ((2 * rounded) % 1 == 0).all()
    assert (rounded - asked).abs().max() <= 0.5
    parts = finished("china-15fyp").allocation.market_sectors.xs(2030, level="year")
    weight = parts["rest_mt"] * parts["gdp_ratio"]
    assert 0 <= (weight * (rounded - asked)).sum() / weight.sum() <= 0.02 + 1e-9
