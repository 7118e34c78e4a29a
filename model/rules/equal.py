"""Equal division: every region the same."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "equal",
    principle="equality of regions, whatever their size",
    formula="x_i = Q / n",
    reference="own: the yardstick in which size does not count",
)
def equal(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap into equal parts.

    .. math:: x_i = \frac{Q}{n}

    Parameters
    ----------
    inputs : index ``code``; any columns
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where there is no region.
    """
    return proportional(pd.Series(1.0, index=inputs.index), cap_mt)
