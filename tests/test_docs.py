"""The pages are true: they build without a warning, their examples run, and no table or column is missing."""

import importlib.util
import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import capshare
from capshare.reports.folder.write import contents

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FENCE = re.compile(r'^```(\w+)(?: title="([^"\n]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)
PAGES = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
# Examples that need a network or another program are shown and not run.
NOT_RUN = ("pip install", "pytest", "mkdocs", "python docs/", "jupyter")


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
                assert code == int(expected or 0), output + message
                self.printed += output + message

    def text(self, lines, _):
        rest = words(self.printed)
        for line in filter(lambda line: line != "...", map(words, lines.splitlines())):
            assert line in rest, line
            rest = rest.partition(line)[2]

    def toml(self, text, title):
        if title:
            (self.folder / title).write_text(text, encoding="utf-8")

    def json(self, text, _):
        # Parts of a file, as a page shows them.
        json.loads(f"{{{text}}}")

    def diff(self, text, title):
        path = self.folder / title
        path.write_text(changed(path.read_text(encoding="utf-8"), text), encoding="utf-8")

    def python(self, text, title):
        exec(compile(text, title or "page", "exec"), self.names)


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """The command line in this process, in a folder of its own: exit code, output, message."""
    from capshare.cli import main

    monkeypatch.chdir(tmp_path)
    # As in a pipe: pytest's workers set the width of the terminal that pytest runs in.
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["capshare", *arguments])
        with pytest.raises(SystemExit, match=r"^[0-3]$") as ended:
            main()
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def own_registry(monkeypatch):
    """Rules that a page adds are gone afterwards."""
    from capshare.model.rules import registry

    monkeypatch.setattr(registry, "_REGISTERED", dict(registry.rules()))


@pytest.fixture
def tables_alone(monkeypatch):
    """Runs leave an empty workbook and page, which no page of the documentation reads."""
    monkeypatch.setattr("capshare.reports.folder.write.workbook_bytes", lambda result, lang, unit: b"")
    monkeypatch.setattr("capshare.reports.folder.write.report_html", lambda result, lang: "")


@pytest.mark.usefixtures("own_registry", "tables_alone")
@pytest.mark.parametrize("page", [page for page, text in PAGES.items() if FENCE.search(text)])
def test_what_a_page_shows_happens(page, call, tmp_path):
    reader = Reader(call, tmp_path)
    for kind, title, text in FENCE.findall(PAGES[page]):
        getattr(reader, kind)(text, title)


def test_the_pages_build_without_a_warning_and_need_no_network(tmp_path):
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        tmp_path / "site",
    ]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    assert len(pages) >= len(PAGES)
    for path, html in pages.items():
        assert not re.search(r'<(?:script|img)[^>]+src="(?:https?:)?//', html), path
        assert not re.search(r'<link[^>]+rel="stylesheet"[^>]+href="(?:https?:)?//', html), path
        assert "arithmatex" not in html, path


def module(path):
    """A module of the documentation, which is no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def sections_of(page):
    """Text under each heading of the second level, by what stands in it between backticks."""
    parts = re.split(r"^## `(.+)`$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def first_cells(text):
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


@pytest.fixture(scope="module")
def written():
    """The module that lists the tables, and the runs it looks at."""
    found = module(DOCS / "tables_of_a_run.py")
    return found, found.outcomes()


def test_every_file_and_column_of_a_run_is_on_its_page(written):
    found, results = written
    page = PAGES["files.md"]
    expected = {table.file: names for table, names in found.columns(results).items()}
    listed = {file: first_cells(text) for file, text in sections_of(page).items()}
    assert listed == expected, "run: python docs/tables_of_a_run.py"
    others = {name.split("/")[0] for name in contents(results[0])} - set(expected)
    assert [name for name in others if f"`{name}" not in page] == []


def test_every_sheet_that_reviewers_are_sent_to_is_there(written):
    workbook = openpyxl.load_workbook(BytesIO(contents(written[1][0])["study.xlsx"]), read_only=True)
    named = re.findall(r"^\| \*\*(.+?)\*\* \|", PAGES["reviewers.md"], re.MULTILINE)
    assert len(named) >= 9
    assert set(named) <= set(workbook.sheetnames)


def test_the_figures_of_the_method_pages_are_those_of_the_base_study(written, finished):
    result = written[1][0]
    levels = result.costs.curves["first_step_median_yuan_per_t"]
    ranks = result.costs.curves["rank_correlation"]
    costs, groups = PAGES["method/costs.md"], PAGES["method/groups.md"]
    assert all(f"{level:.0f}" in costs for level in levels)
    assert all(f"{rank:.2f}" in costs for rank in ranks[1:])
    weight = result.weights.table["weight"]["forest_stock"]
    assert f"{weight:.2f} of all weight" in PAGES["method/indicators.md"]
    notes = " ".join(capshare.notes_in_words(result))
    reached, restarts = re.search(r"(\d+) of (\d+) restarts", notes).groups()
    assert f"In the base study {reached} of {restarts}" in groups
    assert "proven optimal" in notes
    assert "of the base study are proven" in groups
    assert "grouping saves 0.0 of 0.0" in notes
    with_room = " ".join(capshare.notes_in_words(finished("tian-lin-2021-t20")))
    loss, cost = re.search(r"grouping costs ([\d.,]+) of ([\d.,]+)", with_room).groups()
    assert f"{loss} of {cost} (1e8 yuan)" in words(groups)
    distinct, negative = re.search(r"(\d+) distinct prices.*?(\d+) of them not positive", notes).groups()
    assert f"{distinct} distinct prices, {negative} of them not positive" in costs


def test_every_rule_and_every_row_of_the_programme_is_explained():
    from capshare.model.allocation.constraints.catalogue import CONSTRAINTS
    from capshare.model.rules.registry import rules

    assert [name for name in rules() if f"| `{name}` |" not in PAGES["method/rules.md"]] == []
    rows = PAGES["method/allocation.md"] + PAGES["method/years.md"]
    priced = [record.name for record in CONSTRAINTS if record.priced]
    assert [name for name in priced if f"| `{name}` |" not in rows] == []


def test_every_command_is_shown():
    from capshare.commands.group import cli

    text = " ".join([*PAGES.values()])
    assert [name for name in cli.commands if f"capshare {name}" not in text] == []


def outputs(notebook):
    """Texts of the outputs; drawings may differ with the fonts."""
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.get("text") or output["data"]["text/plain"] for output in shown]


def test_the_notebook_runs_and_shows_what_it_gives():
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(DOCS / "researchers.ipynb", as_version=4)
    stored = outputs(notebook)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    assert outputs(notebook) == stored, "run: jupyter execute --inplace docs/researchers.ipynb"
