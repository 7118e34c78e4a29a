"""Columns of different regions never meet in one table."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.rules.registry import apply
from capshare.model.rules.requirements import rule_inputs

E = pd.Series({"a": 1.0, "b": 2.0})


def test_columns_are_joined_by_label():
    table = rule_inputs(emissions_mt=E, population_1e4=pd.Series({"b": 20.0, "a": 10.0}))
    assert table.loc["b"].to_dict() == {"emissions_mt": 2, "population_1e4": 20}
    assert list(table.index) == ["a", "b"]


def test_columns_of_other_regions_are_refused():
    with pytest.raises(CapshareError, match=r"rule_inputs, score: .*without \['b'\], with \['c'\] besides"):
        rule_inputs(emissions_mt=E, score=pd.Series({"a": 1.0, "c": 2.0}))


def test_a_region_twice_is_refused():
    table = pd.DataFrame({"emissions_mt": [1.0, 2.0]}, index=["a", "a"])
    with pytest.raises(CapshareError, match=r"each region once; found \['a'\] more than once"):
        apply("grandfathering", table, 1.0)


def test_an_empty_table_is_refused():
    with pytest.raises(CapshareError, match="each region once; found no region"):
        apply("equal", pd.DataFrame(index=pd.Index([], dtype=str)), 1.0)


def test_text_in_place_of_numbers_is_refused():
    with pytest.raises(CapshareError, match="column score: expected numbers; found"):
        apply("score", pd.DataFrame({"score": ["1", "2"]}, index=["a", "b"]), 1.0)


def test_a_missing_group_is_named():
    table = pd.DataFrame({"emissions_mt": E, "group": ["I", None]}, index=["a", "b"])
    with pytest.raises(CapshareError, match=r"group\[b\]: expected a name; found"):
        apply("shapley", table, 1.0)
