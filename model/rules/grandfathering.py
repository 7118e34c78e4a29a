"""Grandfathering: who emitted may emit."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "grandfathering",
    principle="sovereignty: present emissions are a right",
    formula="x_i = Q E_i / ΣE",
    reference="Rose, Stevens, Edmonds & Wise 1998, doi:10.1023/A:1008262407777",
    needs=("emissions_mt",),
    share_of="emissions_mt",
)
def grandfathering(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to present emissions.

    .. math:: x_i = Q\,\frac{E_i}{\sum_j E_j}

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt``, Mt CO2
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody emits.

    References
    ----------
    Rose, A., Stevens, B., Edmonds, J., & Wise, M. (1998). Environmental and Resource Economics 12, 25-51.
    doi:10.1023/A:1008262407777
    """
    return proportional(inputs["emissions_mt"], cap_mt)
