"""What a command is doing and how far it is, on a terminal and nowhere else."""

import os
import re
import subprocess
import sys
import threading

import pytest

import capshare
from capshare.base.progress import counted, stage, told_to
from capshare.commands.progress_line import FILES, RUN
from capshare.reports.folder.write import contents
from capshare.reports.words.catalogue import texts

pty = pytest.importorskip("pty")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Heard:
    """Writes down what is announced."""

    def __init__(self):
        self.open, self.outer, self.all, self.steps = [], [], [], {}

    def began(self, stage, of):
        if not self.open:
            self.outer.append(stage)
        self.open.append((stage, of))
        self.all.append(stage)

    def advanced(self):
        name, of = self.open[-1]
        self.steps[name] = self.steps.get(name, 0) + 1
        assert of is None or self.steps[name] <= of * self.all.count(name)

    def ended(self):
        self.open.pop()


@pytest.mark.slow
def test_a_run_announces_its_stages_in_the_order_that_the_line_counts_on(isles):
    heard = Heard()
    with told_to(heard):
        contents(capshare.run(isles))
    # This study names its costs, which takes no time; the stage is there all the same.
    assert heard.outer == [*RUN, *FILES]
    assert heard.open == []
    assert heard.steps["prices"] == 1


@pytest.mark.slow
def test_every_stage_has_its_words(isles):
    from capshare.analyses.explain import explain
    from capshare.reports.charts.files import chart_files

    heard = Heard()
    with told_to(heard):
        explain("Aster", isles)
        chart_files(capshare.run(isles))
    assert {"changes", "images"} <= set(heard.all)
    assert [name for name in heard.all if f"progress.{name}" not in texts("en")] == []


def test_a_stage_that_fails_has_ended_and_nobody_need_listen():
    heard = Heard()
    with told_to(heard), pytest.raises(ValueError, match="bad"), stage("costs"):
        raise ValueError("bad")
    assert (heard.all, heard.open) == (["costs"], [])
    assert list(counted("costs", [1, 2])) == [1, 2]
    assert heard.all == ["costs"]


def on_a_terminal(folder, *arguments):
    """Exit code, standard output, and the lines shown on a standard error that is a terminal."""
    ours, theirs = pty.openpty()
    shown = bytearray()

    def read():
        # The system's way of saying that the other end is closed.
        try:
            while part := os.read(ours, 4096):
                shown.extend(part)
        except OSError:
            return

    reader = threading.Thread(target=read)
    reader.start()
    surroundings = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "capshare", *map(str, arguments)],
        cwd=folder, env=surroundings, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8",
    )  # fmt: skip
    os.close(theirs)
    output, _ = process.communicate()
    reader.join()
    os.close(ours)
    return process.returncode, output, shown.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ["starting", "reading and checking the data", "grouping the provinces", "writing the workbook"],
        ),
        pytest.param("zh", ["正在启动", "读取并检查数据", "写工作簿"], marks=pytest.mark.slow),
    ],
)
def test_a_run_on_a_terminal_says_what_it_does_and_clears_the_line(isles, tmp_path, lang, said):
    code, output, shown = on_a_terminal(tmp_path, "run", isles, "--lang", lang, "-o", "out")
    assert code == 0
    assert [words for words in said if words not in CONTROL.sub("", shown)] == []
    assert re.search(r"\d:\d\d:\d\d", shown)
    # Ends by clearing its line, and the summary has none of it.
    assert shown.endswith("\x1b[2K")
    assert "\x1b" not in output
    assert said[0] not in output


@pytest.mark.slow
def test_how_far_it_is_grows(isles, tmp_path):
    code, _, shown = on_a_terminal(tmp_path, "run", isles, "-o", "out")
    assert code == 0
    assert re.search(r"programme 1/1", CONTROL.sub("", shown))


@pytest.mark.slow
def test_it_is_shown_in_the_language_asked_for_until_a_run_ends_early(isles, tmp_path):
    (isles.parent / "isles" / "regions.csv").unlink()
    code, output, shown = on_a_terminal(tmp_path, "run", isles, "--lang", "zh")
    assert (code, output) == (2, "")
    said, _, message = CONTROL.sub("", shown).partition("capshare: 1 problem")
    assert [words for words in ("正在启动", "读取并检查数据") if words not in said] == []
    assert "regions.csv" in message


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        pytest.param(("explain", "Aster"), marks=pytest.mark.slow),
        pytest.param(("compare-rules",), marks=pytest.mark.slow),
    ],
)
def test_other_commands_show_it_too_and_end_as_before(isles, call, monkeypatch, tmp_path, command):
    name, *arguments = command
    code, output, shown = on_a_terminal(tmp_path, name, *arguments, isles)
    assert (code, shown[-4:]) == (0, "\x1b[2K")
    assert "reading and checking the data" in CONTROL.sub("", shown)
    monkeypatch.setenv("COLUMNS", "100")
    assert call(name, *arguments, isles) == (0, output, "")
