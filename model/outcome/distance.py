"""How far two splits are apart: in shares, in order, and in who comes out short."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT


def share_error_points(ours_mt: pd.Series, theirs_mt: pd.Series) -> pd.Series:
    """Ours less theirs in shares of the total, index of ours, percentage points.

    Parameters
    ----------
    ours_mt, theirs_mt : index ``code``, quotas, Mt CO2
    """
    return 100 * (ours_mt / ours_mt.sum() - theirs_mt / theirs_mt.sum())


def rank_correlation(one: pd.Series, other: pd.Series) -> float | None:
    """Spearman's rank correlation; None where all values of one side are equal.

    Parameters
    ----------
    one, other : index ``code``, any unit
    """
    if one.nunique() < 2 or other.nunique() < 2:
        return None
    return float(one.rank().corr(other.reindex(one.index).rank()))


def balance_sign(balance_mt: pd.Series) -> pd.Series:
    """1 in surplus, 0 balanced, -1 in deficit, index ``code``.

    Parameters
    ----------
    balance_mt : index ``code``, Mt CO2
    """
    return (balance_mt >= BALANCED_MT).astype(int) - (balance_mt <= -BALANCED_MT).astype(int)
