"""The workbench as a process of its own: its first line, its end, and many people at once."""

import contextlib
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

import capshare
from capshare.commands import workbench as command

FIRST = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]+)\n")
# Bounded, so that nobody else on the machine is kept waiting.
PEOPLE, SECONDS = 20, 10


@contextlib.contextmanager
def served(*options):
    """A workbench with a port of its own: the process, its address and its token."""
    arguments = [sys.executable, "-m", "capshare", "workbench", *options, "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, encoding="utf-8", **pipes) as process:
        try:
            first = process.stdout.readline()
            found = FIRST.fullmatch(first)
            assert found, first + process.stderr.read()
            yield process, f"http://127.0.0.1:{found[1]}", found[2]
        finally:
            if process.poll() is None:
                process.kill()


def client(address, token):
    return httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=60)


def ended(process):
    """Exit code, message and seconds of an interrupted process."""
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=10)
    return process.returncode, message, time.monotonic() - began


@pytest.mark.slow
def test_it_says_where_it_is_and_ends_within_a_second():
    with served("china-15fyp") as (process, address, token):
        assert len(token) >= 32
        assert httpx.get(address).status_code == 403
        with client(address, token) as known:
            assert known.post("/api/solve", json={}).json()["status"] == "solved"
        code, message, seconds = ended(process)
    assert (code, message) == (130, "capshare: interrupted; nothing was written\n")
    assert seconds < 1.0


@pytest.mark.slow
def test_it_ends_within_a_second_while_it_works():
    with served("china-2035") as (process, address, token):

        def ask():
            with client(address, token) as known, contextlib.suppress(httpx.HTTPError):
                known.get("/api/settings")

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        time.sleep(0.5)
        code, _, seconds = ended(process)
    assert code == 130
    # A second for what is being answered, and the end of Python.
    assert seconds < 2.0


@pytest.mark.slow
def test_a_run_is_held_by_what_stands_in_its_folder(tmp_path):
    folder = tmp_path / "run"
    made = [
        sys.executable,
        "-m",
        "capshare",
        "run",
        "eu-2030",
        "-o",
        str(folder),
        "--set",
        "allocation.max_deviation=0.03",
    ]
    subprocess.run(made, check=True, capture_output=True)
    (folder / "report.html").unlink()
    with served(str(folder)) as (_, address, token), client(address, token) as known:
        told = known.get("/api/settings").json()
        exported = known.post("/api/export", json={"changes": {"prices.anchor": 90.0}}).text
    [distance] = [one for one in told["settings"] if one["key"] == "allocation.max_deviation"]
    assert distance["value"] == 0.03
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "exported.toml"
    path.write_text(exported, encoding="utf-8")
    assert capshare.run(path, ()).study.settings["allocation"]["max_deviation"] == 0.03


def memory_mb(process):
    [line] = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8"))
    return int(line) / 1024


SETTINGS = {
    "targets.distance_points": lambda draw: round(draw.uniform(0, 5), 3),
    "cap.cut_pct": lambda draw: round(draw.uniform(15, 19), 3),
    "burden.weights": lambda draw: draw.choice(["entropy", "equal", "critic"]),
    "targets.tiers_k": lambda draw: draw.randint(2, 8),
    "prices.method": lambda draw: draw.choice(["power", "logarithmic"]),
    "targets.tiers": lambda draw: draw.choice(["guide", "none"]),
    "allocation.trade_limit": lambda draw: round(draw.uniform(0, 0.2), 3),
}


def person(number, address, token, until, told):
    """One who turns settings until the end, and asks for one answer again that they know already."""
    draw = random.Random(number)
    known_changes = {"targets.distance_points": 1 + number / 10}
    with client(address, token) as known:
        first = None
        while time.monotonic() < until:
            again = draw.random() < 0.3
            names = draw.sample(sorted(SETTINGS), 2)
            changes = known_changes if again else {name: SETTINGS[name](draw) for name in names}
            began = time.monotonic()
            answer = known.post("/api/solve", json={"changes": changes})
            told.append((answer.status_code, 1000 * (time.monotonic() - began)))
            if again:
                quota = answer.json()["quota_mt"]
                first = first or quota
                assert quota == pytest.approx(first, rel=1e-9), "another's settings were answered"


def lost(number, address, told):
    """One who knows no token."""
    told.append((httpx.post(f"{address}/api/solve", json={"token": number}).status_code, 0.0))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_twenty_people_at_once_lose_nothing_and_memory_stays():
    with served("china-15fyp") as (process, address, token):
        with client(address, token) as known:
            for _ in range(20):
                known.post("/api/solve", json={"changes": {"cap.cut_pct": 16.5}})
        told, strangers, before = [], [], memory_mb(process)
        until = time.monotonic() + SECONDS
        people = [
            threading.Thread(target=person, args=(n, address, token, until, told)) for n in range(PEOPLE)
        ]
        for one in people:
            one.start()
        halfway = None
        while any(one.is_alive() for one in people):
            time.sleep(0.5)
            lost(len(strangers), address, strangers)
            if halfway is None and time.monotonic() > until - SECONDS / 2:
                halfway = memory_mb(process)
        after = memory_mb(process)
        assert process.poll() is None
    waits = [wait for _, wait in told]
    print(f"\n{len(told)} answers in {SECONDS} s to {PEOPLE} people, {len(told) / SECONDS:.0f} a second; "
          f"median {statistics.median(waits):.0f} ms, 95 % {statistics.quantiles(waits, n=20)[-1]:.0f} ms; "
          f"memory {before:.0f}, {halfway:.0f}, {after:.0f} MB")  # fmt: skip
    assert {status for status, _ in told} == {200}
    assert {status for status, _ in strangers} == {403}
    assert after - halfway < 20


def test_without_the_extra_one_message_says_what_to_install(call, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    code, out, err = call("workbench", "china-15fyp")
    assert (code, out) == (2, "")
    assert 'pip install "capshare[workbench]"' in err


def test_a_study_that_is_none_is_refused_before_anything_is_served(call):
    code, out, err = call("workbench", "chian-15fyp", "--no-browser")
    assert (code, out) == (2, "")
    assert "Did you mean china-15fyp?" in err


def test_a_port_that_is_taken_is_refused(call):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, out, err = call("workbench", "eu-2030", "--no-browser", "--port", taken.getsockname()[1])
    assert (code, out) == (2, "")
    assert "Choose another port" in err
