"""What a planner should know about quotas of any study, in every year that it allocates."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.notes import Note, caution, stop
from capshare.base.noticed import noticed_rows
from capshare.model.targets.cuts import NOT_HELD

# Conventions of ours: beyond them a province, or the study, is named to the reader, and nothing is changed.
FAR_ABOVE_BASE = 1.3
FAR_BELOW, FAR_ABOVE = 0.5, 1.5
MANY_AT_A_BOUND = 1 / 3
# Less than it is printed as no rise, %.
RISE_PCT = 0.05
# Less than it is what the solver counts as none, Mt.
NOTHING_MT = 1e-6
# Less than it is printed as no sale, Mt.
SALE_MT = 0.05


def quota_notes(
    provinces: pd.DataFrame, base_emissions_mt: pd.Series, *, base_year: int, of_targets: bool
) -> list[Note]:
    """Rising intensity, uncovered emissions, quotas far from emissions, deficits that sell.

    Parameters
    ----------
    provinces : index (year, code); ``quota_mt, emissions_mt, uncovered_mt, purchase_mt, sale_mt`` (Mt) and,
        where GDP is known, ``intensity_cut_pct`` against the base year, %
    base_emissions_mt : index code, Mt
    base_year : after which an intensity can have risen
    of_targets : whether quotas are cuts, which are told in points

    Returns
    -------
    notes, each with every province and every year that it is about
    """
    p = provinces
    year = p.index.get_level_values("year")
    years, later = sorted({int(one) for one in year}), year > base_year
    base = pd.Series(base_emissions_mt.reindex(p.index.get_level_values("code")).to_numpy(), index=p.index)
    notes = []
    if "intensity_cut_pct" in p:
        rise = -p["intensity_cut_pct"]
        risen = noticed_rows(rise[later & (rise > RISE_PCT)], years)
        notes += [stop("rising_intensity", provinces=risen)] if risen else []
    uncovered = noticed_rows(p["uncovered_mt"][p["uncovered_mt"] > NOTHING_MT], years)
    notes += [stop("uncovered", provinces=uncovered)] if uncovered else []
    of_base = (p["quota_mt"] / base).where(base > 0)
    far = noticed_rows(of_base[of_base > FAR_ABOVE_BASE], years)
    notes += [caution("quota_above_base", provinces=far, limit=FAR_ABOVE_BASE)] if far else []
    sold = (p["sale_mt"] - p["purchase_mt"])[p["quota_mt"] < p["emissions_mt"] - SALE_MT]
    sellers = noticed_rows(sold[sold > SALE_MT], years)
    notes += [caution("deficit_sells", provinces=sellers)] if sellers else []
    return notes if of_targets else [*notes, *_far_notes(p, later, years)]


def held_notes(decided_by: pd.Series, *, of_targets: bool) -> list[Note]:
    """Whether bounds decide more than a third of the quotas of some year, and whose.

    Parameters
    ----------
    decided_by : index (year, code); as of :func:`~capshare.model.targets.cuts.decided_by`
    of_targets : whether quotas are cuts
    """
    held = ~decided_by.isin(NOT_HELD)
    shares = held.groupby(level="year").mean()
    many = shares.index[shares > MANY_AT_A_BOUND]
    shown = held[held & held.index.get_level_values("year").isin(many)].astype(float)
    rows = [(code, years) for code, _, years in noticed_rows(shown, list(shares.index))]
    if not rows:
        return []
    number = held.groupby(level="year").sum()[many]
    span = f"{number.min()}" if number.min() == number.max() else f"{number.min()}–{number.max()}"
    count = held.index.get_level_values("code").nunique()
    if of_targets:
        return [caution("cuts_at_bounds", held=span, count=count, provinces=rows)]
    return [caution("quotas_at_bounds", held=span, count=count, provinces=rows)]


def _far_notes(provinces: pd.DataFrame, later: NDArray[np.bool_], years: list[int]) -> list[Note]:
    """Quotas far from the emissions of their year; those of the base year are told beside it."""
    emissions = provinces["emissions_mt"]
    ratio = (provinces["quota_mt"] / emissions).where(emissions > 0)
    below = noticed_rows(ratio[ratio < FAR_BELOW], years, "smallest")
    above = noticed_rows(ratio[later & (ratio > FAR_ABOVE)], years)
    notes = [caution("below", provinces=below)] if below else []
    return [*notes, caution("above", provinces=above)] if above else notes
