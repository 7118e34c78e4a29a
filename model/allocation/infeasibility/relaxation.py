"""The numbers that may give way where the rules of an allocation collide, and what they do to its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from capshare.model.allocation.data import AllocationData

# Mt; how far the solution of a programme may lie outside its rows.
FEASIBLE_MT = 1e-7

# Component and label of a row, label of a number, and what a unit more of it adds to the row's left side.
Effect = tuple[str, Hashable, Hashable, float]


@dataclass(frozen=True)
class Levers:
    """Numbers that a user may change, in their own unit, and what each does to an allocation.

    Attributes
    ----------
    value : index lever; what it is now
    per_unit : index number of the allocation (a cap's block, a bound's province, a rule), one column per
        lever; what a unit more of the lever adds to the number, Mt (of ``max_deviation``: a share)
    lowest, highest : index lever; how far it may be changed
    turned : values of all levers → the allocation with them, entitlements computed anew
    """

    value: pd.Series
    per_unit: pd.DataFrame
    lowest: pd.Series
    highest: pd.Series
    turned: Callable[[pd.Series], AllocationData]


@dataclass(frozen=True)
class Relaxation:
    """Levers of one kind, which may be changed together.

    Attributes
    ----------
    kind : "cap", "national cap", "floor", "ceiling", "max_deviation" or "rule"
    name : of a single rule; empty for the other kinds
    levers : the numbers
    effects : data → effects of the numbers on the rows of the formulation, at that data's entitlements
    """

    kind: str
    name: str
    levers: Levers
    effects: Callable[[AllocationData], list[Effect]]


def relaxations(data: AllocationData) -> list[Relaxation]:
    """Every kind of number of an allocation that may give way alone, each number in Mt its own lever.

    Parameters
    ----------
    data : an allocation

    Returns
    -------
    list of Relaxation: caps, national cap (where there are several blocks), floors, ceilings,
        ``max_deviation`` (where it is finite) and each planner's rule
    """
    found = [cap_relaxation(_caps(data))]
    if len(data.caps_mt) > 1:
        found.append(cap_relaxation(_national_cap(data), "national cap"))
    found += [bound_relaxation(kind, _bounds(data, kind)) for kind in ("floor", "ceiling")]
    if data.is_equity_limited:
        found.append(deviation_relaxation(_deviation(data)))
    return found + [rule_relaxation(data, _rules(data, [rule])) for rule in data.rules.index]


def every_rule(data: AllocationData) -> Relaxation:
    """All planners' rules of an allocation together, each bound in Mt its own lever.

    Parameters
    ----------
    data : an allocation; bounds of its rules in Mt
    """
    return rule_relaxation(data, _rules(data, list(data.rules.index)))


def cap_relaxation(levers: Levers, kind: str = "cap") -> Relaxation:
    """Caps of blocks, up or down.

    Parameters
    ----------
    levers : their numbers are the caps of blocks, Mt
    kind : "cap" or "national cap"
    """

    def effects(now: AllocationData) -> list[Effect]:
        return [("cap", block, block, -1.0) for block in now.caps_mt.index]

    return Relaxation(kind, "", levers, effects)


def bound_relaxation(kind: str, levers: Levers) -> Relaxation:
    """Provinces' floors, downwards, or ceilings, upwards.

    Parameters
    ----------
    kind : "floor" or "ceiling"
    levers : their numbers are bounds of provinces, Mt
    """

    def effects(now: AllocationData) -> list[Effect]:
        return [effect for code in levers.per_unit.index for effect in _bound_effects(now, kind, code)]

    return Relaxation(kind, "", levers, effects)


def deviation_relaxation(levers: Levers) -> Relaxation:
    """How far quotas may lie from their entitlements; these do not move, since the caps fix them.

    Parameters
    ----------
    levers : their number is ``max_deviation``, a share
    """

    def effects(now: AllocationData) -> list[Effect]:
        signs = {"equity_above": -1.0, "equity_below": 1.0}
        entitlement = now.provinces["entitlement_mt"]
        return [(row, code, "", sign * mt) for row, sign in signs.items() for code, mt in entitlement.items()]

    return Relaxation("max_deviation", "", levers, effects)


def rule_relaxation(data: AllocationData, levers: Levers) -> Relaxation:
    """Bounds of planners' rules, each towards what it excludes.

    Parameters
    ----------
    data : has the rules' sense
    levers : their numbers are the rules' bounds, Mt
    """
    row = {"at least": "rule_at_least", "at most": "rule_at_most"}
    sense = data.rules.loc[levers.per_unit.index, "sense"]

    def effects(now: AllocationData) -> list[Effect]:
        return [(row[str(side)], rule, rule, -1.0) for rule, side in sense.items()]

    return Relaxation("rule", str(levers.value.index[0]) if len(levers.value) == 1 else "", levers, effects)


def _caps(data: AllocationData) -> Levers:
    caps = data.caps_mt
    own = pd.DataFrame(np.eye(len(caps)), index=caps.index, columns=caps.index)
    return Levers(caps, own, 0.0 * caps, caps + np.inf, lambda value: _with_caps(data, value))


def _national_cap(data: AllocationData) -> Levers:
    """All caps in proportion."""
    caps, total = data.caps_mt, pd.Series({"": data.caps_mt.sum()})
    share = caps / caps.sum()

    def turned(value: pd.Series) -> AllocationData:
        return _with_caps(data, caps + share * (value[""] - total[""]))

    return Levers(total, share.to_frame(""), 0.0 * total, total + np.inf, turned)


def _with_caps(data: AllocationData, wanted: pd.Series) -> AllocationData:
    """Other caps; one that lies outside its members' bounds by rounding alone is put onto them."""
    bounds = data.provinces.groupby("block")[["floor_mt", "ceiling_mt"]].sum()
    inside = wanted.clip(bounds["floor_mt"], bounds["ceiling_mt"])
    return data.with_caps(inside.where((wanted - inside).abs() <= FEASIBLE_MT, wanted))


