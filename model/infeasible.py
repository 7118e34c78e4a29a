"""Why no split satisfies all rules, in a planner's words: which collide, and what would mend it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

import pandas as pd

from capshare.errors import InfeasibleError, Problem
from capshare.model.allocation import formulate
from capshare.model.allocation_data import AllocationData
from capshare.model.mend import Mend, mends
from capshare.solvers.compiled import CompiledModel
from capshare.solvers.conflict import irreducible_conflict
from capshare.solvers.program import LinearProgram

# In the order in which the search tries to do without them: what it keeps should be few and weighty.
COLLIDING = (
    "equity_above",
    "equity_below",
    "ceiling",
    "floor",
    "cap",
    "rule_at_least",
    "rule_at_most",
)


def collision(program: LinearProgram) -> list[tuple[str, Hashable]]:
    """Rules of an allocation that contradict each other, though any of them dropped the others agree.

    Parameters
    ----------
    program : the formulation of an infeasible allocation

    Returns
    -------
    list of (constraint, province, block or rule); what is uncovered is always allowed, so neither
        coverage nor trade ever collides

    Raises
    ------
    ValueError
        where the programme is feasible.
    """
    return irreducible_conflict(program, COLLIDING)


def explain(
    data: AllocationData, program: LinearProgram, labels: Mapping[str, str] | None = None
) -> InfeasibleError:
    """Say which rules of an infeasible allocation collide and the least changes that would mend it.

    Parameters
    ----------
    data : provinces, caps and rules that no split satisfies
    program : their formulation
    labels : province → name for the message; without it the codes are printed

    Returns
    -------
    InfeasibleError, to be raised

    Raises
    ------
    ValueError
        where the programme is feasible.
    UnsolvedError
        where the engine ends without an answer.
    """
    names = dict(labels or {})
    members = collision(program)
    compiled = CompiledModel(formulate(data))
    return InfeasibleError(
        Problem(
            "allocation",
            "",
            "rules that some split of the cap satisfies",
            f"status infeasible: {_found(data, members, names)}",
            _remedy(data, mends(data, compiled), names),
        )
    )


def _found(data: AllocationData, members: list[tuple[str, Hashable]], names: Mapping[str, str]) -> str:
    by_kind: dict[str, list[Hashable]] = {}
    for constraint, label in reversed(members):
        by_kind.setdefault(constraint, []).insert(0, label)
    text = "; ".join(_NOUNS[kind](data, found, names) for kind, found in by_kind.items())
    if len(members) == 1:
        return f"no split satisfies the {text}"
    return f"these {len(members)} contradict each other, though without any one the others agree: {text}"


def _listed(amounts_mt: pd.Series, labels: list[Hashable], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names.get(str(label), label)} ({amounts_mt[label]:.6g} Mt)" for label in labels)


def _caps(data: AllocationData, labels: list[Hashable], names: Mapping[str, str]) -> str:
    if len(data.caps_mt) == 1:
        return f"national cap ({data.caps_mt.sum():.6g} Mt)"
    return f"cap of group {_listed(data.caps_mt, labels, {})}"


def _bounds(kind: str) -> Callable[[AllocationData, list[Hashable], Mapping[str, str]], str]:
    def words(data: AllocationData, labels: list[Hashable], names: Mapping[str, str]) -> str:
        return f"{kind} of {_listed(data.provinces[f'{kind}_mt'], labels, names)}"

    return words


def _equity(side: str, sign: float) -> Callable[[AllocationData, list[Hashable], Mapping[str, str]], str]:
    def words(data: AllocationData, labels: list[Hashable], names: Mapping[str, str]) -> str:
        deviation = data.terms.max_deviation
        limit = (1 + sign * deviation) * data.provinces["entitlement_mt"]
        bound = "at most" if sign > 0 else "at least"
        text = _listed(limit, labels, names)
        return f"equity {side} ({bound} {1 + sign * deviation:.6g} of the entitlement) at {text}"

    return words


def _rules(data: AllocationData, labels: list[Hashable], names: Mapping[str, str]) -> str:
    return ", ".join(f"rule '{label}'" for label in labels)


_NOUNS: Mapping[str, Callable[[AllocationData, list[Hashable], Mapping[str, str]], str]] = {
    "cap": _caps,
    "floor": _bounds("floor"),
    "ceiling": _bounds("ceiling"),
    "equity_above": _equity("above", 1.0),
    "equity_below": _equity("below", -1.0),
    "rule_at_least": _rules,
    "rule_at_most": _rules,
}


def _remedy(data: AllocationData, found: list[Mend], names: Mapping[str, str]) -> str:
    ways = [_way(data, mend, names) for mend in found if mend.change is not None]
    powerless = [_without_effect(mend) for mend in found if mend.change is None]
    text = f"Any one of these mends it: {'; '.join(ways)}."
    if powerless:
        text += f" No change mends it of {', '.join(powerless)} alone."
    return text


def _without_effect(mend: Mend) -> str:
    plural = {"cap": "the caps", "national cap": "the national cap with the groups' shares kept",
              "floor": "the floors", "ceiling": "the ceilings", "max_deviation": "max_deviation"}  # fmt: skip
    return plural.get(mend.kind, f"rule '{mend.name}'")


def _way(data: AllocationData, mend: Mend, names: Mapping[str, str]) -> str:
    """One mend as an instruction; the numbers, rounded outwards, are meant to be typed in."""
    assert mend.change is not None
    change, total = mend.change, data.caps_mt.sum()
    national = f"national cap {change.sum():+.10g} Mt, {change.sum() / total:+.2%}"
    if mend.kind == "max_deviation":
        raised = data.terms.max_deviation + change.sum()
        return f"raise max_deviation from {data.terms.max_deviation:.10g} to {raised:.10g}"
    if mend.kind == "national cap" or (mend.kind == "cap" and len(data.caps_mt) == 1):
        return f"change the {national} ({total + change.sum():.10g} Mt)"
    if mend.kind == "cap":
        return f"change the caps of groups {_changes(change, data.caps_mt, {})} ({national})"
    if mend.kind == "rule":
        return " and ".join(
            f"relax rule '{rule}' by {abs(mt):.10g} Mt ({abs(mt) / total * 100:.4g} points of the caps' sum)"
            for rule, mt in change.items()
        )
    verb = {"floor": "lower the floors", "ceiling": "raise the ceilings"}[mend.kind]
    return f"{verb} of {_changes(change, data.provinces[f'{mend.kind}_mt'], names)}"


def _changes(change: pd.Series, before_mt: pd.Series, names: Mapping[str, str]) -> str:
    return ", ".join(
        f"{names.get(str(label), label)} by {mt:+.10g} Mt to {before_mt[label] + mt:.10g} Mt"
        for label, mt in change.items()
    )
