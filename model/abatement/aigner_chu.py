"""The distance function's estimate: the tightest frontier around all province-years."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.distance_function import DistanceFunction
from capshare.model.abatement.frontier_programme import AignerChu, frontier_programme
from capshare.model.abatement.quadratic_form import terms
from capshare.model.abatement.technology import LEVELS, Technology

Vector = npt.NDArray[np.float64]


def estimate_distance_function(
    observations: pd.DataFrame,
    base: pd.DataFrame,
    rules: AignerChu | None = None,
    *,
    technology: Technology = LEVELS,
    means: pd.Series | None = None,
    counts: pd.Series | None = None,
) -> DistanceFunction:
    r"""Fit the quadratic directional distance function, direction (+GDP, -CO2), by linear programming.

    .. math:: \min_\alpha \sum_k n_k D(v_k)\quad\text{s.t.}\quad
        D(v_k)\ge0,\; D_x\ge0,\; D_b\ge0,\; D_y\le-0.1,\; D_{bb}\le0,

    translation :math:`\alpha_y-\alpha_b=-1`, :math:`\alpha_{ky}=\alpha_{kb}` for every argument k, symmetry
    by construction, and optionally null-jointness :math:`D(x_k,y_k,0)\le0`. Slopes are bounded at every
    observation and every base row; :math:`D_y` also where a base row's emissions are cut by
    ``max_abatement``. By translation :math:`D_y=D_b-1`, so the price is :math:`D_b/(1-D_b)` in normalised
    units, and :math:`D_{bb}\le0` makes it rise as emissions fall.

    Parameters
    ----------
    observations : index (code, year), one column per argument
    base : index code, columns likewise: the province-years whose price will be asked for
    rules : guards and null-jointness
    technology : what the distance is a function of
    means : index argument, what to divide by; the means of ``observations`` when left out
    counts : index of ``observations``, how often each counts in the sum, 0 for not at all; 1 when left out

    Returns
    -------
    DistanceFunction

    Raises
    ------
    CapshareError
        If a cell is not a finite number of at least 0, an index differs, or the rules cannot all hold.

    References
    ----------
    Aigner & Chu 1968. On estimating the industry production function. American Economic Review 58: 826-839
    (no DOI). Färe, Grosskopf, Noh & Weber 2005. https://doi.org/10.1016/j.jeconom.2004.05.010
    """
    programme = frontier_programme(observations, base, rules, means, technology)
    weights = np.ones(len(observations)) if counts is None else _aligned(counts, observations)
    coefficients, total = programme.solve(weights)
    return DistanceFunction(
        technology,
        pd.Series(coefficients, index=list(terms(technology.arguments)), name="coefficient"),
        programme.means,
        programme.rules.max_abatement,
        programme.rules.null_joint,
        total,
    )


def _aligned(counts: pd.Series, observations: pd.DataFrame) -> Vector:
    if not counts.index.sort_values().equals(observations.index.sort_values()):
        differing = counts.index.symmetric_difference(observations.index)
        raise CapshareError(
            Problem(
                "counts", "index", "the index of observations", f"differing {list(differing)}", "Align them."
            )
        )
    return counts.reindex(observations.index).to_numpy(dtype=float)
