"""Contraction and convergence: on the way from present emissions to equal per capita."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "contraction-convergence",
    principle="sovereignty giving way to equality over time",
    formula="x_i = Q [(1 - c) E_i / ΣE + c P_i / ΣP]",
    reference="van den Berg et al. 2020 (per capita convergence), doi:10.1007/s10584-019-02368-y",
    needs=("emissions_mt", "population_1e4"),
    limits={"convergence": (0.0, 1.0)},
)
def contraction_convergence(inputs: pd.DataFrame, cap_mt: float, *, convergence: float = 0.5) -> pd.Series:
    r"""Split a cap between its share by emissions and its share by population.

    .. math:: x_i = Q\left[(1-c)\frac{E_i}{\sum_j E_j} + c\,\frac{P_i}{\sum_j P_j}\right]

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt``, Mt CO2, and ``population_1e4``, 1e4 persons
    cap_mt : Q, Mt CO2
    convergence : c from 0 to 1, no unit; how much of the way to the year of equal shares is gone, linearly
        (year − start) / (convergence year − start)

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody emits or nobody lives anywhere.

    References
    ----------
    van den Berg, N. J., et al. (2020). Climatic Change 162, 1805-1822. doi:10.1007/s10584-019-02368-y
    """
    by_emissions = proportional(inputs["emissions_mt"], (1 - convergence) * cap_mt)
    by_population = proportional(inputs["population_1e4"], convergence * cap_mt)
    return (by_emissions + by_population).rename("quota_mt")
