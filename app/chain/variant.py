"""One variant of a year's split, solved: arrays, and their labels where they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from capshare.chain.plan_arrays import PlanArrays
from capshare.model.allocation.data_arrays import AllocationArrays, Names, Places
from capshare.model.allocation.two_stages import MT_YUAN_PER_T_IN_1E8YUAN, Quantities
from capshare.model.targets.rounding import rounded_cuts
from capshare.solvers.program import Solution, Vector


class Blocks(NamedTuple):
    """Blocks of provinces: their names in order, and of each province the position of its own."""

    names: tuple[str, ...]
    position: Places


class Divided(NamedTuple):
    """A variant before it is solved: weights, scores, groups, and what is to be allocated."""

    weight: Vector
    score: Vector
    group: Names
    blocks: Blocks
    allocated: AllocationArrays


@dataclass(frozen=True)
class Variant:
    """One variant, solved; arrays are one per province, in the order of the codes, where nothing is said.

    Attributes
    ----------
    weight : one per indicator
    score : in [0, 1]
    group : name of its group
    blocks : with their names
    allocated : what was allocated: entitlements, caps, limits
    targets : where quotas are cuts; else None
    quantities : quotas and what follows from them
    prices_yuan_per_t : constraint → prices, one per row of it; ``cap`` has one per block
    first : solution of the first stage, of all years where they are tied
    """

    weight: Vector
    score: Vector
    group: Names
    blocks: Blocks
    allocated: AllocationArrays
    targets: PlanArrays | None
    quantities: Quantities
    prices_yuan_per_t: Mapping[str, Vector]
    first: Solution

    @property
    def balance_mt(self) -> Vector:
        """Quota less emissions, Mt CO2."""
        return self.quantities.quota_mt - self.allocated.emissions_mt

    @property
    def objective_1e8yuan(self) -> float:
        """The whole objective of the first stage, 1e8 yuan."""
        return self.first.objective * MT_YUAN_PER_T_IN_1E8YUAN

    @property
    def cut_pct(self) -> Vector:
        """Cut of carbon intensity that each quota is, %; NaN where quotas are no cuts."""
        return self._cut_pct(self.quantities.quota_mt)

    @property
    def entitled_cut_pct(self) -> Vector:
        """Cut that each province is entitled to, %; NaN where quotas are no cuts."""
        return self._cut_pct(self.allocated.entitled.entitlement_mt)

    def rounded_cut_pct(self) -> Vector:
        """The cuts in the steps in which they are published, %; NaN where quotas are no cuts.

        Raises
        ------
        CapshareError
            where no whole steps inside the band meet the national cut.
        """
        plan, cut = self.targets, self.cut_pct
        if plan is None:
            return cut
        codes, constant = self.allocated.provinces, plan.constant_intensity_mt
        rounded = rounded_cuts(
            pd.Series(cut, index=codes),
            pd.Series(constant, index=codes),
            float(100 * (1 - self.allocated.caps_mt[0] / constant.sum())),
            step_points=plan.round_to_points,
            band_pct=plan.band_pct,
        )
        return rounded.to_numpy(dtype=float)

    def _cut_pct(self, quota_mt: Vector) -> Vector:
        if self.targets is None:
            return np.full(len(quota_mt), np.nan)
        return 100 * (1 - quota_mt / self.targets.constant_intensity_mt)

    def provinces(self) -> pd.DataFrame:
        """Scores, groups, entitlements and quantities, index code."""
        entitled = {"entitlement_mt": self.allocated.entitled.entitlement_mt}
        made = {"score": self.score, "group": self.group, **entitled, **self.quantities._asdict()}
        codes = self.allocated.provinces.rename("code")
        return pd.DataFrame({**made, "balance_mt": self.balance_mt}, index=codes)

    def caps(self) -> pd.DataFrame:
        """Caps of the blocks and their prices, index block."""
        columns = {"cap_mt": self.allocated.caps_mt, "price_yuan_per_t": self.prices_yuan_per_t["cap"]}
        return pd.DataFrame(columns, index=pd.Index(self.blocks.names, name="block"))
