"""Why no split satisfies all rules of an allocation: which of them collide."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from capshare.base.errors import InfeasibleError, Problem
from capshare.model.allocation.constraints.catalogue import CONSTRAINTS
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.smoothing import smoothing_share
from capshare.solvers.conflict import irreducible_conflict
from capshare.solvers.program import LinearProgram

Member = tuple[str, str]


class NoSplitError(InfeasibleError):
    """No split of an allocation's caps satisfies its rules; why is found on demand, as it takes time."""

    def __init__(self) -> None:
        super().__init__(
            Problem("allocation", "", "rules that some split of the cap satisfies", "status infeasible",
                    "Relax one of them.")
        )  # fmt: skip


def collision(program: LinearProgram) -> list[Member]:
    """Rules of an allocation that contradict each other, though any of them dropped the others agree.

    Parameters
    ----------
    program : the formulation of an infeasible allocation

    Returns
    -------
    list of (constraint, province, block or rule); what is uncovered is always allowed, so neither
        coverage nor trade nor carrying ever collides

    Raises
    ------
    ValueError
        where the programme is feasible.
    """
    # In the order in which the search tries to do without them: what it keeps should be few and weighty.
    kept = {record.name: record.keeps for record in CONSTRAINTS if record.keeps is not None}
    order = tuple(sorted(kept, key=lambda name: kept[name]))
    return [(constraint, str(label)) for constraint, label in irreducible_conflict(program, order)]


def colliding_amounts(data: AllocationData, members: Sequence[Member]) -> pd.DataFrame:
    """What each rule of a collision asks for, the weightiest first.

    Parameters
    ----------
    data : an infeasible allocation of several years, labelled ``year:name``
    members : from :func:`collision`

    Returns
    -------
    DataFrame, index ``constraint, year, name``; ``amount``: Mt that a quota or a block must or may get, the
        share of a largest yearly change, the bound of a planner's rule as the programme has it
    """
    amounts = _amounts(data)
    rows = {
        (constraint, *_year_and_name(label)): float(amounts[constraint][label])
        for constraint, label in reversed(members)
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=["constraint", "year", "name"])
    return pd.DataFrame({"amount": list(rows.values())}, index=index)


def _amounts(data: AllocationData) -> dict[str, pd.Series]:
    p, deviation, tied = data.provinces, data.terms.max_deviation, data.links.smoothing
    change = pd.Series(smoothing_share(data) if len(tied) else 0.0, index=tied.index)
    return {
        "cap": data.caps_mt,
        "floor": p["floor_mt"],
        "ceiling": p["ceiling_mt"],
        "equity_above": (1 + deviation) * p["entitlement_mt"],
        "equity_below": (1 - deviation) * p["entitlement_mt"],
        "rise_limit": change,
        "fall_limit": change,
        "rule_at_least": data.rules["bound_mt"],
        "rule_at_most": data.rules["bound_mt"],
    }


def _year_and_name(label: str) -> tuple[int, str]:
    year, _, name = label.partition(":")
    return int(year), name
