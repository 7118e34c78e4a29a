"""What a given split would cost: the allocation's programme with every quota held."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from capshare.base.frames import require_same_index
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.data import AllocationData, allocation_data
from capshare.model.allocation.two_stages import MT_YUAN_PER_T_IN_1E8YUAN
from capshare.model.market.no_trade import no_trade
from capshare.solvers.highs import HighsOptions, solve

_BLOCK = "all"


def rule_costs(
    quotas_mt: pd.DataFrame, data: AllocationData, options: HighsOptions | None = None
) -> pd.DataFrame:
    r"""Cost of several splits by the abatement steps, with the study's limit of trade and without trade.

    .. math:: \min \sum_{is} c_{is}a_{is}+P\sum_i z_i+\varepsilon\sum_i b_i \quad\text{s.t.}\quad
              E_i-\sum_s a_{is}-z_i\le \bar x_i+b_i-v_i,\quad b_i\le\tau E_i,\quad \sum b=\sum v

    With free trade a split is not a matter of cost: every split of the same cap then leads to the same
    abatement. What a rule costs is what limits on trade leave uneven.

    Parameters
    ----------
    quotas_mt : index ``code``, one column per rule, Mt CO2; every rule splits the same cap
    data : an allocation of one year; its emissions, steps and limits
    options : of HiGHS

    Returns
    -------
    DataFrame, index ``rule``; with trade up to the limit ``cost_1e8yuan`` (abatement), ``uncovered_mt``
        (emissions that neither quota, trade nor steps cover) and their ``penalty_1e8yuan``; without trade
        ``no_trade_cost_1e8yuan, no_trade_penalty_1e8yuan, no_trade_uncovered_mt``

    Raises
    ------
    CapshareError
        where the regions differ.
    """
    require_same_index("rule_costs", provinces=data.provinces, quotas_mt=quotas_mt)
    rows = {}
    for rule, quota in quotas_mt.items():
        limited, alone = _limited(quota, data, options), _alone(quota, data)
        rows[str(rule)] = {**limited, **{f"no_trade_{name}": value for name, value in alone.items()}}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("rule")


def free_trade_cost_1e8yuan(
    quota_mt: pd.Series, data: AllocationData, options: HighsOptions | None = None
) -> float:
    """Abatement cost of a split where trade knows no limit; the same for every split of a cap.

    Parameters
    ----------
    quota_mt : index ``code``, Mt CO2
    data, options : as of :func:`rule_costs`

    Returns
    -------
    1e8 yuan
    """
    free = replace(data, limits=replace(data.limits, trade_limit=float("inf")))
    return _limited(quota_mt, free, options)["cost_1e8yuan"]


def _limited(quota_mt: pd.Series, data: AllocationData, options: HighsOptions | None) -> dict[str, float]:
    found = solve(arrays(_held(quota_mt, data)), options)
    abatement = found.values("abatement")
    cost = float((abatement * data.steps["cost_yuan_per_t"].reindex(abatement.index)).sum())
    return _row(cost, float(found.values("uncovered").sum()), data.limits.penalty_yuan_per_t)


def _held(quota_mt: pd.Series, data: AllocationData) -> AllocationData:
    """The data with one block whose quotas have no room to move.

    The largest is held by the cap alone: its bounds would say a second time what the others and the cap say
    already, and contradict them where a sum is rounded.
    """
    held = quota_mt.index != quota_mt.idxmax()
    provinces = pd.DataFrame(
        {
            "block": _BLOCK,
            "share": quota_mt,
            "emissions_mt": data.provinces["emissions_mt"],
            "floor_mt": quota_mt.where(held, 0.0),
            "ceiling_mt": quota_mt.where(held, float("inf")),
        }
    )
    limits = replace(data.limits, max_deviation=float("inf"))
    return allocation_data(provinces, pd.Series({_BLOCK: quota_mt.sum()}), data.steps, limits)


def _alone(quota_mt: pd.Series, data: AllocationData) -> dict[str, float]:
    penalty = data.limits.penalty_yuan_per_t
    provinces = pd.DataFrame({"emissions_mt": data.provinces["emissions_mt"], "quota_mt": quota_mt})
    found = no_trade(provinces, data.steps, penalty)
    uncovered = float(found["uncovered_no_trade_mt"].sum())
    spent = float(found["no_trade_cost_1e8yuan"].sum()) / MT_YUAN_PER_T_IN_1E8YUAN
    return _row(spent - penalty * uncovered, uncovered, penalty)


def _row(cost: float, uncovered_mt: float, penalty_yuan_per_t: float) -> dict[str, float]:
    return {
        "cost_1e8yuan": MT_YUAN_PER_T_IN_1E8YUAN * cost,
        "penalty_1e8yuan": MT_YUAN_PER_T_IN_1E8YUAN * penalty_yuan_per_t * uncovered_mt,
        "uncovered_mt": uncovered_mt,
    }
