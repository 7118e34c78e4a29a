"""What would change a province's quota most: the largest changes one by one, the others counted."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text
from capshare.reports.words.columns import MT, readable

# More rows push what stands above them out of sight.
_CHANGES = 8
# What is printed as 0.0 Mt is no change.
_LEAST_CHANGE_MT = 0.05


def change_rows(sensitivity: pd.DataFrame, lang: str = DEFAULT_LANGUAGE) -> list[tuple[str, str, str]]:
    """Rows of the table of changes: the largest, the rest in one row, those infeasible, those without effect.

    Parameters
    ----------
    sensitivity : index ``change``; ``quota_mt, change_mt``, Mt, the largest first
    lang : of the words

    Returns
    -------
    list of (change, quota, change of the quota), in words
    """
    size = sensitivity["change_mt"].abs()
    moving, unsolved = sensitivity[size >= _LEAST_CHANGE_MT], sensitivity[size.isna()]
    rows = [
        (str(name), readable(row["quota_mt"], MT), f"{row['change_mt']:+,.1f}")
        for name, row in moving.head(_CHANGES).iterrows()
    ]
    if len(rest := size[moving.index[_CHANGES:]]):
        most = text("explain.at_most", lang, change=f"{rest.max():,.1f}")
        rows.append((_others(len(rest), lang), "", most))
    rows += [(str(name), text("explain.no_solution", lang), "") for name in unsolved.index]
    if idle := len(sensitivity) - len(moving) - len(unsolved):
        rows.append((_others(idle, lang), "", text("explain.idle", lang)))
    return rows


def _others(count: int, lang: str) -> str:
    return text("explain.other_change" if count == 1 else "explain.other_changes", lang, count=count)
