"""What a planner should know about assigned cuts."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.targets.cuts import COST

# Conventions of ours: beyond them a province, or the study, is named to the reader, and nothing is changed.
FAR_ABOVE_BASE = 1.3
MANY_AT_A_BOUND = 1 / 3


def cut_notes(cuts: pd.DataFrame, *, one_naive_curve: bool) -> list[Note]:
    """Quotas far above the base year's emissions, cuts that a bound decides, prices of one naive curve.

    Parameters
    ----------
    cuts : index code; ``quota_mt, base_emissions_mt`` (Mt) and ``decided_by``
    one_naive_curve : whether costs are the yield of a tonne, which orders provinces by GDP per tonne
    """
    ratio = (cuts["quota_mt"] / cuts["base_emissions_mt"]).where(cuts["base_emissions_mt"] > 0)
    far = ratio[ratio > FAR_ABOVE_BASE].sort_values(ascending=False, kind="stable")
    notes = []
    if len(far):
        notes.append(caution("quota_above_base", provinces=list(far.items()), limit=FAR_ABOVE_BASE))
    held = int((cuts["decided_by"] != COST).sum())
    if held > MANY_AT_A_BOUND * len(cuts):
        notes.append(caution("cuts_at_bounds", held=held, count=len(cuts)))
    if one_naive_curve:
        notes.append(caution("naive_curve"))
    return notes
