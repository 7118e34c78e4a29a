"""Why no split satisfies all rules of an allocation: which of them collide."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from capshare.base.errors import InfeasibleError, Problem
from capshare.model.allocation.constraints.catalogue import CONSTRAINTS, constraints_of
from capshare.model.allocation.constraints.record import Constraint
from capshare.model.allocation.data import AllocationData
from capshare.solvers.conflict import irreducible_conflict
from capshare.solvers.program import LinearProgram

Member = tuple[str, str]


class NoSplitError(InfeasibleError):
    """No split of the caps satisfies all rules; the reason is looked for on demand, as it takes time."""

    def __init__(self) -> None:
        super().__init__(
            Problem("allocation", "", "rules that some split of the cap satisfies", "status infeasible",
                    "Relax one of them.")
        )  # fmt: skip


def collision(program: LinearProgram) -> list[Member]:
    """Rules of an allocation that contradict each other, though without any one of them the others agree.

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
    records = {record.name: record for record in constraints_of(data)}
    rows = {
        (constraint, *_year_and_name(label)): float(_asked(records[constraint], data)[label])
        for constraint, label in reversed(members)
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=["constraint", "year", "name"])
    return pd.DataFrame({"amount": list(rows.values())}, index=index)


def _asked(record: Constraint, data: AllocationData) -> pd.Series:
    """What each row of a constraint asks for: as its record says, else the side on which it binds."""
    if record.asks is not None or record.rows is None:
        return record.asks(data) if record.asks else pd.Series(np.nan, index=record.labels(data))
    rows, labels = record.rows(data.arrays), record.labels(data)
    lower, upper = (np.broadcast_to(side, len(labels)) for side in (rows.lower, rows.upper))
    return pd.Series(np.where(np.isfinite(lower), lower, upper), index=labels)


def _year_and_name(label: str) -> tuple[int, str]:
    year, _, name = label.partition(":")
    return int(year), name
