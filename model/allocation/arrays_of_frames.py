"""The frames of an allocation without their labels, in the order of its provinces."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.allocation.data_arrays import LinkArrays, RampArrays, RuleArrays, StepArrays, TargetArrays
from capshare.model.allocation.limits import YearLinks


def step_arrays(steps: pd.DataFrame, provinces: pd.Index) -> StepArrays:
    """Abatement steps.

    Parameters
    ----------
    steps : index (province, step); ``size_mt, cost_yuan_per_t``
    provinces : labels, in order
    """
    index = steps.index
    assert isinstance(index, pd.MultiIndex)
    province = provinces.get_indexer(index.levels[0])[index.codes[0]]
    size, cost = (steps[name].to_numpy(dtype=float) for name in ("size_mt", "cost_yuan_per_t"))
    return StepArrays(province, size, cost)


def rule_arrays(rules: pd.DataFrame, rule_weight: pd.Series, provinces: pd.Index) -> RuleArrays:
    """Planners' own constraints.

    Parameters
    ----------
    rules : index rule; ``sense, bound_mt``
    rule_weight : index (rule, province); coefficient of the quota
    provinces : labels, in order
    """
    weights = [rule_weight.loc[rule].reindex(provinces) for rule in rules.index]
    return RuleArrays(
        weight=np.array(weights, dtype=float).reshape(-1, len(provinces)),
        bound_mt=rules["bound_mt"].to_numpy(dtype=float),
        is_least=(rules["sense"] == "at least").to_numpy(dtype=bool),
    )


def link_arrays(links: YearLinks, provinces: pd.Index) -> LinkArrays:
    """What ties the years of a joint allocation.

    Parameters
    ----------
    links : labelled as the provinces are
    provinces : labels, in order
    """
    if not len(links.smoothing) + len(links.carries) + len(links.ramp):
        return LinkArrays.none()
    place, start = provinces.get_indexer, links.carries.get_level_values("start")
    # Where there is no year before, its place is -1.
    return LinkArrays(
        later=place(links.smoothing.index),
        earlier=place(pd.Index(links.smoothing["earlier"])),
        most=links.smoothing["most"].to_numpy(dtype=float),
        least=links.smoothing["least"].to_numpy(dtype=float),
        start_mt=links.smoothing["start_mt"].to_numpy(dtype=float),
        start=place(start),
        end=place(links.carries.get_level_values("end")),
        carrier=links.carry_limit_mt.index.get_indexer(start),
        carry_limit_mt=links.carry_limit_mt.to_numpy(dtype=float),
        ramp=RampArrays(
            later=place(links.ramp.index),
            earlier=place(pd.Index(links.ramp["earlier"])),
            most_mt=links.ramp["most_mt"].to_numpy(dtype=float),
        ),
    )


def target_arrays(provinces: pd.DataFrame, tiers: pd.Series) -> TargetArrays:
    """Distances in Mt and tiers.

    Parameters
    ----------
    provinces : index province; ``distance_mt, tier_mt``, Mt
    tiers : index province; tier of each that is bound to one
    """
    bound = provinces.index.get_indexer(tiers.index)
    return TargetArrays(
        distance_mt=provinces["distance_mt"].to_numpy(dtype=float),
        bound=bound,
        tier=pd.Index(tier_names(tiers)).get_indexer(pd.Index(tiers)),
        tier_mt=provinces["tier_mt"].to_numpy(dtype=float)[bound],
    )


def tier_names(tiers: pd.Series) -> list[str]:
    """Names of the tiers, in the order of their columns in the programme.

    Parameters
    ----------
    tiers : index province; tier of each that is bound to one
    """
    return sorted(tiers.unique())
