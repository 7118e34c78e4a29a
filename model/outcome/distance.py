"""How far two splits are apart: in shares, in order, and in who comes out short."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT

# Ranks are of numbers rounded to so many digits: what differs by rounding alone is a tie.
RANK_DIGITS = 6


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
    mine, theirs = ranks(one), ranks(other).reindex(one.index)
    return float(mine.corr(theirs)) if mine.nunique() > 1 and theirs.nunique() > 1 else None


def ranks(values: pd.Series, method: Literal["average", "min"] = "average") -> pd.Series:
    """Ranks from the largest down; what differs by rounding alone shares a rank.

    Parameters
    ----------
    values : any index, any unit whose sixth digit after the point says nothing
    method : which of their ranks equal ones share: the mean, or the first
    """
    return values.round(RANK_DIGITS).rank(ascending=False, method=method)


def balance_sign(balance_mt: pd.Series) -> pd.Series:
    """1 in surplus, 0 balanced, -1 in deficit, index ``code``.

    Parameters
    ----------
    balance_mt : index ``code``, Mt CO2
    """
    return (balance_mt >= BALANCED_MT).astype(int) - (balance_mt <= -BALANCED_MT).astype(int)
