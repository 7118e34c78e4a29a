import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.model.market.clearing import clear_market
from capshare.model.market.inputs import PriceCollar


def market_of(rows: dict[str, tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=["emissions_mt", "quota_mt"], dtype=float)


def steps_of(rows: dict[str, list[tuple[float, float]]]) -> pd.DataFrame:
    cells = {(code, k): cell for code, steps in rows.items() for k, cell in enumerate(steps, start=1)}
    frame = pd.DataFrame.from_dict(cells, orient="index", columns=["size_mt", "cost_yuan_per_t"])
    frame.index = pd.MultiIndex.from_tuples(cells, names=["code", "step"])
    return frame


# Three provinces of golden number 6: two steps of 2 Mt each.
GOLDEN_STEPS = steps_of({"1": [(2, 10), (2, 30)], "2": [(2, 20), (2, 40)], "3": [(2, 30), (2, 50)]})


def linear_steps(slope: float, n: int = 300, size: float = 0.1) -> list[tuple[float, float]]:
    """Marginal cost slope x abatement, in steps whose cost is that at their middle."""
    return [(size, slope * size * (k + 0.5)) for k in range(n)]


def test_two_regions_with_linear_costs():
    """Own: 10a = 5b, a + b = 30: a = 10, b = 20, price 100. Alone 1125 + 562.5, together 500 + 1000."""
    provinces = market_of({"a": (100, 85), "b": (100, 85)})
    market = clear_market(provinces, steps_of({"a": linear_steps(10), "b": linear_steps(5)}))
    assert market.price_yuan_per_t == pytest.approx(100, abs=0.5)
    assert market.provinces["abatement_mt"].tolist() == pytest.approx([10, 20], abs=0.051)
    assert market.provinces["purchase_mt"].tolist() == pytest.approx([5, 0], abs=0.051)
    assert market.provinces["sale_mt"].tolist() == pytest.approx([0, 5], abs=0.051)
    assert market.provinces["no_trade_cost_1e8yuan"].tolist() == pytest.approx([11.25, 5.625])
    assert market.provinces["abatement_cost_1e8yuan"].sum() == pytest.approx(15, rel=1e-4)
    assert market.provinces["gain_1e8yuan"].sum() == pytest.approx(1.875, rel=1e-3)
    # a: 1125 alone, 500 + 5 x 100 with trade; b: 562.5 alone, 1000 - 500
    assert market.provinces["gain_1e8yuan"].tolist() == pytest.approx([1.25, 0.625], abs=0.06)


def test_price_has_two_sides_where_a_step_is_just_used_up():
    """Golden 6's steps under one market: quotas 22 of 24 use the first step, quotas 21.9 begin the second."""
    provinces = market_of({"1": (10, 9), "2": (8, 7), "3": (6, 6)})
    market = clear_market(provinces, GOLDEN_STEPS)
    assert (market.price_low_yuan_per_t, market.price_high_yuan_per_t) == (10, 20)
    assert market.price_yuan_per_t == 10
    provinces.loc["3", "quota_mt"] = 5.9
    inside = clear_market(provinces, GOLDEN_STEPS)
    assert (inside.price_low_yuan_per_t, inside.price_high_yuan_per_t) == (20, 20)


def test_equal_steps_are_used_in_the_same_part():
    """Own: need 6, steps 2 at 10 and 2 at 20, then 2 of the 4 at 30: half of each."""
    market = clear_market(market_of({"1": (10, 6), "2": (8, 7), "3": (6, 5)}), GOLDEN_STEPS)
    assert market.price_yuan_per_t == 30
    assert market.used_mt.loc[[("1", 2), ("3", 1)]].tolist() == [1, 1]
    assert market.regime == "cleared"


def test_slack_market_has_no_price_and_sells_in_proportion():
    """Own: 6 Mt of surplus, 2 to 4, meet a need of 3."""
    provinces = market_of({"1": (10, 7), "2": (8, 10), "3": (6, 10)})
    market = clear_market(provinces, GOLDEN_STEPS)
    assert (market.price_yuan_per_t, market.regime) == (0, "slack")
    assert market.price_high_yuan_per_t == 0
    assert market.provinces["sale_mt"].tolist() == pytest.approx([0, 1, 2])
    assert market.provinces["unsold_mt"].tolist() == pytest.approx([0, 1, 2])
    assert market.used_mt.sum() == 0


def test_quotas_that_just_suffice_have_a_price_from_below_only():
    market = clear_market(market_of({"1": (10, 10), "2": (8, 9), "3": (6, 5)}), GOLDEN_STEPS)
    assert (market.price_yuan_per_t, market.price_high_yuan_per_t) == (0, 10)


def test_ceiling_sells_extra_allowances():
    """Own: need 6; below 25 there are 4 Mt of steps; 2 Mt are sold on top of the cap."""
    provinces = market_of({"1": (10, 6), "2": (8, 7), "3": (6, 5)})
    market = clear_market(provinces, GOLDEN_STEPS, collar=PriceCollar(5, 25))
    assert (market.price_yuan_per_t, market.regime) == (25, "ceiling")
    assert market.extra_mt == pytest.approx(2)
    assert market.price_low_yuan_per_t == 30
    net = market.provinces["purchase_mt"].sum() - market.provinces["sale_mt"].sum()
    assert net == pytest.approx(2)
    # 1: alone 2 at 10, 2 extra at 25 instead of its step at 30
    assert market.provinces.loc["1", "no_trade_cost_1e8yuan"] == pytest.approx(0.7)
    assert market.provinces.loc["1", "uncovered_no_trade_mt"] == pytest.approx(2)


def test_a_step_as_dear_as_the_ceiling_comes_before_extra_allowances():
    provinces = market_of({"1": (10, 0), "2": (8, 7), "3": (6, 5)})
    market = clear_market(provinces, GOLDEN_STEPS, collar=PriceCollar(ceiling_yuan_per_t=30))
    assert market.used_mt.sum() == pytest.approx(8)
    assert market.extra_mt == pytest.approx(4)


def test_floor_withholds_allowances():
    """Own: need 1, cleared at 10; at a floor of 25 the steps at 10 and 20 are used, 3 Mt are withheld."""
    provinces = market_of({"1": (10, 9), "2": (8, 8), "3": (6, 6)})
    market = clear_market(provinces, GOLDEN_STEPS, collar=PriceCollar(25, 100))
    assert (market.price_yuan_per_t, market.regime) == (25, "floor")
    assert market.withheld_mt == pytest.approx(3)
    assert market.provinces["sale_mt"].tolist() == pytest.approx([1, 2, 0])
    assert market.provinces["unsold_mt"].sum() == 0


def test_floor_between_the_two_prices_of_a_kink_moves_no_quantity():
    market = clear_market(
        market_of({"1": (10, 9), "2": (8, 7), "3": (6, 6)}), GOLDEN_STEPS, collar=PriceCollar(15, 100)
    )
    assert (market.price_yuan_per_t, market.withheld_mt) == (15, 0)
    assert market.used_mt.sum() == pytest.approx(2)


def test_floor_in_a_slack_market():
    provinces = market_of({"1": (10, 10), "2": (8, 10), "3": (6, 6)})
    market = clear_market(provinces, GOLDEN_STEPS, collar=PriceCollar(5, 100))
    assert (market.regime, market.withheld_mt, market.used_mt.sum()) == ("floor", 2, 0)


def test_a_collar_that_does_not_bind_changes_nothing():
    provinces = market_of({"1": (10, 6), "2": (8, 7), "3": (6, 5)})
    free = clear_market(provinces, GOLDEN_STEPS)
    bound = clear_market(provinces, GOLDEN_STEPS, collar=PriceCollar(1, 100))
    assert free.price_yuan_per_t == bound.price_yuan_per_t
    pd.testing.assert_frame_equal(free.provinces, bound.provinces)


COSTS = st.lists(st.floats(1, 900), min_size=3, max_size=3)
PROVINCE = st.tuples(st.floats(1, 500), st.floats(0.7, 1.5), COSTS)


@settings(max_examples=25, deadline=None)
@given(st.lists(PROVINCE, min_size=2, max_size=6), st.sampled_from([None, PriceCollar(50, 300)]))
def test_invariants(rows, collar):
    provinces = market_of({f"{k}": (e, e * share) for k, (e, share, _) in enumerate(rows)})
    steps = steps_of({f"{k}": [(e * 0.2, c) for c in sorted(costs)] for k, (e, _, costs) in enumerate(rows)})
    market = clear_market(provinces, steps, collar=collar)
    table = market.provinces
    net = table["purchase_mt"].sum() - table["sale_mt"].sum()
    assert net == pytest.approx(market.extra_mt - market.withheld_mt, abs=1e-6)
    covered = provinces["quota_mt"] + table["abatement_mt"] + table["purchase_mt"] - table["sale_mt"]
    assert (covered - table["unsold_mt"]).to_numpy() == pytest.approx(provinces["emissions_mt"].to_numpy())
    assert (table["gain_1e8yuan"] >= -1e-9).all()  # nobody is made to trade
    assert (market.used_mt <= steps["size_mt"] * (1 + 1e-12)).all()
    dear = market.used_mt[steps["cost_yuan_per_t"] > market.price_yuan_per_t]
    assert dear.sum() == 0
    shuffled = clear_market(provinces.iloc[::-1], steps.iloc[::-1], collar=collar)
    assert shuffled.price_yuan_per_t == pytest.approx(market.price_yuan_per_t)
    np.testing.assert_allclose(shuffled.provinces.reindex(table.index), table, atol=1e-6)


def test_too_few_steps_are_named():
    with pytest.raises(InfeasibleError, match=r"at most 12 Mt.*found 14 Mt.*Issue 2 Mt more"):
        clear_market(market_of({"1": (10, 0), "2": (8, 6), "3": (6, 4)}), GOLDEN_STEPS)


def test_a_province_that_cannot_cover_itself_needs_an_outside_price():
    provinces = market_of({"1": (10, 5), "2": (8, 8), "3": (6, 6)})
    with pytest.raises(InfeasibleError, match="steps of 1: expected enough to cover it alone; found 1 Mt"):
        clear_market(provinces, GOLDEN_STEPS)
    market = clear_market(provinces, GOLDEN_STEPS, outside_yuan_per_t=100)
    # 2 at 10, 2 at 30, 1 at 100
    assert market.provinces.loc["1", "no_trade_cost_1e8yuan"] == pytest.approx(1.8)
    assert market.provinces["uncovered_no_trade_mt"].tolist() == [1, 0, 0]
    with pytest.raises(CapshareError, match="at least the market's 30; found 25"):
        clear_market(provinces, GOLDEN_STEPS, outside_yuan_per_t=25)


def test_all_problems_at_once():
    provinces = market_of({"1": (10, -6), "2": (np.nan, 7), "4": (6, 5)})
    with pytest.raises(CapshareError, match=r"provinces\[1, quota_mt\]") as caught:
        clear_market(
            provinces,
            GOLDEN_STEPS.assign(kind="tree").drop(columns="size_mt"),
            collar=PriceCollar(30, 20),
            outside_yuan_per_t=-1,
        )
    text = str(caught.value)
    for part in ("[2, emissions_mt]", "none of 4", "found 3.", "column size_mt", "kind]", "floor", "outside"):
        assert part in text


def test_repeated_rows_are_refused():
    provinces = market_of({"1": (10, 9), "2": (8, 7), "3": (6, 6)})
    with pytest.raises(CapshareError, match="each row once; found 1 more than once"):
        clear_market(pd.concat([provinces, provinces.iloc[:1]]), GOLDEN_STEPS)
    with pytest.raises(CapshareError, match="a finite floor; found inf"):
        clear_market(provinces, GOLDEN_STEPS, collar=PriceCollar(np.inf, np.inf))
