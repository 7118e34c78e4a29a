"""Zero-sum-gains DEA: the worked example, and that all are efficient afterwards."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.rules.efficiency import emission_efficiency
from capshare.model.rules.registry import apply

OUTPUTS = ["gdp_1e8yuan", "population_1e4"]
FIVE = pd.DataFrame(
    {"emissions_mt": [2.0, 5, 3, 3, 2], "gdp_1e8yuan": [7.0, 5, 1, 3, 4]}, index=list("ABCDE")
)


def test_one_output():
    """Golden numbers 8 (own): quotas 5.25 3.75 .75 2.25 3 under constant returns."""
    found = apply("zsg-dea", FIVE, 15.0, {"outputs": ("gdp_1e8yuan",)})
    assert found.tolist() == pytest.approx([5.25, 3.75, 0.75, 2.25, 3], abs=1e-8)


def test_efficiency_by_hand():
    """Output per tonne is 3.5, 1, 1/3, 1 and 2: the best has 3.5."""
    found = emission_efficiency(FIVE["emissions_mt"], FIVE[["gdp_1e8yuan"]])
    assert found.tolist() == pytest.approx([1, 1 / 3.5, 1 / 10.5, 1 / 3.5, 2 / 3.5])


def test_efficiency_with_variable_returns_by_hand():
    """The least output 1 needs 2 t as E and A show; B could copy A, and C, D could copy E."""
    found = emission_efficiency(FIVE["emissions_mt"], FIVE[["gdp_1e8yuan"]], variable_returns=True)
    assert found.tolist() == pytest.approx([1, 2 / 5, 2 / 3, 2 / 3, 1])


@pytest.mark.parametrize("variable_returns", [False, True])
def test_all_are_efficient_afterwards(variable_returns, provinces):
    quota = apply("zsg-dea", provinces, 11_000.0, {"variable_returns": variable_returns})
    before = emission_efficiency(provinces["emissions_mt"], provinces[OUTPUTS], variable_returns)
    after = emission_efficiency(quota, provinces[OUTPUTS], variable_returns)
    assert before.min() < 0.5
    assert after.min() == pytest.approx(1, abs=1e-8)


def test_the_lp_agrees_with_another_solver(provinces):
    from scipy.optimize import linprog

    found = emission_efficiency(provinces["emissions_mt"], provinces[OUTPUTS])
    emissions, outputs = provinces["emissions_mt"].to_numpy(), provinces[OUTPUTS].to_numpy()
    for place in (0, 3, 14, 29):
        n = len(emissions)
        rows = np.vstack(
            [np.append(-emissions[place], emissions), np.column_stack([np.zeros(2), -outputs.T])]
        )
        right = np.append(0.0, -outputs[place])
        other = linprog(np.append(1.0, np.zeros(n)), A_ub=rows, b_ub=right)
        assert found.iloc[place] == pytest.approx(other.fun, rel=1e-6)


def test_zero_emissions_are_refused():
    with pytest.raises(CapshareError, match=r"emissions_mt\[A\]: expected a number > 0; found 0.0"):
        apply(
            "zsg-dea",
            FIVE.assign(emissions_mt=FIVE["emissions_mt"].replace(2.0, 0.0)),
            15.0,
            {"outputs": ("gdp_1e8yuan",)},
        )


def test_an_unknown_output_is_named():
    with pytest.raises(CapshareError, match="column energy_1e4tce: expected the column; found none"):
        apply("zsg-dea", FIVE, 15.0, {"outputs": ("gdp_1e8yuan", "energy_1e4tce")})
