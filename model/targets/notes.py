"""What a planner should know about assigned cuts."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.quota_notes import MANY_AT_A_BOUND
from capshare.model.targets.rounding import BEYOND_POINTS, points_beyond

# What a tolerance is kept to by a solver, points.
SOLVED_POINTS = 1e-6


def spread_notes(entitled_cut_pct: pd.Series, band_pct: tuple[float, ...]) -> list[Note]:
    """Entitled cuts of which the band decides more than a third, and the index only on which side.

    Parameters
    ----------
    entitled_cut_pct : index code, %
    band_pct : least and most that a cut may be, %
    """
    ends = [(entitled_cut_pct - end).abs() < SOLVED_POINTS for end in band_pct]
    at_end = entitled_cut_pct.index[ends[0] | ends[-1]]
    if len(at_end) <= MANY_AT_A_BOUND * len(entitled_cut_pct):
        return []
    return [
        caution("entitled_at_band", held=len(at_end), count=len(entitled_cut_pct), provinces=list(at_end))
    ]


def rounding_notes(cuts: pd.DataFrame) -> list[Note]:
    """Rounded cuts that together go further beyond the national cut than those of published tables.

    Parameters
    ----------
    cuts : index code; ``cut_pct, rounded_cut_pct`` (%) and ``constant_intensity_mt`` (Mt CO2)
    """
    constant = cuts["constant_intensity_mt"]
    national = float((cuts["cut_pct"] * constant).sum() / constant.sum())
    beyond = points_beyond(cuts["rounded_cut_pct"], constant, national)
    if beyond <= BEYOND_POINTS + SOLVED_POINTS:
        return []
    together = national + beyond
    return [
        caution("rounded_beyond", national=national, together=together, beyond=beyond, limit=BEYOND_POINTS)
    ]
