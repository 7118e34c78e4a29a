"""The distance function's linear programme: the tightest frontier around all province-years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.model.abatement._lp import solve_arrays
from capshare.model.abatement.distance_function import DistanceFunction
from capshare.model.abatement.quadratic_form import (
    ARGUMENTS,
    EMISSIONS,
    GDP,
    INPUTS,
    PAIRS,
    TERMS,
    level_terms,
    scale,
    slope_terms,
)

Matrix = npt.NDArray[np.floating[Any]]
Block = tuple[Matrix, float, float]


@dataclass(frozen=True)
class AignerChu:
    """What the frontier must satisfy beyond the axioms.

    Attributes
    ----------
    max_abatement : largest cut of base-year emissions, as a share, at which a price will be asked for
    least_gdp_slope : how fast D must fall with GDP at least; the price divides by this slope, so where it
        comes near 0 a price has no bound
    null_joint : whether GDP without emissions is ruled out. Left out by default: the constraint asks the
        frontier to pass through a point far from any observation, which sets the level of all prices (five
        times higher here)
    """

    max_abatement: float = 0.6
    least_gdp_slope: float = 0.1
    null_joint: bool = False


def estimate_distance_function(
    observations: pd.DataFrame,
    base: pd.DataFrame,
    rules: AignerChu | None = None,
    *,
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
    observations : index (code, year), columns ``ARGUMENTS``
    base : index code, columns ``ARGUMENTS``: the province-years whose price will be asked for
    rules : guards and null-jointness
    means : index ``ARGUMENTS``, what to divide by; the means of ``observations`` when left out
    counts : index of ``observations``, how often each counts in the sum; 1 when left out

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
    rules = rules or AignerChu()
    _check_rules(rules)
    means = observations[list(ARGUMENTS)].mean() if means is None else means
    sample, base_scaled = scale(observations, means), scale(base, means)
    weights = np.ones(len(sample)) if counts is None else _aligned(counts, observations)
    cost = (weights @ level_terms(sample)).astype(np.float64)
    try:
        coefficients, total = _solve(cost, [*_axioms(sample, base_scaled, rules), *_translation()])
    except InfeasibleError as none:
        raise CapshareError(_no_function(rules)) from none
    return DistanceFunction(
        pd.Series(coefficients, index=list(TERMS), name="coefficient"),
        means[list(ARGUMENTS)].rename("mean"),
        rules.max_abatement,
        rules.null_joint,
        total,
    )


def _no_function(rules: AignerChu) -> Problem:
    joint = "with" if rules.null_joint else "without"
    return Problem(
        "study",
        "prices",
        "a panel in which some distance function keeps every axiom",
        f"none {joint} null-jointness, of these fuels and years",
        "Count other fuels (prices.fuels), take other years (prices.years), or another prices.method.",
    )


def _solve(cost: npt.NDArray[np.float64], blocks: list[Block]) -> tuple[npt.NDArray[np.float64], float]:
    coefficients, _, total = solve_arrays(
        cost,
        sparse.csr_matrix(np.vstack([matrix for matrix, _, _ in blocks])),
        np.concatenate([np.full(len(matrix), low) for matrix, low, _ in blocks]),
        np.concatenate([np.full(len(matrix), high) for matrix, _, high in blocks]),
        np.full(len(TERMS), -np.inf),
        _upper_bounds(),
    )
    return coefficients, total


def _axioms(sample: pd.DataFrame, base: pd.DataFrame, rules: AignerChu) -> list[Block]:
    """Rows of the programme that compare the function with observations."""
    points = pd.concat([sample.reset_index(drop=True), base.reset_index(drop=True)])
    cut = base.assign(**{EMISSIONS: base[EMISSIONS] * (1 - rules.max_abatement)})
    blocks: list[Block] = [
        (level_terms(sample), 0.0, np.inf),
        *((slope_terms(points, name), 0.0, np.inf) for name in (*INPUTS, EMISSIONS)),
        (slope_terms(pd.concat([points, cut]), GDP), -np.inf, -rules.least_gdp_slope),
    ]
    if rules.null_joint:
        blocks.append((level_terms(sample.assign(**{EMISSIONS: 0.0})), -np.inf, 0.0))
    return blocks


def _translation() -> list[Block]:
    """Rows that make D fall by t when GDP rises by t and emissions fall by t."""
    first = pd.Series(0.0, index=list(TERMS))
    first[GDP], first[EMISSIONS] = 1.0, -1.0
    rows = []
    for name in ARGUMENTS:
        row = pd.Series(0.0, index=list(TERMS))
        row[_cross_term(name, GDP)] += 1.0
        row[_cross_term(name, EMISSIONS)] -= 1.0
        rows.append(row.to_numpy(dtype=np.float64))
    return [(first.to_numpy(dtype=np.float64)[None, :], -1.0, -1.0), (np.vstack(rows), 0.0, 0.0)]


def _cross_term(name: str, other: str) -> str:
    pair = (name, other) if (name, other) in PAIRS else (other, name)
    return " x ".join(pair)


def _upper_bounds() -> npt.NDArray[np.float64]:
    upper = np.full(len(TERMS), np.inf)
    upper[TERMS.index(_cross_term(EMISSIONS, EMISSIONS))] = 0.0
    return upper


def _aligned(counts: pd.Series, observations: pd.DataFrame) -> Matrix:
    if not counts.index.sort_values().equals(observations.index.sort_values()):
        differing = counts.index.symmetric_difference(observations.index)
        raise CapshareError(
            Problem(
                "counts", "index", "the index of observations", f"differing {list(differing)}", "Align them."
            )
        )
    return counts.reindex(observations.index).to_numpy(dtype=float)


def _check_rules(rules: AignerChu) -> None:
    bounds = {"max_abatement": (0.0, 1.0), "least_gdp_slope": (0.0, 1.0)}
    problems = [
        Problem("AignerChu", name, f"between {low:g} and {high:g}", f"{getattr(rules, name):g}", "Change it.")
        for name, (low, high) in bounds.items()
        if not low < getattr(rules, name) < high
    ]
    if problems:
        raise CapshareError(problems)
