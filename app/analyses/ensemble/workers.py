"""Workers: chunks made in this process, in several of this machine, or by a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from functools import partial
from itertools import islice
from typing import Any

from capshare.analyses.ensemble.chunk import solve_chunk
from capshare.analyses.ensemble.chunk_file import chunk_bytes
from capshare.analyses.ensemble.tasks import Task
from capshare.analyses.processes import results
from capshare.base.errors import CapshareError, Problem

Made = tuple[str, int, bytes]
# For a scheduler to answer.
ANSWER_SECONDS = 10
# Chunks asked for, for each thread of a cluster. Of thousands of regions a chunk takes 20 MB, a study 1 MB:
# all chunks of a large ensemble at once are more than a scheduler and its workers hold.
AHEAD = 3
_KEPT = "Finished chunks are kept: go on with --resume"


def make(pickled: bytes, task: Task) -> Made:
    """Make one chunk.

    Parameters
    ----------
    pickled : the uncertain study, as bytes
    task : its draws

    Returns
    -------
    name of its file, number of its draws, content of its file
    """
    return task.file, len(task.draws), chunk_bytes(solve_chunk(pickled, task.draws))


def made_here(pickled: bytes, tasks: Sequence[Task], workers: int) -> Iterator[Made]:
    """Make chunks on this machine, each as it is finished.

    Parameters
    ----------
    pickled : the uncertain study, as bytes
    tasks : to do
    workers : processes; 1 is this one

    Raises
    ------
    CapshareError
        where a process ends before its chunk is finished.
    """
    yield from results(partial(make, pickled), tasks, workers, "ensemble", f"{_KEPT}, and fewer workers.")


def made_by_cluster(pickled: bytes, tasks: Sequence[Task], scheduler: str) -> Iterator[Made]:
    """Make chunks by the workers of a Dask scheduler, each as it is finished.

    A worker that is lost loses its chunk, which the scheduler gives to another.

    Parameters
    ----------
    pickled : the uncertain study, as bytes
    tasks : to do
    scheduler : its address, ``tcp://host:8786``

    Raises
    ------
    CapshareError
        where Dask is not installed, the scheduler cannot be reached or is lost, or a chunk costs one worker
        after another.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
        from distributed.comm import CommClosedError
    except ImportError:
        raise CapshareError(
            Problem("distributed", "", "the library that talks to a Dask scheduler", "none installed",
                    'Install it with: pip install "capshare[distributed]".')
        ) from None  # fmt: skip
    try:
        client = Client(scheduler, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise CapshareError(
            Problem("ensemble", "--scheduler", "the address of a Dask scheduler that answers, tcp://HOST:PORT",
                    f"{scheduler}, which does not answer",
                    "Start one with `dask scheduler`, or use --workers.")
        ) from error  # fmt: skip
    with client:
        left, coming = iter(tasks), as_completed(loop=client.loop)

        def ask(most: int) -> None:
            for task in islice(left, max(1, most)):
                coming.add(client.submit(make, pickled, task, pure=False))

        try:
            ask(_at_once(client))
            for future in coming:
                yield future.result()
                # A chunk that is here need not be kept there.
                future.release()
                ask(_at_once(client) - coming.count())
        except KilledWorker as error:
            raise CapshareError(
                Problem("ensemble", "--scheduler", "workers that live to the end",
                        "a chunk that ended one worker after another", f"{_KEPT}, and give them more memory.")
            ) from error  # fmt: skip
        except (CancelledError, CommClosedError) as error:
            raise CapshareError(
                Problem("ensemble", "--scheduler", "a scheduler that lives to the end",
                        f"{scheduler}, which was lost", f"{_KEPT}, when it is there again.")
            ) from error  # fmt: skip
        finally:
            client.cancel(list(coming.futures))


def _at_once(client: Any) -> int:
    """Chunks that a cluster is asked for at once: enough that none of its threads waits for the next."""
    threads: int = sum(client.nthreads().values())
    return max(1, AHEAD * threads)
