"""Draws a second against processes, and what a million draws of the counties of China would take.

Run it with ``pytest -m benchmark tests/benchmarks -s -n 0 -k processes``. Nothing is asserted about time.
"""

import json
import os
import pickle
import platform
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib import metadata

import numpy as np
import pytest
import tomli_w
from corpus.packages import package

from capshare.analyses.ensemble.chunk import Chunk, solve_chunk
from capshare.analyses.ensemble.chunk_file import chunk_bytes
from capshare.analyses.ensemble.draws import Draw
from capshare.analyses.ensemble.tables import ChunkTables
from capshare.analyses.ensemble.tasks import CHUNK, tasks
from capshare.analyses.ensemble.uncertain_study import uncertain_study
from capshare.analyses.ensemble.workers import made_by_cluster, made_here
from capshare.chain.prepared import prepare
from capshare.study.reading import load_study
from capshare.study.sections.outcome import Balance

pytestmark = pytest.mark.benchmark

WORKERS = (1, 2, 3, 4)
STUDIES = {"china-15fyp": 480, "china-2035": 96}
COUNTIES, DRAWS, MILLION = 2_860, 8, 1_000_000
REASON = {"reason": "made up"}


def machine():
    names = ("highspy", "numpy", "pyarrow", "joblib", "distributed")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    # Rates on a machine that has other work to do are of what is left of it.
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    about = f"{platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}"
    return f"{about}, {versions}"


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def cluster(workers, folder):
    """Address of a scheduler on loopback with so many workers of one thread."""
    started, file = [], folder / f"{workers}.json"

    def start(what, *options):
        command = [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", "--no-dashboard", *options]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    try:
        start("scheduler", "--port", "0", "--scheduler-file", str(file))
        while not file.exists():
            time.sleep(0.1)
        for _ in range(workers):
            start("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny",
                  "--local-directory", str(folder))  # fmt: skip
        yield json.loads(file.read_text())["address"]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def rate(make, work):
    """Draws a second of processes that have the study already."""
    pickled, found = work
    list(make(pickled, found[: len(found) // 2]))
    began = time.perf_counter()
    return sum(count for _, count, _ in make(pickled, found)) / (time.perf_counter() - began)


@pytest.mark.parametrize("name", STUDIES)
def test_draws_a_second_against_processes(name, monkeypatch, tmp_path):
    distributed = pytest.importorskip("distributed")
    # Short chunks, so that no process waits long for the last one.
    monkeypatch.setattr("capshare.analyses.ensemble.tasks.CHUNK", STUDIES[name] // 48)
    study = uncertain_study(prepare(load_study(name), bootstrap=False))
    work = pickle.dumps(study), tasks(STUDIES[name], 0, ())
    print(f"\n{name}, draws a second\nprocesses    joblib    Dask on loopback    MB of a worker, at most")
    for workers in WORKERS:
        here = rate(lambda *given, n=workers: made_here(*given, workers=n), work)
        with (
            cluster(workers, tmp_path) as address,
            distributed.Client(address, set_as_default=False) as client,
        ):
            client.wait_for_workers(workers, timeout=60)
            there = rate(lambda *given, at=address: made_by_cluster(*given, at), work)
            # A lambda is sent by value: a worker need not find the tests.
            memory = max(
                client.run(lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024).values()
            )
        print(f"{workers:9d}{here:10.1f}{there:20.1f}{memory:27.0f}")
    print(machine())


def counties(folder):
    """A study of made-up counties: log-normal sizes, groups with caps of their own, steps of costs."""
    random = np.random.default_rng(2021)
    emissions = random.lognormal(1, 1.2, COUNTIES)
    spreads = {
        "gdp_1e8yuan": (4, 0.8),
        "population_1e4": (3, 0.6),
        "forest_1e4m3": (3, 0.0),
        "price_yuan_per_t": (5, 0.0),
        "coal_1e4t": (3, 1.0),
        "natural_gas_1e8m3": (0, 1.0),
    }
    columns = {
        name: emissions**power * random.lognormal(level, 0.4, COUNTIES)
        for name, (level, power) in spreads.items()
    } | {"inventory_mt": emissions}
    rows = [{name: float(values[place]) for name, values in columns.items()} for place in range(COUNTIES)]
    codes = [str(110_000 + place) for place in range(COUNTIES)]
    (folder / "data").mkdir()
    for path, text in package(codes, [f"county {code}" for code in codes], rows).items():
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "study.toml").write_text(tomli_w.dumps(_study(0.85 * float(emissions.sum()))), encoding="utf-8")
    return load_study(folder / "study.toml")


def _study(cap_mt):
    indicators = {"gdp": "gdp_1e8yuan", "population": "population_1e4", "emissions": "emissions_mt",
                  "gdp_per_head": "gdp_1e8yuan / population_1e4"}  # fmt: skip
    return {
        "study": {"name": "counties", "dataset": "data", "base_year": 2017, "seed": 2021},
        "emissions": {"method": "column", "column": "inventory_mt"},
        "cap": {"method": "table", "mt": {"2017": cap_mt}},
        "indicators": [
            {"id": name, "expression": said, "direction": "more", "principle": "need", **REASON}
            for name, said in indicators.items()
        ],
        "groups": {"method": "kmeans", "k": 6, "on": "unweighted"},
        "prices": {"method": "productivity", "steps": 12, "max_abatement": 0.6},
        "allocation": {"scope": "groups", "max_deviation": 0.2, "floor": 0.5, "trade_limit": 0.1},
        "uncertainty": {
            "columns": [
                {"column": name, "relative_sd": 0.1, **REASON} for name in ("gdp_1e8yuan", "emissions_mt")
            ],
            "weights": {"distribution": "around", "concentration": 20.0, **REASON},
            "costs": {"level_relative_sd": 0.5, "province_relative_sd": 0.3, **REASON},
            "settings": [{"key": "allocation.max_deviation", "low": 0.1, "high": 0.3, **REASON}],
        },
    }


def test_a_million_draws_of_counties_by_processes(tmp_path, monkeypatch):
    pickled = pickle.dumps(uncertain_study(prepare(counties(tmp_path), bootstrap=False)))
    draws = [Draw(number) for number in range(DRAWS)]
    solve_chunk(pickled, draws[:1])
    began = time.process_time()
    found = solve_chunk(pickled, draws)
    seconds = (time.process_time() - began) / DRAWS
    assert len(found.draws) == DRAWS
    memory = peak_mb()
    # A whole chunk, to see what it takes to keep and to sum up.
    many = CHUNK // DRAWS
    whole = Chunk(found.codes, [Draw(number) for number in range(many * DRAWS)], found.figures * many)
    content = chunk_bytes(whole)
    (tmp_path / "draws").mkdir()
    taken = []
    for count in (1, 2):
        # As of a million draws, a figure has to be turned from draws to regions on the disk.
        monkeypatch.setattr(
            "capshare.analyses.ensemble.tables.NUMBERS_AT_ONCE", 20 * count * len(whole.draws)
        )
        (tmp_path / "draws" / f"{count}.parquet").write_bytes(content)
        tables, drawn = ChunkTables(tmp_path, found.codes), count * len(whole.draws)
        began = time.process_time()
        tables.quantiles(drawn), tables.probabilities(drawn, Balance()), tables.same_group(drawn)
        taken.append(time.process_time() - began)
    # The rest is the same for any number of draws.
    summing = (taken[1] - taken[0]) / len(whole.draws)
    kept = len(chunk_bytes(found)) / DRAWS
    print(f"\n{COUNTIES} counties: {seconds:.2f} s of one core and {kept / 1e3:.0f} kB of Parquet a draw, "
          f"{len(pickled) / 1e6:.1f} MB of study, {memory:.0f} MB of memory a process")  # fmt: skip
    print(f"summing up: {1e3 * summing:.1f} ms a draw by one process, {peak_mb():.0f} MB")
    print(f"a million draws: {MILLION * kept / 1e9:.0f} GB, {MILLION * summing / 3600:.1f} h to sum up, and")
    for workers in (2, 64, 512):
        print(f"{workers:6d} cores: {MILLION * seconds / workers / 3600:8.1f} h to draw")
    print(machine())
