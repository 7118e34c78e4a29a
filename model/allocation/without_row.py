"""An allocation without one rule for one province, everything else as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from capshare.model.allocation.data import NO_TIER, AllocationData


def without_row(data: AllocationData, constraint: str, name: str) -> AllocationData:
    """The same allocation without the one row of a constraint.

    Entitlements stay, also where a floor or a ceiling has moved them. Both sides of a distance, a yearly
    change and a ramp give way together: they are one rule.

    Parameters
    ----------
    data : an allocation
    constraint, name : of the row, as prices name it: ``floor`` of a province, ``rule_at_least`` of a rule

    Raises
    ------
    ValueError
        where a row of this constraint cannot be left out alone
    """
    if constraint not in REMOVABLE:
        raise ValueError(f"no single row of {constraint!r} can be left out")
    return REMOVABLE[constraint](data, name)


def _with(column: str, value: float | str, data: AllocationData, name: str) -> AllocationData:
    changed = data.provinces[column].where(data.provinces.index != name, value)
    return replace(data, provinces=data.provinces.assign(**{column: changed}))


def _rule(bound_mt: float, data: AllocationData, name: str) -> AllocationData:
    rules = data.rules
    bounds = rules["bound_mt"].where(rules.index != name, bound_mt)
    return replace(data, rules=rules.assign(bound_mt=bounds))


def _change(data: AllocationData, name: str) -> AllocationData:
    smoothing = data.year_links.smoothing.drop(index=name)
    return replace(data, year_links=replace(data.year_links, smoothing=smoothing))


def _ramp(data: AllocationData, name: str) -> AllocationData:
    ramp: pd.DataFrame = data.year_links.ramp.drop(index=name)
    return replace(data, year_links=replace(data.year_links, ramp=ramp))


REMOVABLE: Mapping[str, Callable[[AllocationData, str], AllocationData]] = {
    "floor": partial(_with, "floor_mt", 0.0),
    "ceiling": partial(_with, "ceiling_mt", np.inf),
    "equity_above": partial(_with, "distance_mt", np.inf),
    "equity_below": partial(_with, "distance_mt", np.inf),
    "tier": partial(_with, "tier", NO_TIER),
    "purchase_limit": partial(_with, "purchase_limit_mt", np.inf),
    "rule_at_least": partial(_rule, -np.inf),
    "rule_at_most": partial(_rule, np.inf),
    "rise_limit": _change,
    "fall_limit": _change,
    "abatement_rise": _ramp,
    "abatement_fall": _ramp,
}
"""Constraints of which a single row can be left out, and how."""