def _bounds(data: AllocationData, kind: str) -> Levers:
    column = f"{kind}_mt"
    bound = data.provinces[column]
    bound = bound[bound > 0] if kind == "floor" else bound[np.isfinite(bound)]
    own = pd.DataFrame(np.eye(len(bound)), index=bound.index, columns=bound.index)
    lowest, highest = (0.0 * bound, bound) if kind == "floor" else (bound, bound + np.inf)

    def turned(value: pd.Series) -> AllocationData:
        moved = value.reindex(data.provinces.index).fillna(data.provinces[column])
        return replace(data, provinces=data.provinces.assign(**{column: moved})).with_caps(data.caps_mt)

    return Levers(bound, own, lowest, highest, turned)


def _deviation(data: AllocationData) -> Levers:
    now = pd.Series({"": data.limits.max_deviation})

    def turned(value: pd.Series) -> AllocationData:
        return replace(data, limits=replace(data.limits, max_deviation=float(value[""])))

    return Levers(now, pd.DataFrame({"": [1.0]}, index=[""]), now, now + np.inf, turned)


def _rules(data: AllocationData, rules: Sequence[str]) -> Levers:
    bound = data.rules.loc[list(rules), "bound_mt"]
    own = pd.DataFrame(np.eye(len(bound)), index=bound.index, columns=bound.index)
    at_least = data.rules.loc[list(rules), "sense"] == "at least"
    lowest, highest = bound.where(~at_least, -np.inf), bound.where(at_least, np.inf)

    def turned(value: pd.Series) -> AllocationData:
        moved = value.reindex(data.rules.index).fillna(data.rules["bound_mt"])
        return replace(data, rules=data.rules.assign(bound_mt=moved))

    return Levers(bound, own, lowest, highest, turned)


def _bound_effects(now: AllocationData, kind: str, code: Hashable) -> list[Effect]:
    """A bound is a row; where it clips an entitlement it also takes from, or leaves to, the free ones."""
    found: list[Effect] = [(kind, code, code, -1.0)]
    p = now.provinces
    if now.is_equity_limited and p.at[code, "clipped"] == kind:
        found.append(("entitled", code, code, -1.0))
        free = p[(p["block"] == p.at[code, "block"]) & (p["clipped"] == "")]
        found += [("entitled", other, code, float(slope)) for other, slope in free["slope"].items()]
    return found
