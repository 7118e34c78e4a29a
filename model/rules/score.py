"""Entropy composite: a share by the score that entropy weights give a set of indicators."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "score",
    principle="composite: several principles, weighted by entropy",
    formula="x_i = Q s_i / Σs",
    reference="Hosseinzadeh Lotfi & Fallahnejad 2010, doi:10.3390/e12010053",
    needs=("score",),
    share_of="score",
)
def score(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to the composite score of the indicators.

    .. math:: x_i = Q\,\frac{s_i}{\sum_j s_j},\qquad s_i=\sum_j w_j z_{ij}

    Parameters
    ----------
    inputs : index ``code``; ``score``, no unit
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where every score is 0.

    References
    ----------
    Hosseinzadeh Lotfi, F., & Fallahnejad, R. (2010). Entropy 12(1), 53-62. doi:10.3390/e12010053
    """
    return proportional(inputs["score"], cap_mt)
