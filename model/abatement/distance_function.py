"""The quadratic directional distance function, its shadow price of CO2 and that price's slope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.quadratic_form import cross_term, level_terms, scale, slope_terms, terms
from capshare.model.abatement.technology import Technology

# The programme holds a slope at 0 only to the solver's tolerance, and a price of -1e-4 yuan/t would be noise.
SLOPE_TOLERANCE = 1e-6


@dataclass(frozen=True)
class DistanceFunction:
    r"""How far a province lies from the frontier, going to more GDP and less CO2 at once.

    .. math:: D(v) = \alpha_0 + \sum_k \alpha_k v_k + \tfrac12\sum_{kl}\alpha_{kl} v_k v_l

    over :math:`v` = the technology's inputs, GDP (y) and emissions (b), each divided by its mean. A distance
    of 1 is one mean of GDP more together with one mean of emissions less.

    Attributes
    ----------
    technology : what it is a function of
    coefficients : index of the terms; a cross term carries :math:`\alpha_{kl}=\alpha_{lk}`, a square
        :math:`\alpha_{kk}`
    means : index argument; what each argument is divided by
    max_abatement : share up to which base-year emissions may be cut when a price is asked for
    null_joint : whether GDP without emissions was ruled out
    total_distance : sum of the distances over the sample, the least there is

    References
    ----------
    Färe, Grosskopf, Noh & Weber 2005. Characteristics of a polluting technology: theory and practice. Journal
    of Econometrics 126: 469-492. https://doi.org/10.1016/j.jeconom.2004.05.010
    """

    technology: Technology
    coefficients: pd.Series
    means: pd.Series
    max_abatement: float
    null_joint: bool
    total_distance: float

    @property
    def direction(self) -> pd.Series:
        """What a distance of 1 adds to GDP and to emissions, in the technology's units."""
        gdp, emissions = self.technology.gdp, self.technology.emissions
        return self.means[[gdp, emissions]] * pd.Series({gdp: 1.0, emissions: -1.0})

    def distance(self, observations: pd.DataFrame) -> pd.Series:
        """Measure the inefficiency; 0 is on the frontier.

        Parameters
        ----------
        observations : one column per argument, any index

        Returns
        -------
        Series
            the index of ``observations``, in multiples of ``direction``

        Raises
        ------
        CapshareError
            If a column is absent or a cell is not a finite number of at least 0.
        """
        scaled = scale(observations, self.means)
        return pd.Series(level_terms(scaled) @ self._vector, index=observations.index, name="inefficiency")

    def slope(self, observations: pd.DataFrame, argument: str) -> pd.Series:
        """Differentiate the distance with respect to one argument, both in multiples of their means.

        Parameters
        ----------
        observations : one column per argument, any index
        argument : of the technology

        Returns
        -------
        Series
            the index of ``observations``, no unit

        Raises
        ------
        CapshareError
            If a column is absent or a cell is not a finite number of at least 0.
        """
        scaled = scale(observations, self.means)
        return pd.Series(
            slope_terms(scaled, argument) @ self._vector, index=observations.index, name=argument
        )

    def price_yuan_per_t(self, observations: pd.DataFrame) -> pd.Series:
        """Price a tonne of CO2 by the GDP that goes with it along the frontier (:func:`price_yuan_per_t`).

        Parameters
        ----------
        observations : one column per argument, any index

        Returns
        -------
        Series
            the index of ``observations``, yuan/t in the prices of GDP

        Raises
        ------
        CapshareError
            If GDP carries no value at an observation, which then lies outside the range of the estimate.
        """
        by_gdp, by_emissions = self._slopes(observations)
        price = price_yuan_per_t(by_gdp, by_emissions, self.means, self.technology)
        return price.rename("price_yuan_per_t")

    def price_slope(self, observations: pd.DataFrame) -> pd.Series:
        r"""Tell how the price changes with emissions, GDP held fixed; negative where costs rise with
        abatement.

        .. math:: \frac{\partial q}{\partial b} = p_Y\,\frac{\bar y}{\bar b^2}\cdot
            \frac{D_b D_{yb} - D_y D_{bb}}{D_y^2}

        Parameters
        ----------
        observations : one column per argument, any index

        Returns
        -------
        Series
            the index of ``observations``, yuan/t per unit of the technology's emissions

        Raises
        ------
        CapshareError
            If GDP carries no value at an observation.
        """
        by_gdp, by_emissions = self._slopes(observations)
        _require_falling(by_gdp)
        about = self.technology
        curvature = self.coefficients[cross_term(about.arguments, about.emissions, about.emissions)]
        cross = self.coefficients[cross_term(about.arguments, about.gdp, about.emissions)]
        change = (by_emissions * cross - by_gdp * curvature) / by_gdp**2
        scaled = about.yuan_per_t * change * self.means[about.gdp] / self.means[about.emissions] ** 2
        return pd.Series(scaled, name="price_slope")

    def _slopes(self, observations: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        about = self.technology
        return self.slope(observations, about.gdp), self.slope(observations, about.emissions)

    @property
    def _vector(self) -> npt.NDArray[np.float64]:
        return self.coefficients.reindex(list(terms(self.technology.arguments))).to_numpy(dtype=float)


def price_yuan_per_t(
    by_gdp: pd.Series, by_emissions: pd.Series, means: pd.Series, technology: Technology
) -> pd.Series:
    r"""Price a tonne of CO2 by the slopes of the distance in GDP and in emissions.

    .. math:: q = -p_Y\,\frac{\partial D/\partial b}{\partial D/\partial y}\cdot\frac{\bar y}{\bar b}

    A slope in b below 1e-6 counts as 0, which is what the solver's tolerance can tell.

    Parameters
    ----------
    by_gdp, by_emissions : any index, slopes in multiples of the means
    means : index argument, of the sample
    technology : what the distance is a function of

    Returns
    -------
    Series
        the index of ``by_gdp``, yuan/t in the prices of GDP

    Raises
    ------
    CapshareError
        If GDP carries no value at an observation, which then lies outside the range of the estimate.
    """
    _require_falling(by_gdp)
    ratio = -by_emissions.mask(by_emissions.abs() < SLOPE_TOLERANCE, 0.0) / by_gdp
    price: pd.Series = technology.yuan_per_t * ratio * means[technology.gdp] / means[technology.emissions]
    return price


def _require_falling(by_gdp: pd.Series) -> None:
    problems = [
        Problem(
            "observations",
            str(label),
            "a distance that falls as GDP rises",
            f"slope {value:.4g}",
            "Stay within the provinces and cuts that the function was estimated for.",
        )
        for label, value in by_gdp[~(by_gdp < 0)].items()
    ]
    if problems:
        raise CapshareError(problems)
