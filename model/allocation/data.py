"""The numbers of an allocation: provinces, blocks, abatement steps and planners' rules on one index."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.model.allocation.arrays_of_frames import link_arrays, rule_arrays, step_arrays, target_arrays
from capshare.model.allocation.data_arrays import AllocationArrays, share_of_emissions
from capshare.model.allocation.entitlement import EntitlementArrays, entitlements
from capshare.model.allocation.limits import NO_YEAR_BEFORE, ScalarLimits, YearLinks, tied
from capshare.model.allocation.planners_constraint import PlannerRule, rule_table, rule_weights

# The period of an allocation of one year, and so the name of its market's row.
NATIONAL = "national"
# The tier of a province that is bound to none.
NO_TIER = ""
# What columns of the provinces are where they are not given.
ABSENT: Mapping[str, Any] = {"offset_mt": 0.0, "distance_mt": 0.0, "tier": NO_TIER, "tier_mt": 0.0}


@dataclass(frozen=True)
class AllocationData:
    """Everything the allocation LP is made of.

    Attributes
    ----------
    provinces : index province, sorted; ``block, share, emissions_mt, floor_mt, ceiling_mt`` as given and
        ``offset_mt, distance_mt, tier, tier_mt`` as given, else 0, 0, none and 0; and ``period,
        purchase_limit_mt, entitlement_mt, constant_mt, slope, clipped`` as derived; each period has a market
        of its own. A quota may lie ``distance_mt`` further from its entitlement than T says; members of a
        tier have quotas in proportion to ``tier_mt``
    caps_mt : index block, sorted
    steps : index (province, step), sorted; ``size_mt, cost_yuan_per_t``
    rules : index rule; ``sense, bound_mt``
    rule_weight : index (rule, province); coefficient of the quota in the rule
    limits : what is one number for everyone
    year_links : what ties the years, where there are several
    further : records of constraints beyond those of the model, from whoever brings them
    """

    provinces: pd.DataFrame
    caps_mt: pd.Series
    steps: pd.DataFrame
    rules: pd.DataFrame
    rule_weight: pd.Series
    limits: ScalarLimits
    year_links: YearLinks = field(default_factory=YearLinks.none)
    further: tuple[Hashable, ...] = ()

    @property
    def is_equity_limited(self) -> bool:
        """Whether quotas must stay within T of their entitlements."""
        return bool(np.isfinite(self.limits.max_deviation))

    @property
    def tiers(self) -> pd.Series:
        """Tier of each province that is bound to one, index province."""
        tier = self.provinces["tier"]
        return tier[tier != NO_TIER]

    @cached_property
    def shape(self) -> Hashable:
        """What the programme's rows and columns depend on: equal where numbers alone differ."""
        p, links = self.provinces, self.year_links
        return (
            tuple(p.index),
            tuple(p["block"]),
            tuple(p["period"]),
            tuple(p["tier"]),
            tuple(self.caps_mt.index),
            tuple(self.steps.index),
            tuple(zip(self.rules.index, self.rules["sense"], strict=True)),
            self.is_equity_limited,
            tuple(zip(links.smoothing.index, links.smoothing["earlier"], strict=True)),
            tuple(links.carries),
            tuple(zip(links.ramp.index, links.ramp["earlier"], strict=True)),
            self.further,
        )

    @cached_property
    def arrays(self) -> AllocationArrays:
        """The numbers without labels, in the order of the provinces, blocks, steps and rules."""
        p = self.provinces
        column = {name: p[name].to_numpy() for name in p.columns}
        return AllocationArrays(
            provinces=p.index,
            block=self.caps_mt.index.get_indexer(pd.Index(p["block"])),
            market=pd.factorize(column["period"], sort=True)[0],
            emissions_mt=column["emissions_mt"].astype(float),
            floor_mt=column["floor_mt"].astype(float),
            ceiling_mt=column["ceiling_mt"].astype(float),
            purchase_limit_mt=column["purchase_limit_mt"].astype(float),
            entitled=EntitlementArrays(*(column[name] for name in EntitlementArrays._fields)),
            caps_mt=self.caps_mt.to_numpy(dtype=float),
            steps=step_arrays(self.steps, p.index),
            rules=rule_arrays(self.rules, self.rule_weight, p.index),
            limits=self.limits,
            links=link_arrays(self.year_links, p.index),
            targets=target_arrays(p, self.tiers),
        )

    def steps_of(self, province: str) -> list[int]:
        """Numbers of a province's abatement steps.

        Parameters
        ----------
        province : its label; one that has no steps is allowed
        """
        return self._step_numbers.get(province, [])

    @cached_property
    def _step_numbers(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = {}
        for province, step in self.steps.index:
            numbers.setdefault(province, []).append(step)
        return numbers

    def with_caps(self, caps_mt: pd.Series) -> AllocationData:
        """Return the same data under other block caps, entitlements computed anew.

        Parameters
        ----------
        caps_mt : index block, Mt

        Raises
        ------
        CapshareError
            where a block's floors or ceilings leave no room for its cap.
        """
        p = self.provinces
        entitled = entitlements(
            p["share"], p["block"], caps_mt, p["floor_mt"], p["ceiling_mt"], p["offset_mt"]
        )
        provinces = p.assign(**{str(name): column for name, column in entitled.items()})
        return replace(self, provinces=provinces, caps_mt=caps_mt.sort_index())

    def parameters(self) -> dict[str, pd.Series | float]:
        """Values of the LP's mutable parameters, by the names the formulation uses."""
        p, limits = self.provinces, self.limits
        values: dict[str, pd.Series | float] = {
            "cap_amount": self.caps_mt,
            "emissions": p["emissions_mt"],
            "floor_amount": p["floor_mt"],
            "ceiling_amount": p["ceiling_mt"],
            "purchase_amount": p["purchase_limit_mt"],
            "step_size": self.steps["size_mt"],
            "step_cost": self.steps["cost_yuan_per_t"],
            "penalty": limits.penalty_yuan_per_t,
            "trade_cost": limits.trade_cost_yuan_per_t,
        }
        if self.is_equity_limited:
            values |= {
                "constant": p["constant_mt"],
                "slope": p["slope"],
                "most": 1 + limits.max_deviation,
                "least": 1 - limits.max_deviation,
                "distance_amount": p["distance_mt"],
            }
        if len(self.tiers):
            values["tier_amount"] = p["tier_mt"].loc[self.tiers.index]
        if len(self.rules):
            values |= {"rule_weight": self.rule_weight, "rule_bound": self.rules["bound_mt"]}
        if len(self.year_links.smoothing):
            smoothing = self.year_links.smoothing
            later, first = tied(smoothing), smoothing[smoothing["earlier"] == NO_YEAR_BEFORE]
            values |= {
                "change_most": later["most"],
                "change_least": later["least"],
                "rise_amount": first["most"] * first["start_mt"],
                "fall_amount": first["least"] * first["start_mt"],
            }
        if len(self.year_links.carries):
            values["carry_amount"] = self.year_links.carry_limit_mt
        if len(self.year_links.ramp):
            values["ramp_amount"] = self.year_links.ramp["most_mt"]
        return values


def allocation_data(
    provinces: pd.DataFrame,
    caps_mt: pd.Series,
    steps: pd.DataFrame,
    limits: ScalarLimits,
    rules: Sequence[PlannerRule] = (),
) -> AllocationData:
    """Bring the parts of an allocation together, checked, sorted, with entitlements.

    Parameters
    ----------
    provinces : index province; ``block, share`` (any unit), ``emissions_mt, floor_mt, ceiling_mt``, and,
        where they apply, ``offset_mt, distance_mt, tier, tier_mt``
    caps_mt : index block, Mt
    steps : index (province, step); ``size_mt, cost_yuan_per_t``
    limits : what is one number for everyone
    rules : planners' own rules

    Returns
    -------
    AllocationData

    Raises
    ------
    CapshareError
        where frames are of other provinces, cells are missing, or bounds leave no room for a cap.
    """
    absent = {name: value for name, value in ABSENT.items() if name not in provinces}
    provinces, steps = _sorted(provinces.assign(**absent)), _sorted(steps)
    require_numbers("allocation_data", "provinces", provinces[["share", "emissions_mt", "floor_mt"]])
    require_numbers("allocation_data", "steps", steps[["size_mt", "cost_yuan_per_t"]])
    require_numbers("allocation_data", "caps_mt", caps_mt)
    step_provinces = pd.Series(0, index=steps.index.unique(level=0))
    require_same_index("allocation_data", provinces=provinces, steps=step_provinces)
    _require_single_steps(steps.index)
    limit = share_of_emissions(provinces["emissions_mt"].to_numpy(dtype=float), limits.trade_limit)
    data = AllocationData(
        provinces=provinces.assign(period=NATIONAL, purchase_limit_mt=limit),
        caps_mt=caps_mt.sort_index(),
        steps=steps,
        rules=rule_table(rules),
        rule_weight=rule_weights(rules, provinces.index),
        limits=limits,
    )
    return data.with_caps(caps_mt)


def _require_single_steps(index: pd.Index) -> None:
    if index.has_duplicates:
        twice = list(index[index.duplicated()].unique())
        raise CapshareError(
            Problem("allocation_data", "steps", "each step of a province once", f"{twice} more than once",
                    "Number the steps of each province.")
        )  # fmt: skip


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if frame.index.is_monotonic_increasing else frame.sort_index()
