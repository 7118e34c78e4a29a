"""Boltzmann distribution: the most probable split when emitting much per head makes a tonne less likely."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "boltzmann",
    principle="neutrality: the most probable split of many small permits",
    formula="x_i = Q w_i / Σw, w_i = P_i exp(-beta ε_i), ε_i = (E_i / P_i) / (ΣE / ΣP)",
    reference="Park, Kim & Isard 2012, doi:10.1016/j.physa.2012.05.052",
    needs=("emissions_mt", "population_1e4"),
    positive=("population_1e4",),
)
def boltzmann(inputs: pd.DataFrame, cap_mt: float, *, beta: float = 1.0) -> pd.Series:
    r"""Split a cap by the Boltzmann distribution over persons, with emissions per head as the energy.

    .. math:: x_i = Q\,\frac{P_i e^{-\beta\varepsilon_i}}{\sum_j P_j e^{-\beta\varepsilon_j}},\qquad
              \varepsilon_i = \frac{E_i/P_i}{\sum_j E_j/\sum_j P_j}

    Emissions per head are taken relative to their national mean, so that :math:`\beta` has no unit and the
    split does not depend on the units of the data. Which quantity is the energy is ours to choose.

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt``, Mt CO2, and ``population_1e4``, 1e4 persons
    cap_mt : Q, Mt CO2
    beta : :math:`\beta`, no unit; 0 is equal per capita

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody emits.

    References
    ----------
    Park, J.-W., Kim, C. U., & Isard, W. (2012). Physica A 391(20), 4883-4890.
    doi:10.1016/j.physa.2012.05.052
    """
    population = inputs["population_1e4"]
    energy = proportional(inputs["emissions_mt"], 1.0) / proportional(population, 1.0)
    # Only differences of energy matter; the smallest as the origin keeps a large beta from underflowing.
    return proportional(population * np.exp(-beta * (energy - energy.min())), cap_mt)
