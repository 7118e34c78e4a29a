"""Two hundred input files as editors, mails, disks and hostile hands leave them: a result or usable problems.

A slow test. A case by hand, 17 for one::

    echo 17 | PYTHONPATH=tests/fuzz python -m corpus files
"""

import os

import pytest

pytest.importorskip("resource", reason="the limit of memory is a limit of Unix")

from corpus import forms, pool
from corpus.cases import COUNT
from corpus.outcome import outcome, require_sound
from corpus.pool import answers, faults


@pytest.mark.slow
def test_every_file():
    wrong = faults(answers("files", range(COUNT["files"]), workers=os.cpu_count() or 1))
    assert not wrong, f"{len(wrong)} of {COUNT['files']} files:\n\n" + "\n\n".join(wrong)


@pytest.mark.parametrize("dataset", ["data", "data.xlsx"])
def test_what_is_spoiled_was_sound(tmp_path, dataset):
    files = {"study.toml": forms.study(dataset).encode(), "data.xlsx": forms.workbook()}
    files |= {name: text.encode() for name, text in forms.country().items()}
    (tmp_path / "data").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    result, error = outcome(tmp_path / "study.toml")
    assert error is None, str(error)
    require_sound(result)


@pytest.mark.slow
def test_what_a_case_raises_is_told():
    told = faults(answers("no such kind", [3], workers=1))
    assert len(told) == 1
    assert "case 3" in told[0]
    assert "Traceback" in told[0]


@pytest.mark.slow
def test_a_case_without_an_answer_is_told(monkeypatch):
    monkeypatch.setattr(pool, "WAIT", 0.01)
    assert ["no answer" in text for text in faults(answers("files", [0], workers=1))] == [True]


@pytest.mark.slow
@pytest.mark.parametrize(("limit", "value"), [("SECONDS", 0.0), ("MB", 1)])
def test_a_case_over_a_limit_is_told(monkeypatch, limit, value):
    monkeypatch.setattr(pool, limit, value)
    assert ["case 0" in text for text in faults(answers("files", [22], workers=1))] == [False]
