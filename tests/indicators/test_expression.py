"""Arithmetic over columns, and nothing else."""

import contextlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.indicators.expression import columns_of, evaluate

TABLE = pd.DataFrame(
    {"gdp_1e8yuan": [10.0, 20.0, 0.0], "population_1e4": [2, 5, 8], "name": ["a", "b", "c"]},
    index=pd.Index(["110000", "120000", "130000"], name="code"),
)


def value(expression, table=TABLE):
    return evaluate(expression, table, "study.toml", "indicator x")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("gdp_1e8yuan", [10, 20, 0]),
        ("gdp_1e8yuan / population_1e4", [5, 4, 0]),
        ("-(gdp_1e8yuan - 2 * population_1e4) + .5", [-5.5, -9.5, 16.5]),
        ("gdp_1e8yuan - population_1e4 - 1", [7, 14, -9]),
        ("1e2", [100, 100, 100]),
        (" (gdp_1e8yuan\n+ population_1e4) ", [12, 25, 8]),
    ],
)
def test_values(expression, expected):
    result = value(expression)
    assert result.tolist() == expected
    assert result.name is None
    assert result.dtype == "float64"
    pd.testing.assert_index_equal(result.index, TABLE.index)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "   ",
        "gdp_1e8yuan ** 2",
        "gdp_1e8yuan // 2",
        "gdp_1e8yuan % 2",
        "+gdp_1e8yuan",
        "abs(gdp_1e8yuan)",
        "__import__('os')",
        "gdp_1e8yuan.real",
        "gdp_1e8yuan[0]",
        "gdp_1e8yuan > 1",
        "gdp_1e8yuan if 1 else 2",
        "gdp_1e8yuan and 1",
        "not gdp_1e8yuan",
        "~gdp_1e8yuan",
        "(x := 1)",
        "lambda: 1",
        "[1]",
        "1, 2",
        "'text'",
        "True",
        "None",
        "1j",
        "1e999",
        "9" * 400,
        "gdp_1e8yuan +",
        "gdp 1e8yuan",
        "x = 1",
        "1\x00",
        "(" * 150 + "1" + ")" * 150 + "(",
        "-" * 500 + "1",
        "-" * 100000 + "1",
        "1" + "+1" * 200,
    ],
)
def test_everything_else_is_refused(expression):
    with pytest.raises(CapshareError, match=r"study.toml, indicator x: expected columns and numbers"):
        value(expression)
    with pytest.raises(CapshareError, match="expected columns and numbers joined by"):
        columns_of(expression)


def test_columns_of():
    assert columns_of("-b / (a + b) * 2 + c") == ("a", "b", "c")
    assert columns_of("1 + 1") == ()


def test_unknown_columns_get_the_nearest_match():
    with pytest.raises(CapshareError, match=r"found 'gdp_1e8yan'\. Did you mean gdp_1e8yuan") as caught:
        value("gdp_1e8yan / people")
    assert len(caught.value.problems) == 2


def test_a_column_of_text_is_not_a_number():
    with pytest.raises(CapshareError, match="expected a numeric column; found 'name'"):
        value("name + 1")


def test_division_by_zero_names_the_provinces():
    with pytest.raises(CapshareError, match="gdp_1e8yuan is 0 for 130000"):
        value("population_1e4 / gdp_1e8yuan")
    with pytest.raises(CapshareError, match="division by zero"):
        value("1 / (population_1e4 / gdp_1e8yuan)")
    with pytest.raises(CapshareError, match="2 - 2 is 0 for 110000, 120000, 130000"):
        value("1 / (2 - 2)")


def test_a_blank_or_infinite_cell_names_the_provinces():
    for bad in (np.nan, np.inf):
        with pytest.raises(CapshareError, match="gdp_1e8yuan without one for 120000"):
            value("1 / gdp_1e8yuan", TABLE.assign(gdp_1e8yuan=[1, bad, 2]))
    with pytest.raises(CapshareError, match="without one for 110000, 120000"):
        value("gdp_1e8yuan * 1e308")


@given(st.text(alphabet="ab1.+-*/() ", max_size=30))
def test_any_text_is_evaluated_or_refused(expression):
    table = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=["x", "y"])
    with contextlib.suppress(CapshareError):
        assert np.isfinite(value(expression, table)).all()
