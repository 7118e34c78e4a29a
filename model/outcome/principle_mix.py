"""Principle mix: which mixture of rules an allocation amounts to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.notes import Note, caution

# Shares that agree to this are the same: solvers of rules that are programmes leave as much.
SAME_SHARES = 1e-9


@dataclass(frozen=True)
class PrincipleMix:
    """The mixture of rules that comes closest to an allocation.

    Attributes
    ----------
    weight : index rule, no unit, ≥ 0, sums to 1
    mix_mt : index ``code``, the mixture, Mt CO2
    residual_mt : index ``code``, what the allocation gives beyond the mixture, Mt CO2; sums to 0
    misplaced_share : share of the cap that would have to move to turn the mixture into the allocation
    unique : whether no other weights give the same mixture
    """

    weight: pd.Series
    mix_mt: pd.Series
    residual_mt: pd.Series
    misplaced_share: float
    unique: bool


def principle_mix(quota_mt: pd.Series, rules_mt: pd.DataFrame) -> PrincipleMix:
    r"""Find the mixture of rules closest to an allocation, by non-negative least squares on shares.

    .. math:: \min_{w\ge0}\;\sum_i\Bigl(\frac{x_i}{Q}-\sum_k w_k r_{ik}\Bigr)^2
              \quad\text{s.t.}\quad \sum_k w_k=1

    with :math:`r_{ik}` the share of region i under rule k. The weights sum to 1, because shares do. This is
    the point of the rules' convex hull nearest to the allocation, so a residual is what no mixture of these
    rules explains. It is a description: other principles may lie behind the same numbers.

    Parameters
    ----------
    quota_mt : index ``code``, the allocation, Mt CO2
    rules_mt : index ``code``, one column per rule, any positive totals

    Returns
    -------
    PrincipleMix, with the columns' order

    Raises
    ------
    CapshareError
        where the regions differ, there is no rule, or a quota is missing, negative, or all are 0.

    References
    ----------
    Lawson, C. L., & Hanson, R. J. (1995). Solving Least Squares Problems. doi:10.1137/1.9781611971217
    Raupach, M. R., et al. (2014). Sharing a quota on cumulative carbon emissions. Nature Climate Change 4,
    873-879. doi:10.1038/nclimate2384, on blends of two principles.
    """
    _require_tables(quota_mt, rules_mt)
    cap_mt = float(quota_mt.sum())
    share = quota_mt / cap_mt
    rules = rules_mt.reindex(quota_mt.index)
    rules = rules / rules.sum()
    weight = pd.Series(_nearest(rules.sub(share, axis=0)), index=rules.columns, name="weight")
    unique = int(np.linalg.matrix_rank(rules.to_numpy(dtype=float))) == rules.shape[1]
    mix = (rules @ weight).rename("mix_mt") * cap_mt
    residual = (quota_mt - mix).rename("residual_mt")
    return PrincipleMix(weight, mix, residual, float(residual.abs().sum() / 2 / cap_mt), unique)


def mix_notes(mix: PrincipleMix) -> tuple[Note, ...]:
    """Whether other weights explain the allocation as well, as the rules are linearly dependent.

    Parameters
    ----------
    mix : from :func:`principle_mix`
    """
    return () if mix.unique else (caution("mix_not_unique"),)


def independent_rules(rules_mt: pd.DataFrame) -> tuple[str, ...]:
    """Rules of which none is a weighted sum of others, so that the weights of a mix are the only ones.

    Of rules that depend on each other, the first stay.

    Parameters
    ----------
    rules_mt : index ``code``, one column per rule, any positive totals; the plainest first

    Returns
    -------
    names, in the columns' order
    """
    shares = (rules_mt / rules_mt.sum()).to_numpy(dtype=float)
    kept: list[int] = []
    for place in range(shares.shape[1]):
        if np.linalg.matrix_rank(shares[:, [*kept, place]], tol=SAME_SHARES) == len(kept) + 1:
            kept.append(place)
    return tuple(str(rules_mt.columns[place]) for place in kept)


def _nearest(difference: pd.DataFrame) -> np.ndarray:
    """Weights on the simplex that make a mixture of the columns shortest.

    Non-negative least squares on the columns above a row of ones, with right-hand side (0, …, 0, 1), has
    its optimum at a multiple of these weights: over the scale s of v = s w the objective
    s²|Dw|² + (s − 1)² has the minimum |Dw|² / (1 + |Dw|²), which rises with |Dw|.
    """
    from scipy.optimize import nnls

    d = difference.to_numpy(dtype=float)
    # Differences of shares are far below 1; at this scale they weigh as much as the row of ones.
    d = d / max(float(np.abs(d).max()), np.finfo(float).tiny)
    target = np.append(np.zeros(len(d)), 1.0)
    scaled, _ = nnls(np.vstack([d, np.ones(d.shape[1])]), target)
    return np.asarray(scaled / scaled.sum(), dtype=float)


def _require_tables(quota_mt: pd.Series, rules_mt: pd.DataFrame) -> None:
    source = "principle_mix"
    require_same_index(source, quota_mt=quota_mt, rules_mt=rules_mt)
    require_numbers(source, "quota_mt", quota_mt)
    require_numbers(source, "rules_mt", rules_mt)
    problems = []
    if rules_mt.columns.empty:
        problems.append(Problem(source, "rules_mt", "one rule or more", "none", "Give a column per rule."))
    for name, table in [("quota_mt", quota_mt), *((f"rules_mt[{k}]", v) for k, v in rules_mt.items())]:
        if (table < 0).any() or not table.sum() > 0:
            found = f"{table.min():g} at least and a sum of {table.sum():g}"
            remedy = "Give quotas of 0 or more."
            problems.append(Problem(source, name, "quotas ≥ 0 with a positive sum", found, remedy))
    if problems:
        raise CapshareError(problems)
