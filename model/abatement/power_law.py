"""The power law of abatement costs: how prices rise as carbon intensity falls, from provinces' own years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from capshare.base.errors import CapshareError, Problem

CONFIDENCE = 0.95


@dataclass(frozen=True)
class PowerLaw:
    r"""The fitted law :math:`\ln q_{it}=a_i+b\ln\kappa_{it}`.

    Attributes
    ----------
    elasticity : b, no unit; negative where prices rise as intensity falls
    elasticity_low, elasticity_high : its interval of 95 %, clustered by province
    within_r2 : share of the variation inside provinces that it explains
    provinces : index code; ``fixed_effect`` (a, ln yuan/t), ``fitted_price_yuan_per_t`` at the last year's
        intensity, ``residual_rms`` (of ln q; 0.1 is about 10 %), ``r_squared`` (against the province's own
        mean price), ``fits_badly`` (the law explains less than that mean does)
    observations : index (code, year); ``count``, ``carbon_intensity_t_per_1e4yuan``, ``price_yuan_per_t``,
        ``fitted_price_yuan_per_t``, ``residual`` (of ln q)
    """

    elasticity: float
    elasticity_low: float
    elasticity_high: float
    within_r2: float
    provinces: pd.DataFrame
    observations: pd.DataFrame


def fit_power_law(
    price_yuan_per_t: pd.Series, carbon_intensity_t_per_1e4yuan: pd.Series, counts: pd.Series
) -> PowerLaw:
    r"""Regress log prices on log carbon intensity with a fixed effect of each province.

    .. math:: \ln q_{it}=a_i+b\ln\kappa_{it}+u_{it},\qquad
        \widehat{\operatorname{var}}\,b=\frac{G}{G-1}\,\frac{N-1}{N-2}\,
        \frac{\sum_i(\sum_t n_{it}\tilde x_{it}u_{it})^2}{(\sum_{it}n_{it}\tilde x_{it}^2)^2}

    with :math:`\tilde x` the deviation of :math:`\ln\kappa` from the province's weighted mean, G provinces, N
    observations, and the interval by Student's t with G − 1 degrees of freedom.

    Parameters
    ----------
    price_yuan_per_t : q, index (code, year), yuan/t
    carbon_intensity_t_per_1e4yuan : κ, the same index, t per 1e4 yuan
    counts : n, the same index, how often each observation counts

    Returns
    -------
    PowerLaw

    Raises
    ------
    CapshareError
        If a price is not positive, or prices do not rise as intensity falls.

    References
    ----------
    Du, Hanley & Wei 2015. Estimating the marginal abatement cost curve of CO2 emissions in China: provincial
    panel data analysis. Energy Economics 48: 217-229. https://doi.org/10.1016/j.eneco.2015.01.007
    """
    _check_positive(price_yuan_per_t)
    table = pd.DataFrame(
        {
            "count": counts,
            "carbon_intensity_t_per_1e4yuan": carbon_intensity_t_per_1e4yuan,
            "price_yuan_per_t": price_yuan_per_t,
        }
    )
    table = table.sort_index()
    x, y = np.log(table["carbon_intensity_t_per_1e4yuan"]), np.log(table["price_yuan_per_t"])
    dx, dy = (value - _own_mean(value, table["count"]) for value in (x, y))
    spread = float((table["count"] * dx**2).sum())
    b = float((table["count"] * dx * dy).sum()) / spread
    _check_falling(b)
    residual = dy - b * dx
    table["fitted_price_yuan_per_t"] = np.exp(y - residual)
    table["residual"] = residual
    half = _half_width(table["count"] * dx * residual, spread)
    return PowerLaw(
        elasticity=b,
        elasticity_low=b - half,
        elasticity_high=b + half,
        within_r2=_explained(residual, dy, table["count"]),
        provinces=_by_province(table, dy, b),
        observations=table,
    )


def _own_mean(values: pd.Series, counts: pd.Series) -> pd.Series:
    """Each province's weighted mean, on every one of its years."""
    total = (values * counts).groupby(level="code").transform("sum")
    return total / counts.groupby(level="code").transform("sum")


def _half_width(scores: pd.Series, spread: float) -> float:
    of_province = scores.groupby(level="code").sum()
    clusters, n = len(of_province), len(scores)
    variance = clusters / (clusters - 1) * (n - 1) / (n - 2) * float((of_province**2).sum()) / spread**2
    return float(stdtrit(clusters - 1, (1 + CONFIDENCE) / 2) * np.sqrt(variance))


def _explained(residual: pd.Series, deviation: pd.Series, counts: pd.Series) -> float:
    return 1 - float((counts * residual**2).sum() / (counts * deviation**2).sum())


def _by_province(table: pd.DataFrame, deviation: pd.Series, b: float) -> pd.DataFrame:
    last = table.groupby(level="code").last()
    fitted = last["fitted_price_yuan_per_t"]
    count = table["count"]
    weight = count.groupby(level="code").sum()
    squares, total = (
        (count * value**2).groupby(level="code").sum() for value in (table["residual"], deviation)
    )
    return pd.DataFrame(
        {
            "fixed_effect": np.log(fitted) - b * np.log(last["carbon_intensity_t_per_1e4yuan"]),
            "fitted_price_yuan_per_t": fitted,
            "residual_rms": np.sqrt(squares / weight),
            "r_squared": 1 - squares / total,
            "fits_badly": squares > total,
        }
    ).rename_axis("code")


def _check_positive(price_yuan_per_t: pd.Series) -> None:
    odd = price_yuan_per_t[~((price_yuan_per_t > 0) & (price_yuan_per_t < np.inf))]
    if len(odd):
        rows = ", ".join(f"{code} {year}" for code, year in odd.index)
        remedy = "Set prices.null_joint = true, take other prices.years, or another prices.method."
        raise CapshareError(
            Problem("study", "prices.method", "a positive price in every province-year, as a power law has "
                    "no other", f"none in {rows}", remedy)
        )  # fmt: skip


def _check_falling(elasticity: float) -> None:
    if not elasticity < 0:
        raise CapshareError(
            Problem("study", "prices.method", "prices that rise as carbon intensity falls",
                    f"an elasticity of {elasticity:.3f}",
                    "Set prices.null_joint = true, take other prices.years, or another prices.method.")
        )  # fmt: skip
