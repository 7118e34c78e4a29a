"""Cuts in the steps in which targets are published, chosen so that the national cut is still met."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csc_array

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.model.targets.nearest_steps import nearest_steps
from capshare.solvers.integer import solve_integer
from capshare.solvers.program import LinearProgram, Vector

# How far the rounded cuts may go beyond the national one, percentage points.
BEYOND_POINTS = 0.02
# Going further costs more than any rounding could save, so it is done only where no rounding stays within.
FURTHER = 1e3
# Of several roundings that are as near, the one that goes less beyond.
LESS_BEYOND = 1e-6


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
              \bar c \le \frac{\sum_i B_i c^r_i}{\sum_i B_i} \le \bar c + 0.02,\quad
              c_i \le c_j \Rightarrow c^r_i \le c^r_j,\quad c^r_i \in \delta\mathbb{Z}

    Where one is within reach, a rounding is taken that moves no cut by more than a step.
    Equal cuts, as those of a tier that is bound to one, stay equal. Where no whole steps come as near to the
    national cut, the least that can be gone beyond it is; it is never missed.

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
        where provinces differ, a number is missing, the step is not positive, or the whole steps inside the
        band are too few to meet the national cut.
    """
    source = "rounded_cuts"
    require_same_index(source, cut_pct=cut_pct, constant_intensity_mt=constant_intensity_mt)
    require_numbers(source, "cut_pct", cut_pct)
    require_numbers(source, "constant_intensity_mt", constant_intensity_mt)
    least, most = _steps_within(band_pct, step_points, national_cut_pct)
    share = constant_intensity_mt.reindex(cut_pct.index).to_numpy(dtype=float)
    share = share / share.sum()
    near = nearest_steps(
        cut_pct.to_numpy(dtype=float),
        share,
        national_cut_pct,
        step_points=step_points,
        band_pct=band_pct,
        beyond_points=BEYOND_POINTS,
    )
    if near is not None:
        return pd.Series(near, index=cut_pct.index, name="rounded_cut_pct")
    program = _program(cut_pct.to_numpy(dtype=float), share, national_cut_pct, step_points, (least, most))
    count = len(cut_pct)
    is_integer = np.arange(len(program.cost)) < count
    steps = solve_integer(program, is_integer)[:count]
    return pd.Series(steps * step_points, index=cut_pct.index, name="rounded_cut_pct")


def _steps_within(band_pct: tuple[float, float], step: float, national: float) -> tuple[int, int]:
    """Fewest and most whole steps inside the band."""
    if not step > 0:
        found = Problem(
            "rounded_cuts", "step_points", "more than 0 points", f"{step:g}", "Give it in points."
        )
        raise CapshareError(found)
    # A band of whole steps may miss them by the rounding of a division.
    least, most = (
        int(edge) for edge in (np.ceil(band_pct[0] / step - 1e-9), np.floor(band_pct[1] / step + 1e-9))
    )
    if least <= most and national <= most * step + 1e-9:
        return least, most
    raise CapshareError(
        Problem("rounded_cuts", "band_pct", f"whole steps of {step:g} points that can meet {national:g} %",
                f"{band_pct[0]:g} to {band_pct[1]:g} %", "Widen the band, or round in smaller steps.")
    )  # fmt: skip


def _program(
    cut: Vector, share: Vector, national: float, step: float, bounds: tuple[int, int]
) -> LinearProgram:
    """Columns: whole steps, distances from the cuts, points beyond within and further than allowed."""
    count = len(cut)
    one, order = np.arange(count), np.argsort(cut, kind="stable")
    low, high = order[:-1], order[1:]
    next_one = np.arange(count - 1)
    rows = [
        # d_i ≥ δ n_i − c_i and d_i ≥ c_i − δ n_i
        (one, one, np.full(count, step)), (one, count + one, -np.ones(count)),
        (count + one, one, np.full(count, step)), (count + one, count + one, np.ones(count)),
        # Σ b_i δ n_i − beyond − further = c̄
        (np.full(count, 2 * count), one, share * step),
        (np.array([2 * count, 2 * count]), np.array([2 * count, 2 * count + 1]), -np.ones(2)),
        # n_low ≤ n_high, with equality where the cuts are equal
        (2 * count + 1 + next_one, high, np.ones(count - 1)),
        (2 * count + 1 + next_one, low, -np.ones(count - 1)),
    ]  # fmt: skip
    row, column, value = (np.concatenate(part) for part in zip(*rows, strict=True))
    shape = (3 * count, 2 * count + 2)
    none = np.full(count, np.inf)
    tied = np.isclose(cut[low], cut[high], rtol=0, atol=1e-9)
    return LinearProgram(
        cost=np.concatenate([np.zeros(count), share, [LESS_BEYOND, FURTHER]]),
        matrix=csc_array(coo_array((value, (row, column)), shape=shape)),
        row_lower=np.concatenate([-none, cut, [national], np.zeros(count - 1)]),
        row_upper=np.concatenate([cut, none, [national], np.where(tied, 0.0, np.inf)]),
        lower=np.concatenate([np.full(count, float(bounds[0])), np.zeros(count + 2)]),
        upper=np.concatenate([np.full(count, float(bounds[1])), none, [BEYOND_POINTS, np.inf]]),
        rows={},
        columns={},
    )
