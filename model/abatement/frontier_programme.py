"""The frontier's linear programme: its rows at every observation, made once for any counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.model.abatement._lp import OPTIONS, solve_arrays
from capshare.model.abatement.quadratic_form import cross_term, level_terms, scale, slope_terms, terms
from capshare.model.abatement.technology import LEVELS, Technology
from capshare.model.abatement.translation import translation_rows
from capshare.solvers.highs import HighsOptions

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Block = tuple[Matrix, float, float]


@dataclass(frozen=True)
class AignerChu:
    """What the frontier must satisfy beyond the axioms.

    Attributes
    ----------
    max_abatement : largest cut of base-year emissions, as a share, at which a price will be asked for
    least_gdp_slope : how fast D must fall with GDP at least; the price divides by this slope, so where it
        comes near 0 a price has no bound
    null_joint : whether GDP without emissions is ruled out. The constraint asks the frontier to pass through
        a point far from any observation, which decides much of the level of all prices
    """

    max_abatement: float = 0.6
    least_gdp_slope: float = 0.1
    null_joint: bool = False


@dataclass(frozen=True)
class FrontierProgramme:
    """Rows of the programme at every observation and base row, made once for any counts.

    Attributes
    ----------
    technology : what the distance is a function of
    level : observations × terms, the distance itself
    slope, slope_at_base : argument → its slope at the observations and at the base rows, rows × terms
    gdp_slope_when_cut : base rows × terms, the slope in GDP where emissions are cut by ``max_abatement``
    level_without_emissions : observations × terms
    means : index argument, what each is divided by
    rules : guards and null-jointness
    """

    technology: Technology
    level: Matrix
    slope: Mapping[str, Matrix]
    slope_at_base: Mapping[str, Matrix]
    gdp_slope_when_cut: Matrix
    level_without_emissions: Matrix
    means: pd.Series
    rules: AignerChu

    def solve(self, counts: Vector, options: HighsOptions = OPTIONS) -> tuple[Vector, float]:
        """Find the coefficients, in the order of the terms, and the sum of the distances.

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
        blocks = [*self._axioms(among), *translation_rows(self.technology)]
        try:
            coefficients, _, total = solve_arrays(
                counts[among] @ self.level[among],
                sparse.csr_matrix(np.vstack([matrix for matrix, _, _ in blocks])),
                np.concatenate([np.full(len(matrix), low) for matrix, low, _ in blocks]),
                np.concatenate([np.full(len(matrix), high) for matrix, _, high in blocks]),
                np.full(self.level.shape[1], -np.inf),
                self._upper(),
                options,
            )
        except InfeasibleError as none:
            raise CapshareError(_no_function(self.rules)) from none
        return coefficients, total

    def _upper(self) -> Vector:
        """D_bb <= 0 is a bound of a column; the other coefficients are free."""
        arguments, emissions = self.technology.arguments, self.technology.emissions
        return np.where(
            np.array(terms(arguments)) == cross_term(arguments, emissions, emissions), 0.0, np.inf
        )

    def _axioms(self, among: Mask) -> list[Block]:
        about = self.technology
        slope = {name: np.vstack([at[among], self.slope_at_base[name]]) for name, at in self.slope.items()}
        blocks: list[Block] = [
            (self.level[among], 0.0, np.inf),
            *((slope[name], 0.0, np.inf) for name in (*about.inputs, about.emissions)),
            (np.vstack([slope[about.gdp], self.gdp_slope_when_cut]), -np.inf, -self.rules.least_gdp_slope),
        ]
        if self.rules.null_joint:
            blocks.append((self.level_without_emissions[among], -np.inf, 0.0))
        return blocks


def frontier_programme(
    observations: pd.DataFrame,
    base: pd.DataFrame,
    rules: AignerChu | None = None,
    means: pd.Series | None = None,
    technology: Technology = LEVELS,
) -> FrontierProgramme:
    """Make the rows that ``estimate_distance_function`` documents.

    Parameters
    ----------
    observations : index (code, year), one column per argument
    base : index code, columns likewise: the province-years whose price will be asked for
    rules : guards and null-jointness
    means : index argument, what to divide by; the means of ``observations`` when left out
    technology : what the distance is a function of

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
    arguments, emissions = list(technology.arguments), technology.emissions
    means = (observations[arguments].mean() if means is None else means[arguments]).rename("mean")
    sample, base_scaled = scale(observations, means), scale(base, means)
    cut = base_scaled.assign(**{emissions: base_scaled[emissions] * (1 - rules.max_abatement)})
    return FrontierProgramme(
        technology=technology,
        level=level_terms(sample),
        slope={name: slope_terms(sample, name) for name in arguments},
        slope_at_base={name: slope_terms(base_scaled, name) for name in arguments},
        gdp_slope_when_cut=slope_terms(cut, technology.gdp),
        level_without_emissions=level_terms(sample.assign(**{emissions: 0.0})),
        means=means,
        rules=rules,
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


def _check_rules(rules: AignerChu) -> None:
    bounds = {"max_abatement": (0.0, 1.0), "least_gdp_slope": (0.0, 1.0)}
    problems = [
        Problem("AignerChu", name, f"between {low:g} and {high:g}", f"{getattr(rules, name):g}", "Change it.")
        for name, (low, high) in bounds.items()
        if not low < getattr(rules, name) < high
    ]
    if problems:
        raise CapshareError(problems)
