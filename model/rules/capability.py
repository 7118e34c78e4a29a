"""Capability: the richer the people, the less quota for each of them."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "capability",
    principle="capability: people who earn more can do with less",
    formula="x_i = Q w_i / Σw, w_i = P_i (Y_i / P_i)^-power",
    reference="Ringius, Torvanger & Underdal 2002, doi:10.1023/A:1015041613785",
    needs=("population_1e4", "gdp_1e8yuan"),
    positive=("population_1e4", "gdp_1e8yuan"),
)
def capability(inputs: pd.DataFrame, cap_mt: float, *, power: float = 0.5) -> pd.Series:
    r"""Split a cap by population, less per head where output per head is higher.

    .. math:: x_i = Q\,\frac{w_i}{\sum_j w_j},\qquad w_i = P_i\left(\frac{Y_i}{P_i}\right)^{-\eta}

    Parameters
    ----------
    inputs : index ``code``; ``population_1e4``, 1e4 persons, and ``gdp_1e8yuan``, 1e8 yuan, both > 0
    cap_mt : Q, Mt CO2
    power : :math:`\eta`, no unit; 0 is equal per capita, and at 1 quota per head is inverse to income

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    References
    ----------
    Ringius, L., Torvanger, A., & Underdal, A. (2002). International Environmental Agreements 2, 1-22.
    doi:10.1023/A:1015041613785. The principle is theirs; the power is a parameter without a canonical value.
    """
    population = inputs["population_1e4"]
    return proportional(population * (inputs["gdp_1e8yuan"] / population) ** -power, cap_mt)
