"""``capshare run --from``: from the workbook of a run to a folder, or a refusal that names cells."""

import csv
import os
import subprocess
import sys
from itertools import pairwise

import pytest
from openpyxl import load_workbook


@pytest.fixture
def edit(ran):
    """Change cells of the workbook in the folder of a run, by their keys."""

    def change(**values):
        path = ran / "study.xlsx"
        book = load_workbook(path)
        rows = list(book["Edited cells"].iter_rows(values_only=True))
        for key, value in values.items():
            row = next(row for row in rows if key.replace("__", ".") in row)
            sheet, cell = next(pair for pair in pairwise(row) if pair[0] in book.sheetnames)
            book[sheet][cell].value = value
        book.create_sheet("My notes")["A1"] = "of a reviewer"
        book.save(path)
        return path

    return change


def test_the_workbook_is_run_where_it_lies(call, edit, tmp_path):
    edit(cap__mt__2017=470.0)
    code, out, err = call("run", "--from", "out/study.xlsx", "-o", "after")
    assert code == 0, err
    assert "Edited, 1: " in out
    assert "cap 480.0 and 470.0" in out
    assert "1 further sheets" in err
    (row,) = csv.DictReader((tmp_path / "after" / "edits.csv").read_text(encoding="utf-8").splitlines())
    assert (row["study_key"], row["value_before"], row["value_after"]) == ("cap.mt.2017", "480.0", "470.0")
    sheet = load_workbook(tmp_path / "after" / "study.xlsx")["Before and after"]
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"cap.mt.2017", 480, 470} <= set(told)
    assert "Before and after the edits" in (tmp_path / "after" / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_refusal_names_its_cells_and_writes_nothing(call, edit, tmp_path):
    edit(cap__mt__2017="470,5", inputs__population_1e4__b=None)
    code, out, err = call("run", "--from", "out/study.xlsx", "-o", "after")
    assert (code, out) == (2, "")
    assert "2 problems" in err
    assert "found '470,5'" in err
    assert "found a blank cell" in err
    assert not (tmp_path / "after").exists()


@pytest.mark.slow
def test_hash_seeds_give_the_same_bytes(edit, tmp_path):
    """Cells that were blank are found in no order of their own, and 0.1 + 0.2 + 0.3 depends on the order."""
    weights = {"weights__given__population": 0.1, "weights__given__gdp": 0.2, "weights__given__forest": 0.3}
    path = edit(cap__mt__2017=470.0, inputs__gdp_1e8yuan__e=101.0, groups__given__b="II", **weights)
    written = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "capshare", "run", "--from", str(path), "-o", str(tmp_path / seed)]
        surroundings = {**os.environ, "PYTHONHASHSEED": seed}
        ended = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)
        assert ended.returncode == 0, ended.stderr
        files = (place for place in (tmp_path / seed).rglob("*") if place.is_file())
        written.append({file.relative_to(tmp_path / seed): file.read_bytes() for file in files})
    one, other = written
    assert {name for name in {*one, *other} if one.get(name) != other.get(name)} == set()
