"""The distance function's linear programme: the tightest frontier around all province-years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.model.abatement._lp import OPTIONS, solve_arrays
from capshare.model.abatement.distance_function import DistanceFunction
from capshare.model.abatement.quadratic_form import (
    ARGUMENTS,
    EMISSIONS,
    GDP,
    INPUTS,
    TERMS,
    cross_term,
    level_terms,
    scale,
    slope_terms,
)
from capshare.model.abatement.translation import TRANSLATION
from capshare.solvers.highs import HighsOptions

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Block = tuple[Matrix, float, float]

# D_bb <= 0 is a bound of a column; the other coefficients are free.
_UPPER = np.where(np.array(TERMS) == cross_term(EMISSIONS, EMISSIONS), 0.0, np.inf)


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


@dataclass(frozen=True)
class FrontierProgramme:
    """Rows of the programme at every observation and base row, made once for any counts.

    Attributes
    ----------
    level : observations × ``TERMS``, the distance itself
    slope, slope_at_base : argument → its slope at the observations and at the base rows, rows × ``TERMS``
    gdp_slope_when_cut : base rows × ``TERMS``, the slope in GDP where emissions are cut by ``max_abatement``
    level_without_emissions : observations × ``TERMS``
    means : index ``ARGUMENTS``, what each argument is divided by
    rules : guards and null-jointness
    """

    level: Matrix
    slope: Mapping[str, Matrix]
    slope_at_base: Mapping[str, Matrix]
    gdp_slope_when_cut: Matrix
    level_without_emissions: Matrix
    means: pd.Series
    rules: AignerChu

    def solve(self, counts: Vector, options: HighsOptions = OPTIONS) -> tuple[Vector, float]:
        """Find the coefficients, in the order of ``TERMS``, and the sum of the distances.

        Parameters
        ----------
        counts : how often each observation counts in the sum; one that counts 0 times bounds nothing
        options : of the engine

        Returns
        -------
        tuple

        Raises
        ------
        CapshareError
            If the rules cannot all hold.
        """
        among = counts > 0
        blocks = [*self._axioms(among), *TRANSLATION]
        try:
            coefficients, _, total = solve_arrays(
                counts[among] @ self.level[among],
                sparse.csr_matrix(np.vstack([matrix for matrix, _, _ in blocks])),
                np.concatenate([np.full(len(matrix), low) for matrix, low, _ in blocks]),
                np.concatenate([np.full(len(matrix), high) for matrix, _, high in blocks]),
                np.full(len(TERMS), -np.inf),
                _UPPER,
                options,
            )
        except InfeasibleError as none:
            raise CapshareError(_no_function(self.rules)) from none
        return coefficients, total

    def _axioms(self, among: Mask) -> list[Block]:
        slope = {name: np.vstack([at[among], self.slope_at_base[name]]) for name, at in self.slope.items()}
        blocks: list[Block] = [
            (self.level[among], 0.0, np.inf),
            *((slope[name], 0.0, np.inf) for name in (*INPUTS, EMISSIONS)),
            (np.vstack([slope[GDP], self.gdp_slope_when_cut]), -np.inf, -self.rules.least_gdp_slope),
        ]
        if self.rules.null_joint:
            blocks.append((self.level_without_emissions[among], -np.inf, 0.0))
        return blocks


def frontier_programme(
    observations: pd.DataFrame,
    base: pd.DataFrame,
    rules: AignerChu | None = None,
    means: pd.Series | None = None,
) -> FrontierProgramme:
    """Make the rows that :func:`estimate_distance_function` documents.

    Parameters
    ----------
    observations : index (code, year), columns ``ARGUMENTS``
    base : index code, columns ``ARGUMENTS``: the province-years whose price will be asked for
    rules : guards and null-jointness
    means : index ``ARGUMENTS``, what to divide by; the means of ``observations`` when left out

    Returns
    -------
    FrontierProgramme

    Raises
    ------
    CapshareError
        If a cell is not a finite number of at least 0, or a guard is outside its range.
    """
    rules = rules or AignerChu()
    _check_rules(rules)
    means = observations[list(ARGUMENTS)].mean() if means is None else means
    sample, base_scaled = scale(observations, means), scale(base, means)
    cut = base_scaled.assign(**{EMISSIONS: base_scaled[EMISSIONS] * (1 - rules.max_abatement)})
    return FrontierProgramme(
        level=level_terms(sample),
        slope={name: slope_terms(sample, name) for name in ARGUMENTS},
        slope_at_base={name: slope_terms(base_scaled, name) for name in ARGUMENTS},
        gdp_slope_when_cut=slope_terms(cut, GDP),
        level_without_emissions=level_terms(sample.assign(**{EMISSIONS: 0.0})),
        means=means[list(ARGUMENTS)].rename("mean"),
        rules=rules,
    )


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
    programme = frontier_programme(observations, base, rules, means)
    weights = np.ones(len(observations)) if counts is None else _aligned(counts, observations)
    coefficients, total = programme.solve(weights)
    return DistanceFunction(
        pd.Series(coefficients, index=list(TERMS), name="coefficient"),
        programme.means,
        programme.rules.max_abatement,
        programme.rules.null_joint,
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


def _aligned(counts: pd.Series, observations: pd.DataFrame) -> Vector:
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
