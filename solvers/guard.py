"""Every run of HiGHS under guard: within limits of iterations and time, and stopped by Ctrl-C."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from capshare.base.errors import CapshareError, Problem

# HiGHS runs without Python's interpreter, which alone can act on a signal; these are then kept for later.
KEPT = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Limits:
    """How long one run of HiGHS may take; named as in the section ``[solver]`` of a study.

    Counts of iterations end a run at the same place on every machine, a time does not: it is the last guard.

    Attributes
    ----------
    max_simplex_iterations : pivots; allocations of 30 provinces take about 50
    max_interior_point_iterations : of the interior point, which takes 10 to 50 where it gets anywhere
    time_limit_s : seconds
    """

    max_simplex_iterations: int = 200_000
    max_interior_point_iterations: int = 200
    time_limit_s: float = 600.0


_in_force: ContextVar[Limits] = ContextVar("limits")
_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)

# The words of HiGHS, and of Pyomo for other solvers.
ENDED_BY_LIMIT = frozenset(
    {"iteration limit reached", "time limit reached", "maxEvaluations", "maxIterations", "maxTimeLimit"}
)


class LimitReachedError(Exception):
    """A solver came to the limit of its iterations or its time before it had an answer.

    No kind of wrong input to any one step, so that no step takes it for one; :func:`within` makes it one of
    the study.
    """

    def __init__(self, status: str) -> None:
        super().__init__(f"the solver ended with status {status!r}")
        self.status = status


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    """Hold every run of a solver inside the block to these limits; outside of any block the defaults hold.

    Parameters
    ----------
    limits : on time (s) and iterations of one run

    Raises
    ------
    CapshareError
        where a limit was reached, naming the keys to raise.
    """
    token = _in_force.set(limits)
    try:
        yield
    except LimitReachedError as reached:
        raise CapshareError(_problem(reached.status, limits)) from reached
    finally:
        _in_force.reset(token)


@contextmanager
def ending(seconds: float) -> Iterator[None]:
    """Let all runs of a solver inside the block together take no longer than this.

    Parameters
    ----------
    seconds : from now on

    Raises
    ------
    TimeoutError
        where a run came to this end; in place of what :func:`within` would say of it.
    """
    end = time.monotonic() + seconds
    token = _deadline.set(min(end, _deadline.get()))
    try:
        yield
    except (CapshareError, LimitReachedError) as error:
        reached = error if isinstance(error, LimitReachedError) else error.__cause__
        if isinstance(reached, LimitReachedError) and time.monotonic() >= end:
            raise TimeoutError from error
        raise
    finally:
        _deadline.reset(token)


def limits_in_force() -> Limits:
    """Limits of the innermost block of :func:`within`."""
    return _in_force.get(Limits())


def _problem(status: str, limits: Limits) -> Problem:
    is_time = "time" in status.lower()
    keys = {key: value for key, value in asdict(limits).items() if key.startswith("time") == is_time}
    allowed = ", ".join(f"{key} = {value:g}" for key, value in keys.items())
    return Problem(
        "study",
        "solver",
        f"an optimum within the limits of a run of the solver ({allowed})",
        status,
        f"Look for an amount in another unit than its column says, or raise {' or '.join(keys)} in [solver].",
    )


def run(engine: Any) -> str:
    """Run a loaded HiGHS within the limits in force; Ctrl-C ends it as it ends any Python code.

    Parameters
    ----------
    engine : HiGHS, loaded

    Returns
    -------
    HiGHS's word for the ending, in small letters: "optimal", "infeasible", "iteration limit reached", …

    Raises
    ------
    KeyboardInterrupt
        or what else the handler of a signal raises that came while HiGHS ran.
    """
    limits, left = limits_in_force(), _deadline.get() - time.monotonic()
    if left <= 0:
        raise LimitReachedError("time limit reached")
    engine.setOptionValue("simplex_iteration_limit", limits.max_simplex_iterations)
    engine.setOptionValue("ipm_iteration_limit", limits.max_interior_point_iterations)
    # HiGHS counts the time of all runs of one engine, and the iterations of one run.
    engine.setOptionValue("time_limit", engine.getRunTime() + min(limits.time_limit_s, left))
    with _signals_kept() as kept:

        def heed(event: Any) -> None:
            # Being called is enough: in between, Python notices a signal.
            if kept:
                event.interrupt()

        engine.cbSimplexInterrupt += heed
        engine.cbIpmInterrupt += heed
        engine.cbMipInterrupt += heed
        try:
            engine.run()
        finally:
            engine.cbSimplexInterrupt -= heed
            engine.cbIpmInterrupt -= heed
            engine.cbMipInterrupt -= heed
    return str(engine.modelStatusToString(engine.getModelStatus())).lower()


def refuse_limit(status: str) -> None:
    """Refuse an ending at a limit.

    Parameters
    ----------
    status : the engine's word for the ending, in small letters

    Raises
    ------
    LimitReachedError
        where the word says so.
    """
    if status in ENDED_BY_LIMIT:
        raise LimitReachedError(status)


@contextmanager
def _signals_kept() -> Iterator[list[int]]:
    """Keep signals that Python would act on, and act on them when the block is left.

    An exception raised from inside HiGHS's call would be swallowed by HiGHS. Only the main thread receives
    signals; in others nothing changes.
    """
    kept: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield kept
        return
    handlers: dict[signal.Signals, Callable[..., Any]] = {}
    for number in KEPT:
        handler = signal.getsignal(number)
        if callable(handler):
            handlers[number] = handler
    try:
        for number in handlers:
            signal.signal(number, lambda came, _frame: kept.append(came))
        yield kept
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for came in kept:
            handlers[signal.Signals(came)](came, None)
