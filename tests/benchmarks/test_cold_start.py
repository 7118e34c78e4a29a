"""How long a cold start takes; run on demand with ``pytest -m benchmark``. Nothing is asserted about time."""

import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.benchmark

REPEATS = 3


def seconds(command, folder):
    """Shortest of a few runs, each a process of its own."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ended = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert ended.returncode == 0, ended.stderr
    return min(times)


@pytest.fixture(scope="module")
def pandas_seconds(tmp_path_factory):
    return seconds(["-c", "import pandas"], tmp_path_factory.mktemp("pandas"))


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check"], ["run", "--force"], ["run", "tian-lin-2021-given", "--force"]],
    ids=" ".join,
)
def test_a_cold_start(arguments, pandas_seconds, tmp_path, capsys):
    taken = seconds(["-m", "capshare", *arguments], tmp_path)
    with capsys.disabled():
        ratio = taken / pandas_seconds
        print(f"\ncapshare {' '.join(arguments)}: {taken:.2f} s, {ratio:.1f} times importing pandas")
