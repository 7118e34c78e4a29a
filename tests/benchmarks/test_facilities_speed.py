"""How long a million facilities take; run on demand with ``pytest -m benchmark``. Nothing is asserted."""

import time

import pandas as pd
import pytest

from capshare.analyses.facilities.run_benchmark import run_benchmark
from capshare.indicators.facilities.shipped import market_regions
from capshare.indicators.facilities.synthetic import synthetic_facilities

pytestmark = pytest.mark.benchmark
COUNT = 1_000_000


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("facilities") / "synthetic.csv"
    synthetic_facilities(COUNT, 1, market_regions().names.index, (2025,)).to_csv(path, index=False)
    return path


def seconds(work):
    """What a piece of work gives, and the seconds of the processor that it takes."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def test_a_million_facilities_are_read_and_written(table, capsys):
    _, reading = seconds(lambda: pd.read_csv(table))
    run, quotas = seconds(lambda: run_benchmark(str(table)))
    assert len(run.outcome.quotas) == COUNT
    _, writing = seconds(lambda: run.outcome.quotas.to_csv(index=False))
    files, made = seconds(lambda: run.files("en"))
    assert files["facilities.csv"].count(b"\n") == COUNT + 1
    with capsys.disabled():
        print(
            f"\n{COUNT:,} facilities, seconds of the processor: read, checked and given quotas {quotas:.1f}, "
            f"{quotas / reading:.1f} times pandas.read_csv alone; all files {made:.1f}, "
            f"{made / writing:.1f} times DataFrame.to_csv of the largest"
        )
