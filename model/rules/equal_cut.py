"""Equal cut: everybody cuts carbon intensity by the same part."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "equal-cut",
    principle="sovereignty: everybody cuts carbon intensity alike",
    formula="x_i = Q B_i / ΣB",
    reference="the national cut that State Council document 2011 No. 41 departs from",
    needs=("constant_intensity_mt",),
    share_of="constant_intensity_mt",
)
def equal_cut(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to emissions at the carbon intensity of the base year.

    .. math:: x_i = Q\,\frac{B_i}{\sum_j B_j},\qquad B_i=E_{ib}\,\frac{G_{it}}{G_{ib}}

    Parameters
    ----------
    inputs : index ``code``; ``constant_intensity_mt``, :math:`B_i`, Mt CO2
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody emits.
    """
    return proportional(inputs["constant_intensity_mt"], cap_mt)
