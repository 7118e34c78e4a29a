"""Runs whose workbooks are edited: cells by their keys, and the same changes in a study and its dataset."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

import capshare
from capshare.base.conventions import following
from capshare.indicators.dataset.excel_formulas import read_kept_cells
from capshare.reports.folder.tables import csv_bytes, tables
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.edits.input_cells import input_cells
from capshare.reports.workbook.packed import packed

EDITS = ("edits", "before_after", "before_after_years")


def inputs_of(outcome, lang="en"):
    """Every input cell of an outcome's workbook by its key, and its cells as they are kept."""
    built = builder(outcome, lang)
    kept = read_kept_cells(packed(built.book), "study.xlsx")
    with following(outcome.study.conventions):
        return {cell.key: cell for cell in input_cells(built, kept)}, kept


@pytest.fixture(scope="session")
def written():
    """Every table of an outcome but those that say what was edited, as its file."""

    def files(outcome):
        with following(outcome.study.conventions):
            return {
                table.file: csv_bytes(frame, table.file).decode()
                for table, frame in tables(outcome).items()
                if table.name not in EDITS
            }

    return files


class Edited:
    """The folder of a run whose workbook is edited.

    Attributes
    ----------
    folder : of the run
    study : file that it was made from, beside its dataset
    """

    def __init__(self, folder, study):
        self.folder, self.study = folder, study
        self.cells, self.kept = inputs_of(capshare.read_run(folder))

    def workbook(self, target, by_key=(), by_place=()):
        """A copy of the workbook with other values in some cells."""
        book = load_workbook(self.folder / "study.xlsx")
        for key, value in dict(by_key).items():
            book[self.cells[key].sheet][self.cells[key].cell] = value
        for (sheet, cell), value in dict(by_place).items():
            book[sheet][cell] = value
        book.save(target)
        return target

    def rewritten(self, target, changes):
        """A copy of the study beside its dataset, with other texts in its files."""
        shutil.copytree(self.study.parent, target, ignore=shutil.ignore_patterns("run"))
        for name, old, new in changes:
            path = target / name
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, (name, old)
            path.write_text(text.replace(old, new), encoding="utf-8")
        return target / self.study.name


@pytest.fixture(scope="session")
def islands(whole_isles):
    """Six islands with quotas by a score."""
    return Edited(whole_isles / "run", whole_isles / "isles.toml")


@pytest.fixture(scope="session")
def planned_islands(once):
    """Six islands with cuts of intensity inside a band."""

    def make(folder):
        source = Path(__file__).parents[3] / "reports" / "targets"
        shutil.copytree(source / "isles", folder / "isles")
        shutil.copy(source / "isles-cut.toml", folder)
        capshare.write(capshare.run(folder / "isles-cut.toml", analyses=()), folder / "run")

    folder = once("islands with a plan", make)
    return Edited(folder / "run", folder / "isles-cut.toml")


@pytest.fixture(scope="session")
def edited_run():
    """Any run whose workbook is edited."""
    return Edited


@pytest.fixture(scope="session")
def cells_of():
    """Every input cell of an outcome's workbook by its key, and its cells as they are kept."""
    return inputs_of
