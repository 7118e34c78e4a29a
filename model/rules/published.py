"""Published table: a published or negotiated split, scaled to the cap."""

from __future__ import annotations

import pandas as pd

from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register


@register(
    "published",
    principle="agreement: what was published or negotiated",
    formula="x_i = Q T_i / ΣT",
    reference="the table itself",
    needs=("published_quota_mt",),
    share_of="published_quota_mt",
)
def published(inputs: pd.DataFrame, cap_mt: float) -> pd.Series:
    r"""Split a cap in proportion to the quotas of a table, whatever its own total.

    .. math:: x_i = Q\,\frac{T_i}{\sum_j T_j}

    Parameters
    ----------
    inputs : index ``code``; ``published_quota_mt``, Mt CO2
    cap_mt : Q, Mt CO2

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where every quota of the table is 0.
    """
    return proportional(inputs["published_quota_mt"], cap_mt)
