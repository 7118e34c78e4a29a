"""The estimate behind the abatement steps."""

from __future__ import annotations

from capshare.chain.prepared import PreparedStudy
from capshare.model.outcome.cost_estimate import CostEstimate


def cost_estimate(found: PreparedStudy) -> CostEstimate | None:
    """The estimate of the study's costs; None where it does not estimate them.

    Parameters
    ----------
    found : the study's chain
    """
    costs = found.costs
    if costs.table is None or costs.levels is None:
        return None
    observed = costs.law.observations.rename_axis(["code", "observed_year"]) if costs.law else None
    return CostEstimate(costs.table, costs.levels, costs.fit, observed)
