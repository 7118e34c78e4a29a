"""Fairness of an allocation: how unequal it is per head and per unit of output, who wins and who loses."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.model.outcome.balance import BALANCED_MT


@dataclass(frozen=True)
class Fairness:
    """How unequal an allocation is, and whom it hurts most.

    Attributes
    ----------
    gini_per_head, theil_t_per_head, theil_l_per_head : of quota per head, weighted by population, no unit
    gini_per_gdp, theil_t_per_gdp, theil_l_per_gdp : of quota per yuan of output, weighted by output, no unit
    largest_cut_pct : largest cut against emissions, %; negative where nobody is cut
    largest_cut_code : the region that is cut most
    winners, losers : codes of regions with more and with less than their emissions
    """

    gini_per_head: float
    theil_t_per_head: float
    theil_l_per_head: float
    gini_per_gdp: float
    theil_t_per_gdp: float
    theil_l_per_gdp: float
    largest_cut_pct: float
    largest_cut_code: str
    winners: tuple[str, ...]
    losers: tuple[str, ...]


def gini(amount: pd.Series, base: pd.Series) -> float:
    r"""Gini coefficient of an amount per unit of a base, weighted by the base.

    .. math:: G = \frac12\sum_{i,j}\lvert p_j q_i - p_i q_j\rvert,\qquad
              q_i=\frac{x_i}{\sum_j x_j},\quad p_i=\frac{B_i}{\sum_j B_j}

    Parameters
    ----------
    amount : index ``code``, ≥ 0, any unit
    base : index ``code``, > 0, any unit; equal numbers for the unweighted coefficient

    Returns
    -------
    float
        from 0, where the amount is proportional to the base, to below 1; no unit

    Raises
    ------
    CapshareError
        where the regions differ, or a value is negative, missing, or leaves nothing to share.
    """
    q, p = _shares("gini", amount, base)
    return float(np.abs(np.outer(q, p) - np.outer(p, q)).sum() / 2)


def theil_t(amount: pd.Series, base: pd.Series) -> float:
    r"""Theil's T of an amount per unit of a base: the regions count by their amount.

    .. math:: T = \sum_i q_i\ln\frac{q_i}{p_i},\qquad 0\ln 0 := 0

    Parameters
    ----------
    amount, base : see :func:`gini`

    Returns
    -------
    float
        0 or more, no unit

    Raises
    ------
    CapshareError
        see :func:`gini`.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland.
    """
    q, p = _shares("theil_t", amount, base)
    some = q > 0
    # Where the two shares are equal the sum is 0 up to rounding, on either side.
    return max(0.0, float(q[some] @ np.log(q[some] / p[some])))


def theil_l(amount: pd.Series, base: pd.Series) -> float:
    r"""Theil's L, the mean logarithmic deviation: the regions count by their base.

    .. math:: L = \sum_i p_i\ln\frac{p_i}{q_i}

    Parameters
    ----------
    amount, base : see :func:`gini`

    Returns
    -------
    float
        0 or more, no unit; infinite where a region gets nothing

    Raises
    ------
    CapshareError
        see :func:`gini`.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland.
    """
    q, p = _shares("theil_l", amount, base)
    if (q == 0).any():
        return float("inf")
    return max(0.0, float(p @ np.log(p / q)))


def fairness(
    quota_mt: pd.Series, emissions_mt: pd.Series, population_1e4: pd.Series, gdp_1e8yuan: pd.Series
) -> Fairness:
    r"""Measure the fairness of an allocation.

    .. math:: \text{largest cut} = 100\,\max_i \frac{E_i-x_i}{E_i}

    Parameters
    ----------
    quota_mt : index ``code``, Mt CO2
    emissions_mt : index ``code``, > 0, Mt CO2
    population_1e4 : index ``code``, > 0, 1e4 persons
    gdp_1e8yuan : index ``code``, > 0, 1e8 yuan

    Returns
    -------
    Fairness

    Raises
    ------
    CapshareError
        where the regions differ or a value is missing, negative, or 0 where it divides.
    """
    require_same_index("fairness", quota_mt=quota_mt, emissions_mt=emissions_mt)
    _require_amounts("fairness", "emissions_mt", emissions_mt, positive=True)
    emissions = emissions_mt.reindex(quota_mt.index)
    balance = quota_mt - emissions
    cut_pct = -100 * balance / emissions
    return Fairness(
        gini_per_head=gini(quota_mt, population_1e4),
        theil_t_per_head=theil_t(quota_mt, population_1e4),
        theil_l_per_head=theil_l(quota_mt, population_1e4),
        gini_per_gdp=gini(quota_mt, gdp_1e8yuan),
        theil_t_per_gdp=theil_t(quota_mt, gdp_1e8yuan),
        theil_l_per_gdp=theil_l(quota_mt, gdp_1e8yuan),
        largest_cut_pct=float(cut_pct.max()),
        largest_cut_code=str(cut_pct.sort_index().idxmax()),
        winners=tuple(balance.index[balance >= BALANCED_MT].sort_values()),
        losers=tuple(balance.index[balance <= -BALANCED_MT].sort_values()),
    )


def fairness_table(
    quotas_mt: pd.DataFrame, emissions_mt: pd.Series, population_1e4: pd.Series, gdp_1e8yuan: pd.Series
) -> pd.DataFrame:
    """Fairness of several allocations side by side.

    Parameters
    ----------
    quotas_mt : index ``code``, one column per rule, Mt CO2
    emissions_mt, population_1e4, gdp_1e8yuan : see :func:`fairness`

    Returns
    -------
    DataFrame, index ``rule``; the fields of :class:`Fairness`, with winners and losers as counts

    Raises
    ------
    CapshareError
        see :func:`fairness`.
    """
    rows = {}
    for rule, quota_mt in quotas_mt.items():
        row = asdict(fairness(quota_mt, emissions_mt, population_1e4, gdp_1e8yuan))
        rows[str(rule)] = row | {"winners": len(row["winners"]), "losers": len(row["losers"])}
    columns = list(Fairness.__dataclass_fields__)
    return pd.DataFrame.from_records(list(rows.values()), columns=columns).set_index(
        pd.Index(list(rows), name="rule")
    )


def _shares(source: str, amount: pd.Series, base: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    require_same_index(source, amount=amount, base=base)
    _require_amounts(source, "amount", amount, positive=False)
    _require_amounts(source, "base", base, positive=True)
    q = amount.to_numpy(dtype=float)
    p = base.reindex(amount.index).to_numpy(dtype=float)
    return q / q.sum(), p / p.sum()


def _require_amounts(source: str, name: str, amounts: pd.Series, positive: bool) -> None:
    require_numbers(source, name, amounts)
    wrong = amounts[(amounts <= 0) if positive else (amounts < 0)]
    expected = "a number > 0" if positive else "a number ≥ 0"
    remedy = "Correct the number or leave the region out."
    problems = [
        Problem(source, f"{name}[{code}]", expected, str(cell), remedy) for code, cell in wrong.items()
    ]
    if not problems and not amounts.sum() > 0:
        problems = [Problem(source, name, "something to share", "a sum of 0", "Give some region a part.")]
    if problems:
        raise CapshareError(problems)
