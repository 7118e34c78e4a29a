"""Ctrl-C at any moment: one line, exit code 130, nothing half-written."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from capshare.reports.folder.run_folder import read_run

NOTHING = "capshare: interrupted; nothing was written\n"


def interrupted(*_, **__):
    """What Ctrl-C does in the middle of a calculation."""
    signal.raise_signal(signal.SIGINT)


@pytest.fixture
def call_interrupted(monkeypatch, capsys, tmp_path):
    """The command line in this process: exit code, output, message; 130 is no error here."""
    from capshare.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["capshare", *map(str, arguments)])
        with pytest.raises(SystemExit, match="130") as ended:
            main()
        return (ended.value.code, *capsys.readouterr())

    return run


def test_an_interrupted_calculation_writes_nothing(isles, monkeypatch, call_interrupted, tmp_path):
    monkeypatch.setattr("capshare.analyses.run.prepare", interrupted)
    assert call_interrupted("run", isles, "-o", "out") == (130, "", NOTHING)
    assert [path.name for path in tmp_path.iterdir()] == ["given"]


def test_what_a_library_makes_of_an_interrupt_does_not_matter(isles, monkeypatch, call_interrupted):
    def wrapped(*_):
        try:
            interrupted()
        except KeyboardInterrupt:
            raise ImportError("numpy is not installed well") from None

    monkeypatch.setattr("capshare.analyses.run.prepare", wrapped)
    assert call_interrupted("run", isles)[::2] == (130, NOTHING)


@pytest.mark.slow
def test_while_files_are_written_nothing_stays(isles, made_before, monkeypatch, call_interrupted, tmp_path):
    monkeypatch.setattr("capshare.reports.folder.atomic._sync", interrupted)
    assert call_interrupted("run", isles, "-o", "out") == (130, "", NOTHING)
    assert [path.name for path in tmp_path.iterdir()] == ["given"]


@pytest.mark.slow
def test_once_the_folder_is_there_the_line_says_so(
    isles, made_before, monkeypatch, call_interrupted, tmp_path
):
    monkeypatch.setattr("capshare.reports.console.summary.print_summary", interrupted)
    for options in ((), ("--force",)):
        code, _, message = call_interrupted("run", isles, "-o", "out", *options)
        assert (code, message) == (130, f"capshare: interrupted; {tmp_path / 'out'} is written and whole\n")
        assert not read_run(tmp_path / "out").changed()


@pytest.mark.slow
def test_a_command_that_ends_although_a_library_swallowed_the_interrupt_was_interrupted(
    isles, made_before, monkeypatch, call_interrupted, tmp_path
):
    def swallowed(*_, **__):
        with contextlib.suppress(KeyboardInterrupt):
            interrupted()

    monkeypatch.setattr("capshare.reports.console.summary.print_summary", swallowed)
    code, _, message = call_interrupted("run", isles, "-o", "out")
    assert (code, message) == (130, f"capshare: interrupted; {tmp_path / 'out'} is written and whole\n")


def test_an_old_folder_is_not_told_as_written(isles, ran, monkeypatch, call_interrupted):
    monkeypatch.setattr("capshare.analyses.run.prepare", interrupted)
    assert call_interrupted("run", isles, "-o", "out", "--force") == (130, "", NOTHING)


def test_forms_that_belong_together_are_written_together(monkeypatch, call_interrupted, tmp_path):
    from pathlib import Path

    monkeypatch.setattr(Path, "write_bytes", _interrupted_before(Path.write_bytes))
    code, _, message = call_interrupted("new", "own", "--dataset")
    assert (code, message) == (130, f"capshare: interrupted; {tmp_path / 'own'} is written and whole\n")
    files = sorted(path.relative_to(tmp_path / "own").as_posix() for path in tmp_path.rglob("own/**/*.*"))
    assert files == ["dataset.xlsx", "dataset/datapackage.json", "dataset/provinces.csv",
                     "dataset/regions.csv", "study.toml"]  # fmt: skip


def _interrupted_before(write):
    def interrupted_write(path, data):
        interrupted()
        return write(path, data)

    return interrupted_write


def script(folder, text):
    path = folder / "script.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


@pytest.mark.slow
def test_a_library_that_swallows_the_interrupt_is_left_after_a_moment(tmp_path):
    process = script(
        tmp_path,
        """
        import sys, time
        import capshare.commands.group as group
        def deaf(*_, **__):
            print("ready", flush=True)
            while True:
                try:
                    time.sleep(60)
                except BaseException:
                    pass
        group.cli.main = deaf
        from capshare.cli import main
        main()
        """,
    )
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=60)
    assert (process.returncode, message) == (130, NOTHING)


def test_what_the_interrupt_tore_open_does_not_complain(tmp_path):
    process = script(
        tmp_path,
        """
        import signal, sys
        import capshare.commands.group as group
        class Open:
            def __del__(self):
                raise ValueError("I/O operation on closed file")
        def work(**_):
            inside = Open()
            group.kept = [Open()]
            group.kept.append(group.kept)
            signal.raise_signal(signal.SIGINT)
        group.cli.main = work
        from capshare.cli import main
        main()
        """,
    )
    assert (process.communicate(timeout=60), process.returncode) == (("", NOTHING), 130)


def test_an_interrupt_within_a_text_that_is_run_ends_with_the_code_too(tmp_path):
    (tmp_path / "own.py").write_text(
        textwrap.dedent(
            """
            import capshare.commands.group as group
            group.cli.main = lambda **_: exec("import signal; signal.raise_signal(signal.SIGINT)")
            from capshare.cli import main
            main()
            """
        ),
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, "-m", "own"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (ended.returncode, ended.stderr) == (130, NOTHING)


def test_an_interrupt_that_is_ignored_stays_ignored(tmp_path):
    process = script(
        tmp_path,
        """
        import signal, sys
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.argv = ["capshare", "--version"]
        import capshare.commands.group as group
        group.cli.main = lambda **_: signal.raise_signal(signal.SIGINT)
        from capshare.cli import main
        main()
        """,
    )
    assert (process.communicate(timeout=60), process.returncode) == (("", ""), 0)


@pytest.mark.slow
def test_a_reader_that_leaves_is_no_fault(tmp_path):
    command = [sys.executable, "-m", "capshare", "data", "china-2017"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 141)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_an_output_that_is_full_is_one_line(tmp_path):
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "capshare", "data", "china-2017"]
        ended = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr == b"capshare: the output could not be written: No space left on device\n"


@pytest.mark.slow
def test_an_exit_code_survives_to_the_end_of_the_output(ran, made_before, call):
    (ran / "weights.csv").write_text("changed\n", encoding="utf-8")
    code, output, message = call("verify", "out")
    assert (code, message) == (2, "")
    assert "weights.csv" in output


def start(*arguments):
    command = [sys.executable, "-m", "capshare", *map(str, arguments)]
    surroundings = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def ended(process):
    _, message = process.communicate()
    return process.returncode, message


def seconds(*arguments):
    began = time.monotonic()
    assert start(*arguments).communicate()[1] == ""
    return time.monotonic() - began


def mark(folder):
    """What tells a folder from the one that replaces it; None where there is none."""
    path = folder / "manifest.json"
    return (path.stat().st_ino, path.stat().st_mtime_ns) if path.exists() else None


@pytest.mark.slow
def test_twenty_interrupts_of_a_run_leave_whole_folders_or_none(isles, tmp_path):
    chance, folder = random.Random(10), tmp_path / "runs" / "stopped"
    # Before the first of them Python itself is starting, and answers in its own way.
    earliest, latest = 2 * seconds("--version"), seconds("run", isles, "-o", tmp_path / "timed")
    hit = early = 0
    for _ in range(80):
        before = mark(folder)
        began, process = time.monotonic(), start("run", isles, "-o", folder, "--force")
        time.sleep(chance.uniform(earliest, max(latest, 2 * earliest)))
        if process.poll() is not None:
            # Ended before the signal, on a machine that is less busy than it was: aim again, nearer.
            assert ended(process) == (0, "")
            latest = 0.9 * (time.monotonic() - began)
            continue
        process.send_signal(signal.SIGINT)
        # After the signal: the run may write its folder while this process waits for its turn.
        unwritten = mark(folder) == before
        code, message = ended(process)
        # Only a run that had written its folder may end as if nothing had happened.
        assert code == 130 or (code == 0 and not unwritten), (code, message)
        now = mark(folder)
        done = "nothing was written" if now == before else f"{folder} is written and whole"
        assert message == (f"capshare: interrupted; {done}\n" if code else "")
        assert [path.name for path in folder.parent.glob("*")] == ([] if now is None else ["stopped"])
        assert now is None or not read_run(folder).changed()
        hit, early = hit + 1, early + unwritten
        if hit == 20:
            break
    assert hit == 20
    assert early >= 5


def test_a_process_may_end_without_tidying_up():
    lines = """
        import threading, time
        from capshare.base.interrupts import gone_at_exit

        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        gone_at_exit(7)
        print("told", end="")
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(lines)], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (7, "told", "")
