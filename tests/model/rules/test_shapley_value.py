"""Shapley value: a worked game, the exact value against the sample, and its axioms."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.rules.shapley_value import shapley_value


def game(**worths):
    table = {frozenset(name[1:]): worth for name, worth in worths.items()}
    return table.__getitem__


def test_three_players():
    """Golden numbers 10: worths 68, 102, 0, 170, 710, 762, 992."""
    worth = game(v1=68, v2=102, v3=0, v12=170, v13=710, v23=762, v123=992)
    found = shapley_value("123", worth)
    assert found.value.to_dict() == pytest.approx({"1": 229, "2": 272, "3": 491})
    assert found.orders == 0
    assert (found.standard_error == 0).all()


def test_the_exact_value_is_the_mean_over_all_orders():
    claims = {"a": 3.0, "b": 5.0, "c": 8.0, "d": 9.0}

    def worth(coalition):
        return max(0.0, sum(claims[name] for name in coalition) - 13) ** 1.5

    gains = dict.fromkeys(claims, 0.0)
    orders = list(itertools.permutations(claims))
    for order in orders:
        for place, name in enumerate(order):
            gains[name] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    expected = {name: gain / len(orders) for name, gain in gains.items()}
    assert shapley_value("dbca", worth).value.to_dict() == pytest.approx(expected)


def test_sixteen_players_are_sampled_with_a_stated_error():
    """In a majority game of equals, each of 16 players has 1/16 of the worth."""
    names = [f"p{i:02}" for i in range(16)]
    found = shapley_value(names, lambda coalition: float(len(coalition) > 8), orders=1000, seed=1)
    assert found.orders == 1000
    assert found.value.sum() == pytest.approx(1)
    assert found.standard_error.max() < 0.01
    assert ((found.value - 1 / 16).abs() < 4 * found.standard_error).all()
    again = shapley_value(names[::-1], lambda coalition: float(len(coalition) > 8), orders=1000, seed=1)
    assert again.value.equals(found.value)


def test_fifteen_players_are_exact():
    names = [f"p{i:02}" for i in range(15)]
    found = shapley_value(names, lambda coalition: float(len(coalition)) ** 2)
    assert found.orders == 0
    assert found.value.to_numpy() == pytest.approx(np.full(15, 15.0))


def test_wrong_players_and_orders_are_refused():
    with pytest.raises(CapshareError, match="each player once"):
        shapley_value("aa", lambda coalition: 0.0)
    with pytest.raises(CapshareError, match="each player once"):
        shapley_value("", lambda coalition: 0.0)
    with pytest.raises(CapshareError, match="at least 2 orders; found 1"):
        shapley_value([str(i) for i in range(16)], lambda coalition: 0.0, orders=1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-10, 10), min_size=7, max_size=7))
def test_the_value_adds_up_to_the_worth_of_all(worths):
    names = ["v1", "v2", "v3", "v12", "v13", "v23", "v123"]
    found = shapley_value("123", game(**dict(zip(names, worths, strict=True))))
    assert found.value.sum() == pytest.approx(worths[-1], abs=1e-9)
