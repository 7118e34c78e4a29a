"""Equal per capita: every person has the same right."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "per-capita",
    principle="equality: the same for every person",
    formula="x_i = Q P_i / ΣP",
    reference="Rose, Stevens, Edmonds & Wise 1998, doi:10.1023/A:1008262407777",
    needs=("population_1e4",),
    share_of="population_1e4",
)
def per_capita(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to population.

    .. math:: x_i = Q\,\frac{P_i}{\sum_j P_j}

    Parameters
    ----------
    inputs : index ``code``; ``population_1e4``, 1e4 persons
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody lives anywhere.

    References
    ----------
    Rose, A., Stevens, B., Edmonds, J., & Wise, M. (1998). Environmental and Resource Economics 12, 25-51.
    doi:10.1023/A:1008262407777
    """
    return proportional(inputs["population_1e4"], cap_mt)
