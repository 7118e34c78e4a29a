"""Input cells of shipped studies, edited at random and together.

The run is that of the same changes in the study's files, or the workbook and the files are both refused, the
workbook by the names of its cells.
"""

import csv
import json
import random
import shutil
import tomllib

import pytest
import tomli_w

import capshare
from capshare import CapshareError, InfeasibleError
from capshare.analyses.from_workbook.original_run import OriginalRun
from capshare.analyses.from_workbook.run_from import EditedWorkbook, run_edited
from capshare.analyses.from_workbook.whole_study import whole_study
from capshare.base.conventions import following
from capshare.indicators.dataset.excel_formulas import KeptCell, read_kept_cells
from capshare.reports.folder.manifest import versions
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.edits.found_edits import found_edits
from capshare.reports.workbook.edits.input_cells import input_cells
from capshare.reports.workbook.packed import packed

pytestmark = pytest.mark.slow

# Cells of each column or key that are tried, and how many are edited together.
SAMPLED, TOGETHER = 1, 40
# Every cell of china-15fyp is one of WHOSE too.
STUDIES = ("tian-lin-2021", "tian-lin-2021-given", "china-2035", "eu-2030", "pledge-2021")
# What no shipped study asks for: stated shares of the market's sectors, the nation's factor of electricity.
WHOSE = """
[electricity]
view = "production"
factor = "national"
[market_sectors]
quota = "proportional"
[[market_sectors.sectors]]
sector = "power"
source = "inventory"
[[market_sectors.sectors]]
sector = "steel"
source = "share"
share = 0.1
shares = { Hebei = 0.3 }
"""


class Case:
    """A study and the cells of its workbook."""

    def __init__(self, path, outcome):
        self.loaded = capshare.load_study(path)
        self.outcome = outcome
        with following(outcome.study.conventions):
            self.builder = builder(outcome, "en")
            self.kept = read_kept_cells(packed(self.builder.book), "study.xlsx")
            self.cells = input_cells(self.builder, self.kept)

    def run(self, values):
        """What the workbook with these values gives: place of a cell → value."""
        sheets = {title: dict(cells) for title, cells in self.kept.items()}
        for (sheet, cell), value in values.items():
            sheets[sheet][cell] = KeptCell(value)
        with following(self.outcome.study.conventions):
            found = found_edits(self.builder, self.kept, sheets, "edited.xlsx")
        assert found.problems == []
        assert {(edit.cell.sheet, edit.cell.cell) for edit in found.edits} == set(values)
        original = OriginalRun(self.loaded, self.outcome)
        study = whole_study("edited.xlsx", versions()["capshare"], original, found, ())
        return run_edited(EditedWorkbook("edited.xlsx", study, found, (), original, ()), analyses=())


class Files:
    """A copy of a study and of its dataset, in which keys are given other values."""

    def __init__(self, loaded, folder):
        self.folder, self.changed = folder, {}
        folder.mkdir()
        self.study = tomllib.loads(loaded.data.decode("utf-8"))
        dataset = capshare.load_dataset(loaded.study.study.dataset)
        shutil.copytree(dataset.folder, folder / "data")
        self.study["study"]["dataset"] = "data"
        package = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))
        self.tables = {
            name: resource["path"]
            for resource in package["resources"]
            for name in (resource["name"], resource["role"])
        }
        scenario = capshare.load_study(loaded.path).study.study.scenario
        source = dataset.folder.parent / "scenarios" / f"{scenario}.csv"
        shutil.copy(source, folder / f"{scenario}.csv")
        self.scenario = f"{scenario}.csv"

    def set(self, key, value):
        """Give a key another value."""
        first, *parts = key.split(".")
        if first != "inputs":
            self._in_study(key.split("."), value)
        elif parts[0] == "scenario":
            self.study["study"]["scenario"] = f"./{self.scenario}"
            self._in_table(self.folder / self.scenario, {"year": parts[2]}, parts[1], value)
        else:
            table, column, *labels = parts if len(parts) > 2 else ("provinces", *parts)
            path = self.folder / "data" / self.tables[table]
            names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            where = dict(zip(labels_of(names, labels), labels, strict=True))
            if "variable" in names:
                where, column = {**where, "variable": column}, "value"
            self._in_table(path, where, column, value)

    def _in_study(self, place, value):
        at = self.study
        for part in place[:-1]:
            at = at[entry(at, part)] if isinstance(at, list) else at.setdefault(part, {})
        last = entry(at, place[-1]) if isinstance(at, list) else place[-1]
        at[last] = int(value) if isinstance(value, float) and value.is_integer() else value

    def _in_table(self, path, where, column, value):
        with path.open(encoding="utf-8", newline="") as file:
            names, *rows = csv.reader(file)
        (row,) = (
            row for row in rows if all(row[names.index(name)] == label for name, label in where.items())
        )
        row[names.index(column)] = repr(value)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([names, *rows])

    def run(self):
        """The run of the files as they are now."""
        path = self.folder / "own.toml"
        path.write_text(tomli_w.dumps(self.study), encoding="utf-8")
        return capshare.run(path, analyses=())


def labels_of(names, labels):
    """Columns that tell the row, of a code, a year or both."""
    code = "code" if "code" in names else names[0]
    if len(labels) == 2:
        return (code, "year")
    return ("year",) if "variable" in names and "code" not in names else (code,)


