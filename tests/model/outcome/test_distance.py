import pandas as pd
import pytest

from capshare.model.outcome.distance import rank_correlation, ranks


def test_amounts_that_differ_by_rounding_alone_share_a_rank():
    quota = pd.Series({"a": 1.0, "b": 0.1 + 0.2, "c": 0.3, "d": 2.0})
    assert quota["b"] != quota["c"]
    assert ranks(quota).to_dict() == {"d": 1.0, "a": 2.0, "b": 3.5, "c": 3.5}


def test_the_last_digit_of_a_computed_amount_does_not_decide_how_alike_two_orders_are():
    # Ranks 1, 2, 3.5, 3.5 on both sides, whichever of b and c the rounding left larger.
    one = pd.Series({"a": 1.0, "b": 0.1 + 0.2, "c": 0.3, "d": 2.0})
    other = pd.Series({"d": 9.0, "c": 0.30000000000000004, "b": 0.3, "a": 5.0})
    assert rank_correlation(one, other) == pytest.approx(1.0)


def test_without_an_order_on_one_side_there_is_no_correlation():
    even = pd.Series({"a": 0.1 + 0.2, "b": 0.3, "c": 0.3})
    assert rank_correlation(even, pd.Series({"a": 1.0, "b": 2.0, "c": 3.0})) is None
