"""No cell is marked as input that a run would not take: each key is tried on the study or its dataset."""

import functools
import math

import pytest

from capshare.analyses.from_workbook.changes import edited_study
from capshare.base.conventions import following
from capshare.indicators.dataset.data_package import load_dataset
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.edits.found_edits import Edit
from capshare.study.reading import load_study

SHIPPED = ("tian-lin-2021", "tian-lin-2021-given", "china-15fyp", "china-2035", "eu-2030", "pledge-2021")


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    """The dataset that every edit starts from is read for the first one alone."""
    monkeypatch.setattr("capshare.analyses.from_workbook.changes.load_dataset", functools.cache(load_dataset))


def slightly_changed(cell, value):
    """Another value that the cell may hold."""
    if cell.codes:
        return next(code for word, code in cell.codes.items() if word != value)
    if not isinstance(value, float):
        return 0.5
    if value.is_integer() and value > 1:
        # Years, and numbers of groups, are whole.
        return value - 1
    return value * 0.99 if value else 0.01


def require_every_key(cells, kept, loaded):
    for cell in cells.values():
        held = kept[cell.sheet].get(cell.cell)
        before = None if held is None else held.value
        after = slightly_changed(cell, before)
        edited = edited_study(loaded, [Edit(cell, before, after)], [], "edited.xlsx")
        same_files = all(edited.replaced[name] == data for name, data in loaded.replaced.items())
        assert edited.study != loaded.study or (edited.replaced and same_files), cell
        if not cell.key.startswith("inputs."):
            continue
        assert any(repr(after).removesuffix(".0") in data.decode("utf-8") or math.isclose(after, 0.5)
                   for data in edited.replaced.values()), cell  # fmt: skip


def require_keys_of_all_inputs(outcome):
    """Every cell marked as input has a key, but for choices of what the summary shows."""
    with following(outcome.study.conventions):
        built = builder(outcome, "en")
        without = {
            (grid.sheet, grid.at(column, label))
            for name, column in built.watched
            for grid in [built.grids[name]]
            for label in grid.labels
            if built.book[grid.sheet][grid.at(column, label)].kind == "input"
            and not (built.fields[name, column].key and built.fields[name, column].key(label))
        }
    assert {sheet for sheet, _ in without} <= {built.title("summary")}, without


@pytest.mark.slow
def test_every_input_of_the_islands_is_taken(islands):
    import capshare

    require_every_key(islands.cells, islands.kept, load_study(islands.study))
    require_keys_of_all_inputs(capshare.read_run(islands.folder))


@pytest.mark.slow
@pytest.mark.parametrize("study", SHIPPED)
def test_every_input_of_a_shipped_study_is_taken(study, finished, place_of_study, cells_of):
    outcome = finished(study)
    require_keys_of_all_inputs(outcome)
    cells, kept = cells_of(outcome)
    require_every_key(one_of_each(cells), kept, load_study(place_of_study(study)))


def one_of_each(cells):
    """Of each column of the dataset one province: random cells of all are tried elsewhere."""
    found, seen = {}, {}
    for key, cell in cells.items():
        kind = key.rpartition(".")[0] if key.startswith("inputs.") else key
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= 1:
            found[key] = cell
    return found
