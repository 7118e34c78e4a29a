"""Burden sharing: an index of who should do more, turned into cuts around the national one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index

Vector = NDArray[np.float64]


def points_above_mean(burden: pd.Series, constant_intensity_mt: pd.Series, spread_points: float) -> pd.Series:
    r"""Points by which each province's entitled cut lies above the national one.

    .. math:: p_i = \sigma\,\frac{R_i-\bar R_B}{R_{max}-R_{min}},\qquad
              \bar R_B = \frac{\sum_i B_iR_i}{\sum_i B_i}

    so that :math:`\sum_i B_i p_i = 0`: before any bound the cuts :math:`\bar c + p_i` meet the national cut.
    An index that is the same everywhere moves nobody.

    Parameters
    ----------
    burden : index ``code``; :math:`R_i`, more for those who should do more, no unit
    constant_intensity_mt : index ``code``; :math:`B_i`, emissions at constant intensity, Mt CO2
    spread_points : σ, points between the least and the most burdened, percentage points, ≥ 0

    Returns
    -------
    Series ``points_above_mean``, index as `burden`, percentage points

    Raises
    ------
    CapshareError
        where provinces differ, a number is missing, no emissions are positive or the spread is negative.
    """
    source = "points_above_mean"
    require_same_index(source, burden=burden, constant_intensity_mt=constant_intensity_mt)
    require_numbers(source, "burden", burden)
    require_numbers(source, "constant_intensity_mt", constant_intensity_mt)
    weight = constant_intensity_mt.reindex(burden.index)
    problems = _problems(source, weight, spread_points)
    if problems:
        raise CapshareError(problems)
    points = points_array(burden.to_numpy(dtype=float), weight.to_numpy(dtype=float), spread_points)
    return pd.Series(points, index=burden.index, name="points_above_mean")


def points_array(burden: Vector, constant_intensity_mt: Vector, spread_points: float) -> Vector:
    """Points as :func:`points_above_mean` has them, one per province.

    Parameters
    ----------
    burden : one per province, finite
    constant_intensity_mt : one per province, Mt CO2, ≥ 0 and not all 0
    spread_points : percentage points, ≥ 0
    """
    mean = (constant_intensity_mt * burden).sum() / constant_intensity_mt.sum()
    width = burden.max() - burden.min()
    points: Vector = spread_points * (burden - mean) / width if width > 0 else 0.0 * burden
    return points


def _problems(source: str, weight: pd.Series, spread_points: float) -> list[Problem]:
    problems = []
    if not (weight.ge(0).all() and weight.sum() > 0):
        remedy = "Correct the emissions or the growth of the provinces."
        expected, found = (
            "emissions of at least 0, not all of them 0",
            f"{weight.min():g} to {weight.max():g}",
        )
        problems.append(Problem(source, "constant_intensity_mt", expected, found, remedy))
    if not spread_points >= 0:
        remedy = "Turn the direction of an indicator to turn who does more."
        problems.append(Problem(source, "spread_points", "0 points or more", f"{spread_points:g}", remedy))
    return problems
