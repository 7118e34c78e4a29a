"""What a reviewer would verify about an allocation, as figures."""

from __future__ import annotations

import pandas as pd

from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.prices import decomposition
from capshare.model.allocation.two_stages import MT_YUAN_PER_T_IN_1E8YUAN

# Relative for sums and costs; bounds may be missed by what the solver counts as feasible.
TOLERANCE = 1e-9
FEASIBLE_MT = 1e-6


def checks(allocation: Allocation) -> pd.DataFrame:
    """Figures that are 0 in a perfect allocation, and whether they are small enough.

    Parameters
    ----------
    allocation : a solved allocation

    Returns
    -------
    DataFrame, index ``name``; ``figure, passed``; relative errors without unit, others in Mt
    """
    figures = {**_relative(allocation), **_absolute_mt(allocation)}
    rows = [(name, figure, figure <= largest_figure(name)) for name, figure in figures.items()]
    return pd.DataFrame(rows, columns=["name", "figure", "passed"]).set_index("name")


def largest_figure(name: str) -> float:
    """Largest figure with which a check is passed, in the unit of the check.

    Parameters
    ----------
    name : of a check; ``_mt`` at its end says that it is an amount
    """
    return FEASIBLE_MT if name.endswith("_mt") else TOLERANCE


def _relative(allocation: Allocation) -> dict[str, float]:
    data, prices, quantities = allocation.data, allocation.prices["price_yuan_per_t"], allocation.quantities
    total = quantities["quota_mt"].groupby(data.provinces["block"]).sum()
    price = data.provinces["block"].map(prices["cap"])
    closes = (decomposition(prices, data) - price).abs().max() / max(1.0, prices.abs().max())
    spent = quantities[["cost_1e8yuan", "penalty_1e8yuan"]].sum().sum()
    spent += quantities["purchase_mt"].sum() * data.limits.trade_cost_yuan_per_t * MT_YUAN_PER_T_IN_1E8YUAN
    objective = allocation.objective_1e8yuan
    penalty = data.limits.penalty_yuan_per_t * MT_YUAN_PER_T_IN_1E8YUAN
    other = {}
    if allocation.named is not None:
        apart = abs(allocation.named.objective - allocation.first.objective)
        other["named_solver_objective"] = apart / max(1.0, abs(allocation.first.objective))
    return {
        **other,
        "quotas_add_up": float(((total - data.caps_mt).abs() / data.caps_mt).max()),
        "duality_gap": allocation.first.duality_gap,
        "price_decomposition": float(closes),
        # Quantities are exact to about 1e-9 Mt, and each of them may cost the penalty.
        "second_stage_cost": abs(spent - objective) / max(1.0, abs(objective), penalty),
    }


def _absolute_mt(allocation: Allocation) -> dict[str, float]:
    p, q, limits = allocation.data.provinces, allocation.quantities, allocation.data.limits
    quota = q["quota_mt"]
    covered = quota + q["purchase_mt"] - q["sale_mt"] + q["abatement_mt"] + q["uncovered_mt"]
    covered += q["carried_in_mt"] - q["carried_out_mt"]
    missed = {
        "below_floor_mt": p["floor_mt"] - quota,
        "above_ceiling_mt": quota - p["ceiling_mt"],
        "not_covered_mt": p["emissions_mt"] - covered,
        "beyond_purchase_limit_mt": q["purchase_mt"] - p["purchase_limit_mt"],
    }
    if allocation.data.is_equity_limited:
        allowed = limits.max_deviation * p["entitlement_mt"] + p["distance_mt"]
        missed["beyond_equity_mt"] = (quota - p["entitlement_mt"]).abs() - allowed
    tiers = allocation.data.tiers
    if len(tiers):
        per_tonne = (quota / p["tier_mt"]).loc[tiers.index]
        apart = per_tonne - per_tonne.groupby(tiers).transform("mean")
        missed["apart_in_tier_mt"] = apart.abs() * p["tier_mt"]
    figures = {name: max(0.0, float(miss.max())) for name, miss in missed.items()}
    markets = (q["purchase_mt"] - q["sale_mt"]).groupby(p["period"]).sum()
    figures["market_unbalanced_mt"] = float(markets.abs().max())
    return figures
