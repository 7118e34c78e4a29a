"""Historical responsibility: equal cumulative emissions per head over past and coming years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.allocation.projection import Projection, project
from capshare.model.rules.registry import register


def used_up(inputs: pd.DataFrame, cap_mt: float, *, years: float = 30.0) -> tuple[Note, ...]:
    """Which regions have used up their share in the past and get no quota.

    Parameters
    ----------
    inputs, cap_mt, years : as of :func:`historical_responsibility`
    """
    clipped = _past_and_coming(inputs, cap_mt, years).clipped
    past_it = list(clipped.index[clipped == "floor"])
    return (caution("used_up", provinces=past_it, years=years),) if past_it else ()


@register(
    "historical-responsibility",
    principle="responsibility: equal cumulative emissions per head, the past included",
    formula="x_i = max(0, A P_i - H_i) / T, A such that Σx = Q",
    reference="van den Berg et al. 2020 (equal cumulative per capita), doi:10.1007/s10584-019-02368-y",
    needs=("cumulative_emissions_mt", "population_1e4"),
    positive=("population_1e4",),
    limits={"years": (1.0, np.inf)},
    notices=used_up,
)
def historical_responsibility(inputs: pd.DataFrame, cap_mt: float, *, years: float = 30.0) -> pd.Series:
    r"""Split a cap so that past and coming emissions together are equal per head.

    .. math:: x_i = \frac{\max(0,\; A P_i - H_i)}{T},\qquad \sum_i x_i = Q

    The cap is held for T years, in which the past is made good, and A is what each person may have emitted
    by their end. A region whose past exceeds even that gets nothing, and the others share what it would owe:
    a quota cannot be negative.

    Parameters
    ----------
    inputs : index ``code``; ``cumulative_emissions_mt`` H, Mt CO2 over stated past years, and
        ``population_1e4`` P, 1e4 persons
    cap_mt : Q, Mt CO2 in one year
    years : T, the years over which the past is made good; few years make the past weigh more

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    References
    ----------
    van den Berg, N. J., et al. (2020). Climatic Change 162, 1805-1822. doi:10.1007/s10584-019-02368-y.
    There quotas may be negative; the truncation is ours.
    """
    total = _past_and_coming(inputs, cap_mt, years).amount_mt
    return ((total - inputs["cumulative_emissions_mt"]) / years).rename("quota_mt")


def _past_and_coming(inputs: pd.DataFrame, cap_mt: float, years: float) -> Projection:
    """Emissions of the past and of the coming years together, Mt; nobody has less than its past."""
    past, population = inputs["cumulative_emissions_mt"], inputs["population_1e4"]
    budget = float(past.sum()) + years * cap_mt
    no_limit = pd.Series(np.inf, index=past.index)
    return project(population, budget, past, no_limit, source="historical-responsibility")