def entry(entries, name):
    called = [item.get("id", item.get("name")) if isinstance(item, dict) else None for item in entries]
    return called.index(name) if name in called else int(name) - 1


def kind(cell):
    """What cells are of one kind: of one column of the dataset or the study, or of a key of the study."""
    column, _, _ = cell.key.rpartition(".")
    of_many = cell.key.startswith(("inputs.", "groups.given.")) or column.endswith(".shares")
    return column if of_many else cell.key


def another(cell, held, rng):
    """Another value that the cell may hold, and the same as a study says it."""
    if cell.codes:
        word = rng.choice([word for word, code in cell.codes.items() if held not in (word, code)])
        return word, cell.codes[word]
    if not isinstance(held, float):
        # A limit where there was none.
        return 0.9, 0.9
    if (held.is_integer() and 0 < held < 10) or 1900 < held < 2100:
        return held - 1, held - 1
    value = held * rng.uniform(0.97, 1.03) if held else 0.01
    return value, value


def sampled(case, rng):
    """Place of a cell → (its key, what it shall hold, what the study shall say), weights all or none."""
    found, seen = {}, {}
    for cell in rng.sample(case.cells, len(case.cells)):
        seen[kind(cell)] = seen.get(kind(cell), 0) + 1
        if seen[kind(cell)] > SAMPLED or cell.key.startswith("weights.given."):
            continue
        held = case.kept[cell.sheet].get(cell.cell)
        shown, said = another(cell, None if held is None else held.value, rng)
        found[cell.sheet, cell.cell] = (cell.key, shown, said)
    return found


def given_weights(case, rng):
    return {
        (cell.sheet, cell.cell): (cell.key, value, value)
        for cell in case.cells
        if cell.key.startswith("weights.given.")
        for value in [round(rng.uniform(0.2, 1.0), 3)]
    }


def same_both_ways(case, changes, folder, written):
    """Whether the workbook and the files give the same; one that is refused is refused by both."""
    try:
        ours = case.run({place: shown for place, (_, shown, _) in changes.items()})
    except CapshareError as error:
        ours = error
    files = Files(case.loaded, folder)
    for key, _, said in changes.values():
        files.set(key, said)
    try:
        theirs = files.run()
    except CapshareError as error:
        theirs = error
    if not isinstance(ours, CapshareError):
        assert not isinstance(theirs, CapshareError), (theirs, changes)
        assert written(ours) == written(theirs), changes
        return True
    assert type(ours) is type(theirs), (ours, theirs, changes)
    if not isinstance(ours, InfeasibleError):
        for problem in ours.problems:
            assert any(f"sheet {sheet}, cell {cell} (" in str(problem) for sheet, cell in changes), problem
    return False


def require_same(case, parts, folder, written, rng):
    """What is refused together is tried again in halves, down to single cells."""
    folder.mkdir()
    changes = {place: change for part in parts for place, change in part.items()}
    if same_both_ways(case, changes, folder / "whole", written) or len(parts) == 1:
        return
    parts = rng.sample(parts, len(parts))
    for name, half in (("one", parts[::2]), ("other", parts[1::2])):
        require_same(case, half, folder / name, written, rng)


def often_refused(case, place, change):
    """Whether a change would, by itself, refuse all that it is tried with: a first limit, another year."""
    key, shown, _ = change
    held = case.kept[place[0]].get(place[1])
    limited = held is not None and isinstance(held.value, float) and held.value != 0
    first = isinstance(shown, float) and not limited and not key.startswith("inputs.")
    return first or key.endswith("_year")


def require_any_cells(case, folder, written, seed):
    rng = random.Random(seed)
    changes = sampled(case, rng)
    apart = [place for place, change in changes.items() if often_refused(case, place, change)]
    for number, place in enumerate(apart):
        require_same(case, [{place: changes.pop(place)}], folder / f"apart {number}", written, rng)
    parts = [{place: change} for place, change in changes.items()]
    weights = given_weights(case, rng)
    for start in range(0, len(parts), TOGETHER):
        # Weights are given together or not at all.
        own = [weights] if weights and start == 0 else []
        require_same(case, [*own, *parts[start : start + TOGETHER]], folder / str(start), written, rng)


@pytest.mark.parametrize("study", STUDIES)
def test_any_cells_of_a_shipped_study(study, finished, place_of_study, written, tmp_path):
    case = Case(place_of_study(study), finished(study))
    require_any_cells(case, tmp_path, written, seed=f"any cells of {study}")


def test_any_cells_of_whose_emissions(written, tmp_path):
    text = capshare.load_study("china-15fyp").path.read_text(encoding="utf-8")
    study = tomllib.loads(text)
    path = tmp_path / "whose.toml"
    path.write_text(tomli_w.dumps(study | tomllib.loads(WHOSE)), encoding="utf-8")
    case = Case(path, capshare.run(path, analyses=()))
    keys = {cell.key for cell in case.cells}
    assert "market_sectors.sectors.2.shares.Hebei" in keys
    assert "market_sectors.sectors.2.shares.110000" in keys
    assert "inputs.national.power_co2_factor_average.2023" in keys
    (tmp_path / "tried").mkdir()
    require_any_cells(case, tmp_path / "tried", written, seed="whose")
