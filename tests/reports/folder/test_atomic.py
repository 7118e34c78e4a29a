"""A folder appears whole or not at all: killed writers, full disks, refused places, two writers at once."""

import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.folder.new_folder import require_replaceable, write_files
from capshare.reports.folder.writer_lock import only_writer


def _with_manifest(files):
    listed = {"versions": {"capshare": "1"}, "files": dict.fromkeys(files, "")}
    return {"manifest.json": json.dumps(listed).encode(), **files}


OLD = _with_manifest({"a.csv": b"old\n" * 1000, "inputs/a.csv": b"old\n"})
NEW = _with_manifest({"a.csv": b"new\n" * 1000, "inputs/deep/b.csv": b"new\n"})

# Children are forked from one process that has everything imported: a hundred cold starts take minutes.
# Nor do they wait for the disk: a kill does not lose what the system has taken, only a power cut does.
KILLER = textwrap.dedent("""
    import os, random, signal, sys, time
    from pathlib import Path
    sys.path.insert(0, sys.argv[4])
    from test_atomic import NEW, OLD, held
    from capshare.reports.folder.new_folder import write_files

    # A shell that put the tests in the background has them ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parent, kills, number_of_signal = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

    def write(number, target):
        for turn in range(10**6):
            if number % 2:
                write_files(NEW, target.with_name(f"{target.name}.{number}.{turn}"))
            else:
                write_files(NEW if turn % 2 else OLD, target, force=True)

    os.fsync = lambda descriptor: None
    chance, seen, start = random.Random(0), set(), time.monotonic()
    write_files(NEW, parent / "timed")
    duration = time.monotonic() - start
    for number in range(kills):
        target = parent / ("fresh" if number % 2 else "again") / str(number // 20)
        ready, started = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.write(started, b"x")
                write(number, target)
            except KeyboardInterrupt:
                os._exit(130)
        os.read(ready, 1)
        time.sleep(chance.uniform(0, 3 * duration))
        os.kill(child, number_of_signal)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended == (130 if number_of_signal == signal.SIGINT else -number_of_signal), ended
        for folder in target.parent.iterdir() if target.parent.is_dir() else []:
            if not folder.name.startswith("."):
                assert held(folder) in (OLD, NEW), (number, folder, sorted(held(folder)))
                seen.add(folder.parent.name)
    print(sorted(seen))
""")

# The same, stopped before each single thing the writer asks of the system, in turn.
STEPPER = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[2])
    from test_atomic import NEW, OLD, held
    from capshare.reports.folder.new_folder import write_files

    os.fsync = lambda descriptor: None
    target, steps = Path(sys.argv[1]) / "run", 0
    write_files(OLD, target)
    ended = None
    while ended != 0:
        child = os.fork()
        if not child:
            left = [steps]
            def stop(event, arguments):
                if event in ("open", "os.mkdir", "os.rename", "os.rmdir", "os.remove", "ctypes.dlsym"):
                    left[0] -= 1
                    if left[0] < 0:
                        os.kill(os.getpid(), signal.SIGKILL)
            sys.addaudithook(stop)
            write_files(NEW if steps % 2 else OLD, target, force=True)
            os._exit(0)
        ended = os.waitpid(child, 0)[1]
        assert held(target) in (OLD, NEW), steps
        steps += 1
    print(steps)
""")


def held(folder):
    """Files of a folder by name."""
    paths = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def script(text, *arguments):
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", text, *map(str, arguments), here]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def beside(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_a_hundred_kills_leave_only_whole_folders(tmp_path):
    assert script(KILLER, tmp_path, 100, int(signal.SIGKILL)) == "['again', 'fresh']\n"
    # The next writer of a folder removes what killed ones left beside it.
    write_files(NEW, tmp_path / "again" / "0", force=True)
    assert not [name for name in beside(tmp_path / "again") if name.startswith(".0.")]


@pytest.mark.slow
def test_twenty_interrupts_leave_only_whole_folders(tmp_path):
    assert script(KILLER, tmp_path, 20, int(signal.SIGINT)) == "['again', 'fresh']\n"


def test_what_the_removal_of_a_folder_makes_of_an_interrupt_is_still_one(tmp_path, monkeypatch):
    def closed_twice(*_, **__):
        try:
            raise KeyboardInterrupt
        finally:
            os.close(-1)

    monkeypatch.setattr("shutil.rmtree", closed_twice)
    with pytest.raises(KeyboardInterrupt):
        write_files(NEW, tmp_path / "run")


@pytest.mark.slow
def test_a_kill_before_each_step_leaves_the_old_or_the_new_folder(tmp_path):
    assert int(script(STEPPER, tmp_path)) > 15
    assert beside(tmp_path) == ["run"]


def test_leftovers_of_other_targets_and_files_of_users_stay(tmp_path):
    kept = [".run.abcdefgh.part.txt", ".run.two.abcdefgh.part", ".running.abcdefgh.part", "run.abcdefgh.part"]
    for name in kept:
        (tmp_path / name).mkdir()
    (tmp_path / ".run.abcdefgh.part" / "new").mkdir(parents=True)
    write_files(NEW, tmp_path / "run")
    assert beside(tmp_path) == sorted([*kept, "run"])


def test_the_last_copy_of_an_earlier_run_is_kept(tmp_path, caplog):
    aside = tmp_path / ".run.abcdefgh.part" / "old"
    aside.mkdir(parents=True)
    write_files(NEW, tmp_path / "run")
    assert "look into it" in caplog.text
    assert aside.is_dir()


def test_without_an_exchange_of_the_system_folders_are_still_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("capshare.reports.folder.atomic._exchanged", lambda new, target: False)
    write_files(OLD, tmp_path / "run")
    write_files(NEW, tmp_path / "run", force=True)
    assert held(tmp_path / "run") == NEW
    assert beside(tmp_path) == ["run"]


@pytest.mark.parametrize("force", [True, False])
def test_a_second_writer_is_told_and_the_first_wins(tmp_path, force):
    target = tmp_path / "run"
    with only_writer(target), pytest.raises(CapshareError, match="another run that is writing it"):
        write_files(NEW, target, force)
    assert not target.exists()
    write_files(NEW, target, force)
    assert beside(tmp_path) == ["run"]


def test_a_folder_that_appears_during_the_run_wins(tmp_path, monkeypatch):
    # Both have found the place free; the other is the first to finish.
    monkeypatch.setattr("capshare.reports.folder.new_folder.require_replaceable", lambda target, force: None)
    write_files(OLD, tmp_path / "run")
    with pytest.raises(CapshareError, match="appeared during this run"):
        write_files(NEW, tmp_path / "run")
    assert held(tmp_path / "run") == OLD
    assert beside(tmp_path) == ["run"]


def test_where_locks_are_unknown_leftovers_stay_as_their_writer_may_live(tmp_path, monkeypatch):
    import fcntl

    def unknown(*_):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", unknown)
    (tmp_path / ".run.abcdefgh.part").mkdir()
    write_files(NEW, tmp_path / "run")
    assert beside(tmp_path) == [".run.abcdefgh.part", "run"]


def test_a_file_that_may_not_grow_ends_in_a_message(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(CapshareError, match="File too large"):
            write_files(NEW, tmp_path / "run")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert beside(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are those of POSIX")
def test_a_place_that_cannot_be_written_is_refused_before_the_work(tmp_path, monkeypatch):
    # Rights do not bind an administrator, under whom tests often run: so the system's answer is put in.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    for folder in (tmp_path / "run", tmp_path / "deep" / "run"):
        with pytest.raises(CapshareError, match="a folder that cannot be written"):
            require_replaceable(folder)
