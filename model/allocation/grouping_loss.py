"""What dividing the cap between groups first costs, against one national block."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.engine import Engine


@dataclass(frozen=True)
class GroupingLoss:
    """Two-stage split and national split side by side.

    Attributes
    ----------
    cost_1e8yuan, national_cost_1e8yuan : objective of each
    national_price_yuan_per_t : price of the one national cap
    provinces : index code; ``entitlement_mt, national_entitlement_mt, quota_mt, national_quota_mt``
    """

    cost_1e8yuan: float
    national_cost_1e8yuan: float
    national_price_yuan_per_t: float
    provinces: pd.DataFrame

    @property
    def loss_1e8yuan(self) -> float:
        """What the groups cost; negative where they move entitlements to where tonnes are worth more."""
        return self.cost_1e8yuan - self.national_cost_1e8yuan


def grouping_loss(grouped: Allocation, engine: Engine | None = None) -> GroupingLoss:
    r"""Solve the same rules with one national block, and compare.

    .. math:: L = C^*_{groups} - C^*_{national}

    Entitlements are those of one block, :math:`e_i=\mathrm{clip}(\vartheta s_i,\ell_i,u_i)` over all
    provinces. Where they are the same as in the groups the loss is not negative: the national programme
    only lets quota cross group borders.

    Parameters
    ----------
    grouped : an allocation with one block per group
    engine : that solves it; a fresh one by default

    Returns
    -------
    GroupingLoss
    """
    data = grouped.data
    cap = pd.Series({"all": data.caps_mt.sum()})
    one_block = replace(data, provinces=data.provinces.assign(block="all"))
    national = (engine or Engine()).allocate(one_block.with_caps(cap))
    both = {
        "entitlement_mt": data.provinces["entitlement_mt"],
        "national_entitlement_mt": national.data.provinces["entitlement_mt"],
        "quota_mt": grouped.quantities["quota_mt"],
        "national_quota_mt": national.quantities["quota_mt"],
    }
    return GroupingLoss(
        cost_1e8yuan=grouped.objective_1e8yuan,
        national_cost_1e8yuan=national.objective_1e8yuan,
        national_price_yuan_per_t=float(national.prices["price_yuan_per_t"]["cap", "all"]),
        provinces=pd.DataFrame(both).rename_axis("code"),
    )
