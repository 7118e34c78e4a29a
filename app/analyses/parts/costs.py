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
    table, levels = found.costs.table, found.costs.levels
    return None if table is None or levels is None else CostEstimate(table, levels)
