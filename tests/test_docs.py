"""The pages are true: they build without a warning, their examples run, and no key or column is missing."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FENCE = re.compile(r'^```(\w+)(?: title="([^"\n]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)
PAGES = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
# Examples that need a network or another program are shown and not run.
NOT_RUN = ("pip install", "pytest", "ruff", "mypy", "lint-imports", "soffice", "jupyter", "mkdocs")


def changed(text, diff):
    """A text with a diff applied: what stands before must be there, once."""
    lines = diff.splitlines()
    before, after = ("".join(f"{line[1:]}\n" for line in lines if line[:1] in f" {sign}") for sign in "-+")
    assert text.count(before) == 1, before
    return text.replace(before, after)


def words(text):
    return " ".join(text.split())


class Reader:
    """Somebody who follows a page in a folder of their own."""

    def __init__(self, call, folder):
        self.call, self.folder, self.printed, self.names = call, folder, "", {}

    def sh(self, lines, _):
        self.printed = ""
        for line in lines.splitlines():
            command, _, expected = line.partition("  # exit ")
            if not command.startswith(NOT_RUN):
                program, *arguments = command.split()
                assert program == "capshare", line
                code, output, message = self.call(*arguments)
                assert code == int(expected or 0), message
                self.printed += output + message

    def text(self, lines, _):
        rest = words(self.printed)
        for line in filter(lambda line: line != "...", map(words, lines.splitlines())):
            assert line in rest, line
            rest = rest.partition(line)[2]

    def toml(self, text, title):
        if title:
            (self.folder / title).write_text(text, encoding="utf-8")

    def diff(self, text, title):
        path = self.folder / title
        path.write_text(changed(path.read_text(encoding="utf-8"), text), encoding="utf-8")

    def python(self, text, title):
        if title:
            (self.folder / title).write_text(text, encoding="utf-8")
        exec(compile(text, title or "page", "exec"), self.names)


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """The command line in this process, in a folder of its own: exit code, output, message."""
    from capshare.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["capshare", *arguments])
        with pytest.raises(SystemExit, match=r"^[0-3]$") as ended:
            main()
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.mark.parametrize("page", [page for page, text in PAGES.items() if FENCE.search(text)])
def test_what_a_page_shows_happens(page, call, tmp_path):
    reader = Reader(call, tmp_path)
    for kind, title, text in FENCE.findall(PAGES[page]):
        getattr(reader, kind)(text, title)
