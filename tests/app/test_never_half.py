"""Whole runs in processes of their own: killed at any moment, or two at once into one folder."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from capshare.reports.folder.run_folder import read_run

pytestmark = pytest.mark.slow


def start(study, folder, *options):
    command = [sys.executable, "-m", "capshare", "run", str(study), "-o", str(folder), *options]
    surroundings = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def ended(process):
    _, message = process.communicate()
    return process.returncode, message


@pytest.mark.parametrize(("stop", "times"), [(signal.SIGKILL, 8), (signal.SIGINT, 6)])
def test_a_run_stopped_at_any_moment_leaves_a_whole_folder_or_none(isles, tmp_path, stop, times):
    folder, chance = tmp_path / "runs" / "stopped", random.Random(0)
    began = time.monotonic()
    assert ended(start(isles, tmp_path / "timed"))[0] == 0
    duration = time.monotonic() - began
    for number in range(times):
        process = start(isles, folder, "--force")
        # Most of a run is work before anything is written; half of the stops go to its end.
        time.sleep(chance.uniform(0.75 if number % 2 else 0.0, 1.1) * duration)
        process.send_signal(stop)
        process.communicate()
        if folder.exists():
            assert not read_run(folder).changed(), number
    assert ended(start(isles, folder, "--force")) == (0, "")
    assert not read_run(folder).changed()
    assert [path.name for path in folder.parent.iterdir()] == ["stopped"]


def test_of_two_runs_into_one_folder_one_wins_and_the_other_says_so(isles, tmp_path):
    folder = tmp_path / "runs" / "one"
    processes = [start(isles, folder) for _ in range(2)]
    codes, messages = zip(*sorted(map(ended, processes)), strict=True)
    assert codes == (0, 2)
    assert messages[1].splitlines()[0] == "capshare: 1 problem"
    assert f"output folder, {folder}: expected a folder" in messages[1]
    assert not read_run(folder).changed()
    assert [path.name for path in folder.parent.iterdir()] == ["one"]
