"""Principal components of standardised indicators, with signs that do not depend on the machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers
from capshare.model.outcome.component_arrays import ROUNDING, component_arrays, varying_arrays


@dataclass(frozen=True)
class PrincipalComponents:
    """The components of a correlation matrix, largest first; those without variance are left out.

    Attributes
    ----------
    means, standard_deviations : index indicator; used for standardising, in the indicators' units, n − 1
    correlation : indicator × indicator, no unit
    eigenvalues : index component ("PC1", …); variance of the component, no unit
    explained_share : index component; eigenvalue over the number of indicators
    coefficients : indicator × component; eigenvectors a of length 1
    loadings : indicator × component; correlation of indicator and component, l = a√λ
    scores : province × component; F = Z a, mean 0 and variance λ
    sign_correlation : index component; correlation of its scores with the mean of the standardised
        indicators, which fixed the sign; 0 where that mean says nothing about the direction
    kmo : Kaiser-Meyer-Olkin measure of sampling adequacy, or None where it does not exist
    """

    means: pd.Series
    standard_deviations: pd.Series
    correlation: pd.DataFrame
    eigenvalues: pd.Series
    explained_share: pd.Series
    coefficients: pd.DataFrame
    loadings: pd.DataFrame
    scores: pd.DataFrame
    sign_correlation: pd.Series
    kmo: float | None


def principal_components(oriented: pd.DataFrame) -> PrincipalComponents:
    r"""Principal components of indicators standardised with the sample standard deviation (ddof = 1).

    .. math:: R = \frac{Z^\top Z}{n-1},\qquad R a_k = \lambda_k a_k,\qquad F_k = Z a_k,\qquad
        \rho_k = \operatorname{corr}(F_k, Z\mathbf 1/p)
        = \frac{\sqrt{\lambda_k}\,\mathbf 1^\top a_k}{\sqrt{\mathbf 1^\top R\,\mathbf 1}}

    An eigenvector's sign is arbitrary: each is turned so that :math:`\rho_k > 0`. These correlations squared
    add up to 1, so :math:`\rho_k^2` is the part of the mean indicator that component k carries. Where
    :math:`\rho_k` is 0 the data do not fix the direction; then the largest coefficient is made positive,
    the first by name among equal ones, so that the result at least is the same everywhere.

    Parameters
    ----------
    oriented : index ``code``, one column per indicator in any unit, more meaning more potential

    Raises
    ------
    CapshareError
        where a cell is not finite, an indicator is constant or named twice, or there are fewer than two
        indicators or three provinces.

    References
    ----------
    Jolliffe, I. T. (2002). Principal Component Analysis (2nd ed.). Springer. doi:10.1007/b98835
    """
    _require_varying(oriented)
    found = component_arrays(oriented.to_numpy(dtype=float), np.argsort(oriented.columns.to_numpy(dtype=str)))
    indicators = pd.Index(oriented.columns)
    names = pd.Index([f"PC{place + 1}" for place in range(len(found.eigenvalues))], name="component")
    correlation = pd.DataFrame(found.correlation, index=indicators, columns=indicators)
    eigenvalues = pd.Series(found.eigenvalues, index=names, name="eigenvalue")
    coefficients = pd.DataFrame(found.coefficients, index=indicators, columns=names)
    return PrincipalComponents(
        means=pd.Series(found.means, index=indicators),
        standard_deviations=pd.Series(found.deviations, index=indicators),
        correlation=correlation,
        eigenvalues=eigenvalues,
        explained_share=(eigenvalues / len(correlation)).rename("explained_share"),
        coefficients=coefficients,
        loadings=coefficients * np.sqrt(eigenvalues),
        scores=pd.DataFrame(found.scores, index=oriented.index, columns=names),
        sign_correlation=pd.Series(found.sign_correlation, index=names, name="sign_correlation"),
        kmo=kaiser_meyer_olkin(correlation),
    )


def kaiser_meyer_olkin(correlation: pd.DataFrame) -> float | None:
    r"""How far the indicators' correlations are common to all of them: 1 is best, below 0.5 is poor.

    .. math:: \mathrm{KMO} = \frac{\sum_{i\ne j} r_{ij}^2}{\sum_{i\ne j} r_{ij}^2 + \sum_{i\ne j} q_{ij}^2}

    with :math:`q_{ij}` the partial correlation of i and j given all others.

    Parameters
    ----------
    correlation : indicator × indicator, no unit

    Returns
    -------
    No unit; None where the measure does not exist: the correlation matrix is singular (no fewer indicators
    than provinces, or one indicator follows from others), or no indicator correlates with another.

    References
    ----------
    Kaiser, H. F. (1974). An index of factorial simplicity. Psychometrika 39, 31-36. doi:10.1007/BF02291575
    """
    matrix = correlation.to_numpy(dtype=float)
    if np.linalg.eigvalsh(matrix).min() < ROUNDING:
        return None
    inverse = np.linalg.inv(matrix)
    scale = np.sqrt(np.diag(inverse))
    off_diagonal = ~np.eye(len(matrix), dtype=bool)
    simple = np.square(matrix[off_diagonal]).sum()
    partial = np.square((inverse / np.outer(scale, scale))[off_diagonal]).sum()
    return float(simple / (simple + partial)) if simple > ROUNDING**2 else None


def constant_indicators(indicators: pd.DataFrame) -> pd.Index:
    """The columns that have the same value everywhere, but for round-off.

    Parameters
    ----------
    indicators : code × indicator, each in its own unit
    """
    return indicators.columns[~varying_arrays(indicators.to_numpy(dtype=float))]


def _require_varying(oriented: pd.DataFrame) -> None:
    source, place = "principal_components(oriented)", "oriented"
    require_numbers(source, place, oriented)
    rows, columns = oriented.shape
    repeated = ", ".join(map(str, oriented.columns[oriented.columns.duplicated()].unique()))
    problems = []
    if rows < 3:
        problems.append(Problem(source, place, "at least 3 provinces", f"{rows}", "Add provinces."))
    if columns < 2:
        problems.append(Problem(source, place, "at least 2 indicators", f"{columns}", "Add indicators."))
    if repeated:
        problems.append(Problem(source, place, "each indicator once", f"{repeated} twice", "Rename one."))
    if rows and (constant := ", ".join(map(str, constant_indicators(oriented)))):
        text = f"{constant} with one value everywhere"
        problems.append(Problem(source, place, "indicators that vary", text, "Leave the indicator out."))
    if problems:
        raise CapshareError(problems)
