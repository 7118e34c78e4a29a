"""``capshare run --from``: from the workbook of a run to a folder, or a refusal that names cells."""

import csv
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
