"""Zero-sum-gains data envelopment: emissions move from the inefficient to all, until all are efficient."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.rules.efficiency import emission_efficiency
from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register

# 1, but for ten times what the solver of the efficiencies leaves open.
EFFICIENT = 1 - 1e-8
# One round makes all efficient, in 60 of 60 random cases; where rounding spoils it, more may not help.
MOST_ROUNDS = 20


@register(
    "zsg-dea",
    principle="efficiency: everyone on one frontier, the total held",
    formula="x_i ← Q h_i x_i / Σ h x until every efficiency h_i is 1, from x_i = Q E_i / ΣE",
    reference="Gomes & Lins 2008, doi:10.1057/palgrave.jors.2602384",
    needs=("emissions_mt",),
    positive=("emissions_mt", "population_1e4", "gdp_1e8yuan"),
)
def zsg_dea(
    inputs: pd.DataFrame,
    cap_mt: float,
    *,
    outputs: tuple[str, ...] = ("gdp_1e8yuan", "population_1e4"),
    variable_returns: bool = False,
) -> pd.Series:
    r"""Split a cap so that no region could have its outputs with a smaller share of it.

    .. math:: x_i^{(k+1)} = Q\,\frac{h_i^{(k)}x_i^{(k)}}{\sum_j h_j^{(k)}x_j^{(k)}},\qquad
              x_i^{(0)} = Q\,\frac{E_i}{\sum_j E_j}

    with :math:`h` of :func:`capshare.model.rules.efficiency.emission_efficiency`. What the inefficient give
    up is shared out in proportion, so the total stays and the frontier shifts. With constant returns and one
    output this is the share by that output, and so it is where one region emits least per unit of every
    output: Beijing in 2017, which makes population alone decide. Variable returns tell regions apart there.

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt`` > 0, Mt CO2, and the outputs, any units
    cap_mt : Q, Mt CO2
    outputs : columns that emissions are to serve
    variable_returns : measure against regions of the same size only

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where the efficiencies do not reach 1, which only rounding in very uneven data can cause.

    References
    ----------
    Gomes, E. G., & Lins, M. P. E. (2008). Journal of the Operational Research Society 59(5), 616-623.
    doi:10.1057/palgrave.jors.2602384
    """
    ordered = inputs.sort_index()
    quota = proportional(ordered["emissions_mt"], cap_mt)
    for _ in range(MOST_ROUNDS):
        efficiency = emission_efficiency(quota, ordered[list(outputs)], variable_returns)
        if efficiency.min() >= EFFICIENT:
            return quota.reindex(inputs.index)
        quota = proportional(efficiency * quota, cap_mt)
    found = f"{efficiency.min():.9f} after {MOST_ROUNDS} rounds"
    remedy = "Leave out regions or outputs that are smaller than others by many powers of ten."
    raise CapshareError(Problem("rule zsg-dea", "", "every efficiency at 1", found, remedy))
