"""Cuts in the steps in which targets are published, chosen so that the national cut is still met."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csc_array

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.model.targets.nearest_steps import LESS_BEYOND, SAME_POINTS, nearest_steps
from capshare.solvers.integer import solve_integer
from capshare.solvers.program import LinearProgram, UnsolvedError, Vector

# How far the rounded cuts may go beyond the national one, percentage points.
BEYOND_POINTS = 0.02
# Distance from the least possible, points, at which a programme counts as met again.
MET_POINTS = 1e-7


def rounded_cuts(
    cut_pct: pd.Series,
    constant_intensity_mt: pd.Series,
    national_cut_pct: float,
    *,
    step_points: float = 0.5,
    band_pct: tuple[float, float] = (0.0, 100.0),
) -> pd.Series:
    r"""Cuts in whole steps, as near to the given ones as the national cut and their order allow.

    .. math:: \min \sum_i B_i\,|c^r_i-c_i| \quad\text{s.t.}\quad
              \bar c \le \frac{\sum_i B_i c^r_i}{\sum_i B_i} \le \bar c + \tau,\quad
              |c^r_i-c_i| \le \delta,\quad
              c_i \le c_j \Rightarrow c^r_i \le c^r_j,\quad c^r_i \in \delta\mathbb{Z}

    No cut moves by more than a step, so that the figures stay recognisable. Equal cuts, as those of a tier
    that is bound to one, stay equal. τ is 0.02 points; where no whole steps come as near to the national cut,
    it is the least that they can go beyond it. The national cut is never missed.

    Parameters
    ----------
    cut_pct : index ``code``; cuts to round, %
    constant_intensity_mt : index ``code``; :math:`B_i`, emissions at constant intensity, Mt CO2, positive
    national_cut_pct : :math:`\bar c`, %
    step_points : δ, percentage points
    band_pct : least and most that a rounded cut may be, %

    Returns
    -------
    Series ``rounded_cut_pct``, index as `cut_pct`, %

    Raises
    ------
    CapshareError
        where provinces differ, a number is missing, the step is not positive, or no whole steps inside the
        band and within a step of the cuts meet the national cut.
    """
    source = "rounded_cuts"
    require_same_index(source, cut_pct=cut_pct, constant_intensity_mt=constant_intensity_mt)
    require_numbers(source, "cut_pct", cut_pct)
    require_numbers(source, "constant_intensity_mt", constant_intensity_mt)
    cut = cut_pct.to_numpy(dtype=float)
    share = constant_intensity_mt.reindex(cut_pct.index).to_numpy(dtype=float)
    share = share / share.sum()
    bounds = _steps_allowed(cut, band_pct, step_points, national_cut_pct)
    near = nearest_steps(
        cut,
        share,
        national_cut_pct,
        step_points=step_points,
        band_pct=band_pct,
        beyond_points=BEYOND_POINTS,
    )
    if near is None:
        program = _program(cut, share, national_cut_pct, step_points, bounds)
        near = _nearest(program, national_cut_pct, band_pct, step_points)[: len(cut)] * step_points
    return pd.Series(near, index=cut_pct.index, name="rounded_cut_pct")


def points_beyond(
    rounded_cut_pct: pd.Series, constant_intensity_mt: pd.Series, national_cut_pct: float
) -> float:
    """Points by which rounded cuts together go beyond the national cut.

    Parameters
    ----------
    rounded_cut_pct, constant_intensity_mt, national_cut_pct : as of :func:`rounded_cuts`
    """
    total = float((rounded_cut_pct * constant_intensity_mt).sum() / constant_intensity_mt.sum())
    return total - national_cut_pct


def _steps_allowed(
    cut: Vector, band_pct: tuple[float, float], step: float, national: float
) -> tuple[Vector, Vector]:
    """Fewest and most whole steps of each cut: inside the band, and within a step of the cut."""
    if not step > 0:
        found = Problem(
            "rounded_cuts", "step_points", "more than 0 points", f"{step:g}", "Give it in points."
        )
        raise CapshareError(found)
    # Whole steps may be missed by the rounding of a division.
    least, most = np.ceil(band_pct[0] / step - 1e-9), np.floor(band_pct[1] / step + 1e-9)
    low = np.maximum(np.ceil(cut / step - 1 - 1e-9), least)
    high = np.minimum(np.floor(cut / step + 1 + 1e-9), most)
    if (low > high).any():
        raise _cannot_meet(national, band_pct, step)
    return low, high


def _cannot_meet(national: float, band_pct: tuple[float, float], step: float) -> CapshareError:
    expected = f"whole steps of {step:g} points that can meet {national:g} %, none more than a step away"
    band = f"{band_pct[0]:g} to {band_pct[1]:g} %"
    remedy = "Widen the band, or round in smaller steps."
    return CapshareError(Problem("rounded_cuts", "band_pct", expected, band, remedy))


def _nearest(program: LinearProgram, national: float, band_pct: tuple[float, float], step: float) -> Vector:
    """The nearest rounding; where 0.02 points are too few, as little beyond the national cut as can be."""
    size = len(program.cost)
    is_integer = np.arange(size) < (size - 1) // 2
    try:
        return solve_integer(program, is_integer)
    except UnsolvedError as unsolved:
        if unsolved.status != "infeasible":
            raise
    beyond, most = np.where(np.arange(size) < size - 1, 0.0, 1.0), program.upper.copy()
    most[-1] = np.inf
    try:
        least = solve_integer(replace(program, cost=beyond, upper=most), is_integer)[-1]
    except UnsolvedError as unsolved:
        if unsolved.status != "infeasible":
            raise
        raise _cannot_meet(national, band_pct, step) from unsolved
    most[-1] = least + MET_POINTS
    return solve_integer(replace(program, upper=most), is_integer)


def _program(
    cut: Vector, share: Vector, national: float, step: float, bounds: tuple[Vector, Vector]
) -> LinearProgram:
    """Columns: whole steps, distances from the cuts, points beyond the national cut."""
    count = len(cut)
    one, order = np.arange(count), np.argsort(cut, kind="stable")
    low, high = order[:-1], order[1:]
    next_one = np.arange(count - 1)
    rows = [
        # d_i ≥ δ n_i − c_i and d_i ≥ c_i − δ n_i
        (one, one, np.full(count, step)), (one, count + one, -np.ones(count)),
        (count + one, one, np.full(count, step)), (count + one, count + one, np.ones(count)),
        # Σ b_i δ n_i − beyond = c̄
        (np.full(count, 2 * count), one, share * step),
        (np.array([2 * count]), np.array([2 * count]), -np.ones(1)),
        # n_low ≤ n_high, with equality where the cuts are equal
        (2 * count + 1 + next_one, high, np.ones(count - 1)),
        (2 * count + 1 + next_one, low, -np.ones(count - 1)),
    ]  # fmt: skip
    row, column, value = (np.concatenate(part) for part in zip(*rows, strict=True))
    shape = (3 * count, 2 * count + 1)
    none = np.full(count, np.inf)
    tied = np.isclose(cut[low], cut[high], rtol=0, atol=SAME_POINTS)
    return LinearProgram(
        cost=np.concatenate([np.zeros(count), share, [LESS_BEYOND]]),
        matrix=csc_array(coo_array((value, (row, column)), shape=shape)),
        row_lower=np.concatenate([-none, cut, [national], np.zeros(count - 1)]),
        row_upper=np.concatenate([cut, none, [national], np.where(tied, 0.0, np.inf)]),
        lower=np.concatenate([bounds[0], np.zeros(count + 1)]),
        upper=np.concatenate([bounds[1], none, [BEYOND_POINTS]]),
        rows={},
        columns={},
    )
