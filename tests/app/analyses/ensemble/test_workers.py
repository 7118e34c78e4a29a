"""Workers: the same bytes from one process, several, and a cluster that loses a worker on its way."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from capshare.analyses.ensemble.draws import input_names
from capshare.analyses.ensemble.tasks import pairs_of, tasks
from capshare.analyses.ensemble.workers import made_by_cluster, made_here
from capshare.base.errors import CapshareError

STUDY, TIED = "china-15fyp", "china-2035"
# A draw of years that are tied takes eight times as long.
DRAWS = {STUDY: 120, TIED: 20}
both = pytest.mark.parametrize("work", [STUDY, TIED], indirect=True)


@pytest.fixture
def work(request, uncertain, monkeypatch):
    """The study as bytes, and five chunks of it besides those for the drivers."""
    name = getattr(request, "param", STUDY)
    monkeypatch.setattr("capshare.analyses.ensemble.tasks.CHUNK", DRAWS[name] // 5)
    study = uncertain(name)
    inputs = input_names(study.asked)
    found = tasks(DRAWS[name], 2 if name == STUDY else 1, inputs)
    return pickle.dumps(study), found


@pytest.fixture
def expected(request, work, computed):
    """What one process makes of the chunks."""

    def made():
        return {file: data for file, _, data in made_here(*work, workers=1)}

    return computed(f"chunks of {request.node.name.partition('[')[2] or STUDY}", made)


def test_chunks_hold_every_draw_once(work):
    _, found = work
    draws = [draw for task in found for draw in task.draws]
    assert len(draws) == len(set(draws))
    assert [draw.number for draw in draws if not draw.swapped] == list(range(DRAWS[STUDY]))
    names = {draw.swapped for draw in draws} - {""}
    assert len(draws) == DRAWS[STUDY] + 2 * len(names)
    assert [task.file for task in found] == sorted(task.file for task in found)


@pytest.mark.parametrize(
    ("draws", "inputs", "pairs"), [(10_000, 10, 256), (100, 10, 10), (1, 10, 0), (9, 2, 4)]
)
def test_pairs_cost_at_most_as_many_draws_again(draws, inputs, pairs):
    assert pairs_of(draws, [str(number) for number in range(inputs)]) == pairs


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_named(work, monkeypatch):
    monkeypatch.setattr("capshare.analyses.ensemble.workers.ANSWER_SECONDS", 0.5)
    with pytest.raises(CapshareError, match=r"--scheduler: .*127\.0\.0\.1:9, which does not answer"):
        list(made_by_cluster(*work, "tcp://127.0.0.1:9"))


@pytest.mark.slow
@both
def test_two_processes_make_the_same_bytes(work, expected):
    assert {file: data for file, _, data in made_here(*work, workers=2)} == expected


@pytest.mark.slow
def test_a_process_that_dies_is_told(work, monkeypatch):
    pickled, found = work

    # Inside the test, so that it is sent by value: a process of the pool need not find the tests.
    def die(pickled, task):
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("capshare.analyses.ensemble.workers.make", die)
    with pytest.raises(CapshareError, match=r"--workers: .* one that ended, .* go on with --resume"):
        list(made_here(pickled, found, workers=2))


@pytest.mark.slow
@both
def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(work, expected, tmp_path):
    with _cluster(tmp_path) as (address, started):
        made = {}
        for file, _, data in made_by_cluster(*work, address):
            if not made:
                started[-1].kill()
            assert file not in made
            made[file] = data
        assert made == expected


@pytest.mark.slow
def test_a_scheduler_that_is_lost_on_the_way_is_told(work, tmp_path):
    with _cluster(tmp_path) as (address, started):
        coming = made_by_cluster(*work, address)
        next(coming)
        started[0].kill()
        with pytest.raises(CapshareError, match=r"--scheduler: .* which was lost\. .* go on with --resume"):
            list(coming)


@pytest.mark.slow
def test_a_cluster_is_asked_for_a_few_chunks_at_a_time(work, expected, tmp_path, monkeypatch):
    monkeypatch.setattr("capshare.analyses.ensemble.workers.AHEAD", 1)
    with _cluster(tmp_path) as (address, _):
        assert {file: data for file, _, data in made_by_cluster(*work, address)} == expected


@contextmanager
def _cluster(folder):
    """Address of a scheduler on loopback, and its process before those of two workers."""
    pytest.importorskip("distributed")
    started = []
    try:
        address = folder / "scheduler.json"
        started.append(_start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                              "--scheduler-file", str(address)))  # fmt: skip
        while not address.exists():
            time.sleep(0.1)
        for _ in range(2):
            started.append(_start("worker", "--scheduler-file", str(address), "--host", "127.0.0.1",
                                  "--nthreads", "1", "--no-dashboard", "--no-nanny",
                                  "--local-directory", str(folder)))  # fmt: skip
        yield json.loads(address.read_text())["address"], started
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _start(what, *options):
    command = [sys.executable, "-m", "dask", what, *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
