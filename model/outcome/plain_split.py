"""A published table of quotas alone: without groups, balances and classes of its own."""

from __future__ import annotations

import pandas as pd

from capshare.base.frames import require_same_index
from capshare.model.outcome.balance import balance_mt, classify

NO_GROUPS = "all"


def from_split(
    quota_mt: pd.Series, emissions_mt: pd.Series, slight_mt: float, severe_mt: float
) -> pd.DataFrame:
    """Published quotas of a table without groups and classes, in the form of one that has them.

    Parameters
    ----------
    quota_mt : index ``code``, published, Mt CO2
    emissions_mt : index ``code``, that the balance is against, Mt CO2
    slight_mt, severe_mt : of :func:`~capshare.model.outcome.balance.classify`, Mt CO2

    Returns
    -------
    DataFrame, index and order of `quota_mt`, columns as of
    :func:`~capshare.model.outcome.published.from_table1`; one group ``all``, as nobody published any
    """
    require_same_index("from_split", quota_mt=quota_mt, emissions_mt=emissions_mt)
    balance = balance_mt(quota_mt, emissions_mt.reindex(quota_mt.index))
    return pd.DataFrame(
        {
            "group": NO_GROUPS,
            "quota_mt": quota_mt,
            "balance_mt": balance,
            "balance_class": classify(balance, slight_mt, severe_mt),
        }
    )
