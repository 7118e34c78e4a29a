"""The numbers of an allocation that may give way where its rules collide, and what they do to its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from capshare.model.allocation.data import AllocationData
from capshare.solvers.program import Vector

# Mt; how far the solution of a programme may lie outside its rows.
FEASIBLE_MT = 1e-7

# Component and label of a row, label of a number, and what a unit more of it adds to the row's left side.
Effect = tuple[str, Hashable, Hashable, float]


@dataclass(frozen=True)
class Knob:
    """Numbers of one kind, and the steps in which they may be changed.

    Attributes
    ----------
    kind : "cap", "national cap", "floor", "ceiling", "max_deviation" or "rule"
    name : of a single rule; empty for the other kinds
    moves : index number's label, one column per step; how a step changes the numbers, Mt per Mt
    limit : largest step, one per step, Mt; may be infinite
    effects : data → effects of the numbers on the rows of the formulation, at that data's entitlements
    numbers : data → the numbers, index label
    turned : data, change (index label) → data with the change added and entitlements computed anew
    """

    kind: str
    name: str
    moves: pd.DataFrame
    limit: Vector
    effects: Callable[[AllocationData], list[Effect]]
    numbers: Callable[[AllocationData], pd.Series]
    turned: Callable[[AllocationData, pd.Series], AllocationData]


def knobs(data: AllocationData) -> list[Knob]:
    """Every kind of number of an allocation that may give way alone.

    Parameters
    ----------
    data : an allocation

    Returns
    -------
    list of Knob: caps, national cap (where there are several blocks), floors, ceilings,
        ``max_deviation`` (where it is finite) and each planner's rule
    """
    found = [cap_knob(data)]
    if len(data.caps_mt) > 1:
        found.append(national_cap_knob(data))
    found += [bound_knob(data, "floor"), bound_knob(data, "ceiling")]
    if data.is_equity_limited:
        found.append(deviation_knob())
    return found + [rule_knob(data, [rule]) for rule in data.rules.index]


def cap_knob(data: AllocationData) -> Knob:
    """Each block's cap, up or down."""
    caps = data.caps_mt
    unit = np.eye(len(caps))
    moves = pd.DataFrame(np.hstack([unit, -unit]), index=caps.index)
    limit = np.concatenate([np.full(len(caps), np.inf), caps.to_numpy(dtype=float)])
    return Knob("cap", "", moves, limit, _cap_effects, _caps, _with_caps_changed)


def national_cap_knob(data: AllocationData) -> Knob:
    """All caps in proportion, up or down."""
    caps = data.caps_mt
    share = (caps / caps.sum()).to_numpy(dtype=float)
    moves = pd.DataFrame({0: share, 1: -share}, index=caps.index)
    limit = np.array([np.inf, caps.sum()])
    return Knob("national cap", "", moves, limit, _cap_effects, _caps, _with_caps_changed)


def bound_knob(data: AllocationData, kind: str) -> Knob:
    """Each province's floor, downwards, or ceiling, upwards."""
    bound = data.provinces[f"{kind}_mt"]
    bound = bound[bound > 0] if kind == "floor" else bound[np.isfinite(bound)]
    sign = -1.0 if kind == "floor" else 1.0
    moves = pd.DataFrame(sign * np.eye(len(bound)), index=bound.index)
    limit = bound.to_numpy(dtype=float) if kind == "floor" else np.full(len(bound), np.inf)

    def effects(now: AllocationData) -> list[Effect]:
        return [effect for code in bound.index for effect in _bound_effects(now, kind, code)]

    def numbers(now: AllocationData) -> pd.Series:
        return now.provinces[f"{kind}_mt"].reindex(bound.index)

    def turned(now: AllocationData, change: pd.Series) -> AllocationData:
        moved = now.provinces[f"{kind}_mt"].add(change, fill_value=0.0)
        return replace(now, provinces=now.provinces.assign(**{f"{kind}_mt": moved})).with_caps(now.caps_mt)

    return Knob(kind, "", moves, limit, effects, numbers, turned)


def deviation_knob() -> Knob:
    """How far quotas may lie from their entitlements; these do not move, since the caps fix them."""

    def effects(now: AllocationData) -> list[Effect]:
        signs = {"equity_above": -1.0, "equity_below": 1.0}
        entitlement = now.provinces["entitlement_mt"]
        return [(row, code, "", sign * mt) for row, sign in signs.items() for code, mt in entitlement.items()]

    def numbers(now: AllocationData) -> pd.Series:
        return pd.Series({"": now.terms.max_deviation})

    def turned(now: AllocationData, change: pd.Series) -> AllocationData:
        deviation = now.terms.max_deviation + float(change.sum())
        return replace(now, terms=replace(now.terms, max_deviation=deviation))

    moves, limit = pd.DataFrame([[1.0]], index=[""]), np.array([np.inf])
    return Knob("max_deviation", "", moves, limit, effects, numbers, turned)


def rule_knob(data: AllocationData, rules: Sequence[str]) -> Knob:
    """Bounds of planners' rules, each towards the side that asks for less."""
    sense = data.rules.loc[list(rules), "sense"]
    sign = np.where(sense == "at least", -1.0, 1.0)
    moves = pd.DataFrame(np.diag(sign), index=sense.index)
    row = {"at least": "rule_at_least", "at most": "rule_at_most"}

    def effects(now: AllocationData) -> list[Effect]:
        return [(row[sense[rule]], rule, rule, -1.0) for rule in rules]

    def numbers(now: AllocationData) -> pd.Series:
        return now.rules.loc[list(rules), "bound_mt"]

    def turned(now: AllocationData, change: pd.Series) -> AllocationData:
        bound = now.rules["bound_mt"].add(change, fill_value=0.0)
        return replace(now, rules=now.rules.assign(bound_mt=bound))

    name = rules[0] if len(rules) == 1 else ""
    return Knob("rule", name, moves, np.full(len(rules), np.inf), effects, numbers, turned)


def _cap_effects(now: AllocationData) -> list[Effect]:
    return [("cap", block, block, -1.0) for block in now.caps_mt.index]


def _with_caps_changed(now: AllocationData, change: pd.Series) -> AllocationData:
    """Change caps; one that floors or ceilings leave no room for by rounding alone is put where they do."""
    bounds = now.provinces.groupby("block")[["floor_mt", "ceiling_mt"]].sum()
    wanted = now.caps_mt + change
    inside = wanted.clip(bounds["floor_mt"], bounds["ceiling_mt"])
    return now.with_caps(inside.where((wanted - inside).abs() <= FEASIBLE_MT, wanted))


def _caps(now: AllocationData) -> pd.Series:
    return now.caps_mt


def _bound_effects(now: AllocationData, kind: str, code: str) -> list[Effect]:
    """A bound is a row; where it clips an entitlement it also takes from, or leaves to, the free ones."""
    found: list[Effect] = [(kind, code, code, -1.0)]
    p = now.provinces
    if now.is_equity_limited and p.at[code, "clipped"] == kind:
        found.append(("entitled", code, code, -1.0))
        free = p[(p["block"] == p.at[code, "block"]) & (p["clipped"] == "")]
        found += [("entitled", other, code, float(slope)) for other, slope in free["slope"].items()]
    return found
