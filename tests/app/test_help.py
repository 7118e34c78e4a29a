"""Help and widths: whole sentences, the width that is asked for, completion by the Tab key."""

import os
import subprocess
import sys

import pytest

from capshare.commands.group import cli


def printed(*arguments, **variables):
    ended = subprocess.run(
        [sys.executable, "-m", "capshare", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_every_command_is_described_to_the_end_of_its_sentence(columns):
    text = " ".join(printed("--help", COLUMNS=columns).split())
    for command in cli.commands.values():
        sentence = command.help.split("\n\n")[0].split(". ")[0]
        assert " ".join(sentence.split()).rstrip(".") in text, command.name
    assert "..." not in text.replace("RUN RUN...", "").replace("[ARGS]...", "")


def test_help_says_how_to_enable_completion_and_what_it_names_works():
    assert 'eval "$(_CAPSHARE_COMPLETE=bash_source capshare)"' in printed("--help", COLUMNS="80")
    for shell in ("zsh", "fish"):
        script = printed(_CAPSHARE_COMPLETE=f"{shell}_source")
        assert "_CAPSHARE_COMPLETE" in script


@pytest.mark.slow
def test_a_process_of_its_own_prints_what_the_command_prints_here(call, monkeypatch):
    output = printed("data", "china-2017", COLUMNS="72")
    monkeypatch.setenv("COLUMNS", "72")
    assert call("data", "china-2017") == (0, output, "")


@pytest.mark.parametrize(("columns", "width"), [("72", 72), ("160", 160), ("", 100), ("0", 100)])
def test_piped_output_is_as_wide_as_columns_asks(call, monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    lines = call("data", "china-2017")[1].splitlines()
    table = [
        line for line in lines if not line.startswith(("provinces.csv", "panel.csv")) and "/" not in line
    ]
    longest = max(len(line.rstrip()) for line in table)
    assert 0.8 * width < longest <= width
