"""Why no split satisfies all rules, in a planner's words: which collide, and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping

from capshare.base.errors import InfeasibleError, Problem
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.repair import mends
from capshare.model.allocation.infeasibility.words import Words
from capshare.model.allocation.programme import programme_of
from capshare.solvers.conflict import irreducible_conflict
from capshare.solvers.program import LinearProgram

# In the order in which the search tries to do without them: what it keeps should be few and weighty.
COLLIDING = (
    "rise_limit",
    "fall_limit",
    "equity_above",
    "equity_below",
    "ceiling",
    "floor",
    "cap",
    "rule_at_least",
    "rule_at_most",
)


def collision(program: LinearProgram) -> list[tuple[str, str]]:
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
    return [(constraint, str(label)) for constraint, label in irreducible_conflict(program, COLLIDING)]


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
    words = Words(data, dict(labels or {}))
    collided, mended = collision(program), mends(data, programme_of(data))
    return InfeasibleError(
        Problem(
            "allocation",
            "",
            "rules that some split of the cap satisfies",
            f"status infeasible: {words.collision(collided)}",
            words.remedy(mended),
        )
    )
