"""What a planner should know about quotas of any study, in every year that it allocates."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.notes import Note, Row, caution, stop
from capshare.base.noticed import noticed_rows
from capshare.model.targets.cuts import NOT_HELD
from capshare.solvers.program import Vector

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
    provinces: pd.DataFrame,
    base_emissions_mt: pd.Series,
    *,
    base_year: int,
    max_abatement: float,
    of_targets: bool,
) -> list[Note]:
    """Rising intensity, uncovered emissions, quotas far from emissions, deficits that sell, all steps abated.

    Parameters
    ----------
    provinces : index (year, code); ``quota_mt, emissions_mt, abatement_mt, uncovered_mt, purchase_mt,
        sale_mt`` (Mt) and, where GDP is known, ``intensity_cut_pct`` against the base year, %
    base_emissions_mt : index code, Mt
    base_year : after which an intensity can have risen
    max_abatement : share of a province's emissions that its cost steps reach
    of_targets : whether quotas are cuts, which are told in points

    Returns
    -------
    notes, each with every province and every year that it is about
    """
    index, p = provinces.index, {str(name): provinces[name].to_numpy() for name in provinces}
    year = index.get_level_values("year").to_numpy()
    years, later = sorted({int(one) for one in year}), year > base_year
    base = base_emissions_mt.reindex(index.get_level_values("code")).to_numpy()
    quota, emissions, abated = p["quota_mt"], p["emissions_mt"], p["abatement_mt"]
    notes = []
    if "intensity_cut_pct" in p:
        rise = -p["intensity_cut_pct"]
        risen = _rows(index, rise, later & (rise > RISE_PCT), years)
        notes += [stop("rising_intensity", provinces=risen)] if risen else []
    uncovered = _rows(index, p["uncovered_mt"], p["uncovered_mt"] > NOTHING_MT, years)
    notes += [stop("uncovered", provinces=uncovered)] if uncovered else []
    of_base = _ratio(quota, base)
    far = _rows(index, of_base, of_base > FAR_ABOVE_BASE, years)
    notes += [caution("quota_above_base", provinces=far, limit=FAR_ABOVE_BASE)] if far else []
    sold = p["sale_mt"] - p["purchase_mt"]
    sellers = _rows(index, sold, (quota < emissions - SALE_MT) & (sold > SALE_MT), years)
    notes += [caution("deficit_sells", provinces=sellers)] if sellers else []
    every_step = (abated > SALE_MT) & (abated >= max_abatement * emissions - NOTHING_MT)
    spent = _rows(index, abated, every_step, years)
    notes += [caution("abates_all", provinces=spent, limit=max_abatement)] if spent else []
    return notes if of_targets else [*notes, *_far_notes(index, _ratio(quota, emissions), later, years)]


def held_notes(decided_by: pd.Series, *, of_targets: bool) -> list[Note]:
    """Whether bounds decide more than a third of the quotas of some year, and whose.

    Parameters
    ----------
    decided_by : index (year, code); as of :func:`~capshare.model.targets.cuts.decided_by`
    of_targets : whether quotas are cuts
    """
    held = np.array([one not in NOT_HELD for one in decided_by])
    of_year, years = pd.factorize(decided_by.index.get_level_values("year"), sort=True)
    numbers, provinces = np.bincount(of_year, held), np.bincount(of_year)
    many = numbers / provinces > MANY_AT_A_BOUND
    found = _rows(decided_by.index, held.astype(float), held & many[of_year], [int(year) for year in years])
    rows = [(code, spans) for code, _, spans in found]
    if not rows:
        return []
    least, most = (int(end) for end in (numbers[many].min(), numbers[many].max()))
    span = f"{least}" if least == most else f"{least}–{most}"
    count = decided_by.index.get_level_values("code").nunique()
    if of_targets:
        return [caution("cuts_at_bounds", held=span, count=count, provinces=rows)]
    return [caution("quotas_at_bounds", held=span, count=count, provinces=rows)]


def _far_notes(index: pd.Index, ratio: Vector, later: NDArray[np.bool_], years: list[int]) -> list[Note]:
    """Quotas far from the emissions of their year; those of the base year are told beside it."""
    below = _rows(index, ratio, ratio < FAR_BELOW, years, "smallest")
    above = _rows(index, ratio, later & (ratio > FAR_ABOVE), years)
    notes = [caution("below", provinces=below)] if below else []
    return [*notes, caution("above", provinces=above)] if above else notes


def _ratio(amount: Vector, of: Vector) -> Vector:
    """An amount as a part of another; NaN, which is beyond no limit, where there is none of it."""
    ratio: Vector = np.divide(amount, of, out=np.full(len(amount), np.nan), where=of > 0)
    return ratio


def _rows(
    index: pd.Index,
    figures: Vector,
    noticed: NDArray[np.bool_],
    years: list[int],
    worst: Literal["largest", "smallest"] = "largest",
) -> tuple[Row, ...]:
    """Rows of what is noticed; most often nothing is."""
    if not noticed.any():
        return ()
    return noticed_rows(pd.Series(figures[noticed], index=index[noticed]), years, worst)
