"""Places in the order of prices that an axiom decides, and not the data."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution

# Of all places: a convention of ours; who moves further changes from the dear to the cheap, or back.
FAR = 1 / 3


def axiom_notes(price_yuan_per_t: pd.Series, otherwise_yuan_per_t: pd.Series) -> list[Note]:
    """Provinces whose place in the order of prices hangs on null-jointness alone.

    Parameters
    ----------
    price_yuan_per_t : index code; as the study estimates them, yuan/t
    otherwise_yuan_per_t : index code; with null-jointness where the study is without it, else without, yuan/t
    """
    # The dearest has place 1.
    place = price_yuan_per_t.rank(ascending=False)
    other = otherwise_yuan_per_t.reindex(place.index).rank(ascending=False)
    distance = (place - other).abs().sort_values(ascending=False, kind="stable")
    moved = distance.index[distance > FAR * len(place)]
    if moved.empty:
        return []
    rows = [(code, place[code], other[code]) for code in moved]
    return [caution("axiom_decides", provinces=rows, count=len(place), correlation=place.corr(other))]
