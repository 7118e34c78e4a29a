"""How far readings of a published study are from its results, and what that says of any one of them."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.outcome.published import agreement

# Figure → what the note calls it.
FIGURES = {
    "group_adjusted_rand": "rand",
    "balance_signs_right": "signs",
    "balance_classes_right": "classes",
    "quota_rank_correlation": "rank",
}
NO_DISTANCES: dict[str, float | None] = dict.fromkeys(FIGURES)


def distances(provinces: pd.DataFrame, published: pd.DataFrame) -> dict[str, float | None]:
    """How far one reading is from the published table.

    Parameters
    ----------
    provinces, published : as of :func:`~capshare.model.outcome.published.agreement`

    Returns
    -------
    ``group_adjusted_rand`` (1 the same groups, 0 chance), ``balance_signs_right`` and
    ``balance_classes_right`` (provinces), ``quota_rank_correlation`` (None where all quotas are equal)
    """
    value = agreement(provinces, published)["value"]
    return {figure: value.get(figure) for figure in FIGURES}


def reading_notes(readings: pd.DataFrame) -> tuple[Note, ...]:
    """The range of each figure over all readings: the study's own is a choice.

    Parameters
    ----------
    readings : index reading; the columns of :func:`distances`, empty where a reading has no split

    Returns
    -------
    one note, and another where readings have no split
    """
    figures = readings[list(FIGURES)].astype(float)
    without = int(figures["group_adjusted_rand"].isna().sum())
    values = {
        f"{called}_{name}": float(value)
        for figure, called in FIGURES.items()
        for name, value in zip(
            ("least", "mean", "most"), figures[figure].agg(["min", "mean", "max"]), strict=True
        )
    }
    notes = [caution("readings", count=len(figures) - without, **values)]
    if without:
        notes.append(caution("readings_without_split", count=without))
    return tuple(notes)
