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


def test_a_million_facilities(table, capsys):
    start = time.perf_counter()
    pd.read_csv(table)
    plain = time.perf_counter() - start
    start = time.perf_counter()
    outcome = run_benchmark(str(table)).outcome
    taken = time.perf_counter() - start
    assert len(outcome.quotas) == COUNT
    with capsys.disabled():
        print(f"\n{COUNT:,} facilities read, checked and given quotas: {taken:.2f} s, "
              f"{taken / plain:.1f} times pandas.read_csv alone")  # fmt: skip
