"""The answer to changed settings: the split of a year, or which rules collide and what mends them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import others_have_splits, solve_year
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.solvers.guard import ending
from capshare.solvers.program import UnsolvedError
from capshare.workbench.answers import Answer
from capshare.workbench.conflict import conflict
from capshare.workbench.session import LONGEST_S, Session
from capshare.workbench.solved import solved_answer

# Of a solve and of the search for what mends it, which takes many; a page shows that it waits.
LONGEST_SEARCH_S = 40.0


def answer(session: Session, changes: Mapping[str, Any], year: int | None = None) -> Answer:
    """Solve the session's study with changes.

    Parameters
    ----------
    session : holds the study
    changes : key as of ``--set`` → value
    year : one of the changed study's; by default the last

    Raises
    ------
    CapshareError
        where a setting or the year is wrong, with every problem.
    BusyError
        where too many ask at once.
    """
    start = time.perf_counter()
    with session.prepared(changes, LONGEST_SEARCH_S) as found:
        chosen = chosen_year(found, year)
        try:
            with ending(LONGEST_S):
                told = _solved(found, chosen)
        except UnsolvedError as unsolved:
            raise _untellable(found, unsolved) from unsolved
        if told is None:
            told = Answer(status="infeasible", year=chosen, conflict=conflict(found, LONGEST_SEARCH_S / 2))
    return told.model_copy(update={"elapsed_ms": round(1000 * (time.perf_counter() - start), 1)})


def _solved(found: PreparedStudy, year: int) -> Answer | None:
    """The split of a year; None where it, or another year that a run would solve as well, has none."""
    try:
        solved = solve_year(found, year)
    except NoSplitError:
        return None
    return solved_answer(found, solved) if others_have_splits(found, year) else None


def chosen_year(found: PreparedStudy, year: int | None) -> int:
    """The year asked for, by default the last.

    Parameters
    ----------
    found : the chain of a study
    year : one of its years, or None

    Raises
    ------
    CapshareError
        where it is none of the study's.
    """
    years = found.inputs.years
    if year is None or year in years:
        return years[-1] if year is None else year
    known = ", ".join(map(str, years))
    raise CapshareError(
        Problem("year", "", f"a year of the study: {known}", str(year), "Choose one of them.")
    )


def _untellable(found: PreparedStudy, unsolved: UnsolvedError) -> CapshareError:
    return CapshareError(
        Problem(found.path.name, "", "numbers near enough to one another for the solver to tell them apart",
                f"status {unsolved.status}", "Look for an amount in another unit than its column says.")
    )  # fmt: skip
