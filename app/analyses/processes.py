"""Processes of this machine: the same function of many items, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from capshare.base.errors import CapshareError, Problem

Item = TypeVar("Item")
Result = TypeVar("Result")


def results(
    function: Callable[[Item], Result], items: Sequence[Item], workers: int, what: str, remedy: str
) -> Iterator[Result]:
    """Results of a function, each as it is finished.

    Parameters
    ----------
    function : of one item, sent to the processes together with it
    items : in any number
    workers : processes; 1 is this one
    what : is computed, named in messages: "ensemble"
    remedy : what to do where a process is lost

    Raises
    ------
    CapshareError
        where a process ends before its item is finished, or several are asked for without joblib.
    """
    if workers == 1 or len(items) < 2:
        yield from map(function, items)
        return
    try:
        from joblib import Parallel, delayed
        from joblib.externals.loky.process_executor import TerminatedWorkerError
    except ImportError:
        raise CapshareError(
            Problem(what, "--workers", "the library joblib for more than one process", "none installed",
                    'Install it with: pip install "capshare[ensemble]", or take --workers 1.')
        ) from None  # fmt: skip
    parallel = Parallel(n_jobs=workers, backend="loky", return_as="generator_unordered", batch_size=1)
    try:
        yield from parallel(delayed(function)(item) for item in items)
    except TerminatedWorkerError as error:
        raise CapshareError(
            Problem(what, "--workers", f"{workers} processes that live to the end",
                    "one that ended, perhaps for want of memory", remedy)
        ) from error  # fmt: skip


def require_workers(workers: int, what: str) -> list[Problem]:
    """What is wrong with a number of processes, if anything.

    Parameters
    ----------
    workers : that were asked for
    what : is computed, named in messages
    """
    if workers >= 1:
        return []
    remedy = "Take one for each core of the machine."
    return [Problem(what, "--workers", "at least one process", str(workers), remedy)]
