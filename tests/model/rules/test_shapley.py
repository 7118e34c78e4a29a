"""Shapley over groups: the classical claims problem, and what happens above 15 groups."""

import re

import pandas as pd
import pytest

from capshare.model.rules.registry import apply, rule_notes
from capshare.reports.words.notes import note_texts


def test_three_wives():
    """O'Neill 1982, doi:10.1016/0165-4896(82)90029-4: random arrival on claims 100, 200, 300.

    An estate of 100 is always gone with the first arrival, so each gets a third; of 200 they get
    33 1/3, 83 1/3, 83 1/3, and of 300 they get 50, 100, 150.
    """
    table = pd.DataFrame({"emissions_mt": [100.0, 200, 300], "group": list("abc")}, index=["x", "y", "z"])
    for estate, expected in ((100, [100 / 3] * 3), (200, [100 / 3, 250 / 3, 250 / 3]), (300, [50, 100, 150])):
        assert apply("shapley", table, float(estate)).tolist() == pytest.approx(expected)


def test_inside_a_group_by_emissions():
    table = pd.DataFrame({"emissions_mt": [25.0, 75, 200, 300], "group": list("aabc")}, index=list("wxyz"))
    assert apply("shapley", table, 300.0).tolist() == pytest.approx([12.5, 37.5, 100, 150])


def test_a_cap_above_the_claims_gives_every_group_the_same_more():
    table = pd.DataFrame({"emissions_mt": [10.0, 30.0], "group": ["a", "b"]}, index=["x", "y"])
    assert apply("shapley", table, 60.0).tolist() == pytest.approx([20, 40])


def test_above_fifteen_groups_the_error_is_stated(provinces):
    alone = provinces.assign(group=provinces.index)
    quota = apply("shapley", alone, 11_000.0, {"orders": 300})
    [note] = note_texts(rule_notes("shapley", alone, 11_000.0, {"orders": 300}), {})
    assert re.search(r"sampled from 300 orders, as 30 groups .* at most [\d.]+ Mt", note)
    assert quota.sum() == pytest.approx(11_000)
    again = apply("shapley", alone.iloc[::-1], 11_000.0, {"orders": 300})
    assert again.reindex(quota.index).tolist() == pytest.approx(quota.tolist())
