"""Minimum weighted Gini: the split that is least unequal against several bases at once, as an exact LP."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array, eye_array, hstack, vstack

from capshare.base.errors import CapshareError, Problem
from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register
from capshare.solvers.highs import solve
from capshare.solvers.program import LinearProgram


@register(
    "minimum-gini",
    principle="equality against population, output and emissions together",
    formula="min Σ_b ω_b G_b(x), Σx = Q, G_b = ½ ΣΣ |p_jb x_i - p_ib x_j| / Q, p_b the shares of base b",
    reference="Sun et al. 2010, doi:10.1016/j.resconrec.2009.10.017",
    needs=("population_1e4", "gdp_1e8yuan", "emissions_mt"),
)
def minimum_gini(
    inputs: pd.DataFrame,
    cap_mt: float,
    *,
    population_weight: float = 1.0,
    gdp_weight: float = 1.0,
    emissions_weight: float = 1.0,
) -> pd.Series:
    r"""Split a cap with the smallest weighted sum of Gini coefficients.

    .. math:: \min_x \sum_b\omega_b G_b,\qquad
              G_b = \frac{1}{2Q}\sum_{i,j}\lvert p_{jb}x_i-p_{ib}x_j\rvert,\qquad \sum_i x_i=Q

    Every term is linear but for its absolute value, so the optimum is exact. With one base it is the share
    by that base.

    Parameters
    ----------
    inputs : index ``code``; ``population_1e4``, 1e4 persons, ``gdp_1e8yuan``, 1e8 yuan, ``emissions_mt``,
        Mt CO2; where it has ``floor_mt`` and ``ceiling_mt``, the optimum is the one inside them
    cap_mt : Q, Mt CO2
    population_weight, gdp_weight, emissions_weight : :math:`\omega_b`, no unit, not all 0

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where every weight or every value of a base is 0.

    References
    ----------
    Sun, T., Zhang, H., Wang, Y., Meng, X., & Wang, C. (2010). Resources, Conservation and Recycling 54(9),
    601-608. doi:10.1016/j.resconrec.2009.10.017
    """
    weight = pd.Series(
        {"population_1e4": population_weight, "gdp_1e8yuan": gdp_weight, "emissions_mt": emissions_weight}
    )
    if not weight.sum() > 0:
        raise CapshareError(
            Problem("rule minimum-gini", "weights", "a positive weight on one base", "0 for all",
                    "Give one base a positive weight.")
        )  # fmt: skip
    # Ties are broken by the order of the rows, so that order must not be the caller's.
    ordered = inputs.sort_index()
    base = pd.DataFrame({name: proportional(ordered[name], 1.0) for name in weight.index[weight > 0]})
    lower = ordered.get("floor_mt", pd.Series(0.0, index=ordered.index)) / cap_mt
    upper = ordered.get("ceiling_mt", pd.Series(np.inf, index=ordered.index)) / cap_mt
    share = solve(gini_program(base, weight[weight > 0], lower, upper)).values("share") / len(base)
    return proportional(share.reindex(inputs.index), cap_mt)


def gini_program(base: pd.DataFrame, weight: pd.Series, lower: pd.Series, upper: pd.Series) -> LinearProgram:
    r"""Programme whose optimum is the least weighted sum of Gini coefficients.

    .. math:: \min\sum_b\frac{\omega_b}{n^2}\sum_{i<j}(d^+_{ijb}+d^-_{ijb})\quad\text{s.t.}\quad
              b_j y_i-b_i y_j=d^+_{ijb}-d^-_{ijb},\quad \sum_i y_i=n

    Shares are relative to their mean 1/n, which keeps every coefficient near 1.

    Parameters
    ----------
    base : index ``code``, one column per base, shares that add up to 1
    weight : index base, no unit
    lower, upper : index ``code``, bounds of a region's share of the cap

    Returns
    -------
    LinearProgram; column ``share`` is n times the share of the cap
    """
    n, bases = len(base), base.columns
    first, second = np.triu_indices(n, 1)
    size = len(first) * len(bases)
    relative = base.to_numpy(dtype=float) * n
    slack = eye_array(size)
    differences = vstack([_differences(column, first, second) for column in relative.T])
    total = csc_array((np.ones(n), (np.zeros(n, dtype=int), np.arange(n))), shape=(1, n + 2 * size))
    matrix = csc_array(vstack([hstack([differences, -slack, slack]), total]))
    code = base.index
    pair = pd.MultiIndex.from_arrays([code[first], code[second]])
    labels = pd.MultiIndex.from_tuples([(b, *ij) for b in bases for ij in pair])
    cost = np.repeat(weight.reindex(bases).to_numpy(dtype=float), len(first)) / n**2
    right = np.append(np.zeros(size), n)
    return LinearProgram(
        cost=np.concatenate([np.zeros(n), cost, cost]),
        matrix=matrix,
        row_lower=right,
        row_upper=right,
        lower=np.concatenate([lower.reindex(code) * n, np.zeros(2 * size)]),
        upper=np.concatenate([upper.reindex(code) * n, np.full(2 * size, np.inf)]),
        rows={"difference": labels, "total": pd.Index(["cap"])},
        columns={"share": code, "above": labels, "below": labels},
    )


def _differences(base: NDArray[np.float64], first: NDArray[np.intp], second: NDArray[np.intp]) -> csc_array:
    """Rows b_j y_i - b_i y_j, one per pair."""
    row = np.arange(len(first))
    values = np.concatenate([base[second], -base[first]])
    places = (np.concatenate([row, row]), np.concatenate([first, second]))
    return csc_array((values, places), shape=(len(first), len(base)))
