"""Speed of an ensemble, as ratios in one run: beside a loop of runs, beside its kernels, with two processes.

Run it with ``pytest -m benchmark tests/benchmarks -s -n 0``. Nothing is asserted about time.
"""

import os
import pickle
import platform
import resource
import time
from importlib import metadata

import highspy
import pytest

import capshare
from capshare.analyses.ensemble.chunk import _worker, solve_chunk
from capshare.analyses.ensemble.draws import Draw, drawn
from capshare.analyses.ensemble.tasks import tasks
from capshare.analyses.ensemble.uncertain_study import uncertain_study
from capshare.analyses.ensemble.workers import made_here
from capshare.chain.prepared import prepare
from capshare.indicators.normalise import min_max_array
from capshare.model.allocation.second_stage import closest_to
from capshare.model.groups.best_of_starts import best_of_starts
from capshare.solvers.highs import HighsOptions, load
from capshare.study.reading import load_study

pytestmark = pytest.mark.benchmark

DRAWS, RUNS = 200, 5


def processor(action, repeats):
    """Mean time of the processor, ms."""
    began = time.process_time()
    for number in range(repeats):
        action(number)
    return 1e3 * (time.process_time() - began) / repeats


@pytest.mark.parametrize("name", ["tian-lin-2021", "china-15fyp"])
def test_an_ensemble_beside_a_loop_of_runs_and_its_kernels(name):
    loaded = load_study(name)
    pickled = pickle.dumps(uncertain_study(prepare(loaded, bootstrap=False)))
    draws = [Draw(number) for number in range(DRAWS)]
    # Every number of groups has a programme of its own, which is made once.
    solve_chunk(pickled, draws)
    worker = _worker(pickled)
    study = worker.uncertain
    programs, points = [], []
    for draw in draws:
        made = drawn(study.asked, study.centre, draw)
        columns = worker._numbers.columns(made)
        numbers, variant = worker._numbers.numbers(made, columns)[-1], worker.variant(made, columns)
        first = variant.first
        programs.append((first.program, closest_to(first, variant.allocated.entitled.entitlement_mt)))
        z = min_max_array(numbers.indicators.values, numbers.indicators.less)
        points.append((z, numbers.grouping))

    def highs(number):
        for program in programs[number]:
            kept = load(program, HighsOptions())
            assert kept.run() == highspy.HighsStatus.kOk

    def groups(number):
        z, asked = points[number]
        best_of_starts(z, asked.k, asked.seed, asked.restarts)

    run = processor(lambda _: capshare.run(loaded, analyses=()), RUNS)
    ensemble = processor(lambda _: solve_chunk(pickled, draws), 2) / DRAWS
    kernels = processor(highs, DRAWS) + processor(groups, DRAWS)
    print(
        f"\n{name}: CPU a draw, ms: run {run:.1f}, ensemble {ensemble:.2f}, HiGHS and k-means {kernels:.2f}"
    )
    print(f"a loop of runs takes {run / ensemble:.1f} times an ensemble")
    print(f"an ensemble takes {ensemble / kernels:.2f} times HiGHS on the same programmes and k-means")
    print(_machine())


def test_two_processes_beside_one_and_memory():
    study = uncertain_study(prepare(load_study("china-15fyp"), bootstrap=False))
    work = pickle.dumps(study), tasks(1_500, 0, ())
    wall, memory = {}, {}
    for workers in (1, 2):
        began = time.perf_counter()
        made = sum(count for _, count, _ in made_here(*work, workers=workers))
        wall[workers] = time.perf_counter() - began
        memory[workers] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        assert made == 1_500
    rate = {workers: made / seconds for workers, seconds in wall.items()}
    print(f"\ndraws a second: {rate[1]:.0f} with one process, {rate[2]:.0f} with two")
    print(f"two processes are {rate[2] / rate[1]:.2f} times as fast as one")
    print(f"largest memory of the process that writes: {max(memory.values()):.0f} MB")
    print(_machine())


def _machine():
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("highspy", "numpy", "pyarrow"))
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
