"""A study whose keys stand in another order: every number the same to the bit."""

import tomllib

import pytest
import tomli_w

import capshare
from capshare.reports.folder.tables import csv_bytes, tables

# Everything that a study says as a table of keys; the dataset has six islands.
KEYS = """
[weights]
method = "given"
given = { gdp = 0.2, forest = 0.3, population = 0.1 }
[baseline]
method = "table"
mt.a = { 2018 = 91.3, 2017 = 90.0 }
mt.b = { 2018 = 121.7, 2017 = 120.0 }
mt.c = { 2018 = 61.1, 2017 = 60.0 }
mt.d = { 2018 = 203.9, 2017 = 200.0 }
mt.e = { 2018 = 44.9, 2017 = 45.0 }
mt.f = { 2018 = 75.7, 2017 = 75.0 }
[allocation]
floor = { default = 0.3, a = 0.4, d = 0.35, f = 0.2 }
ceiling = { default = 1.2, b = 1.1, e = 1.3 }
[[allocation.constraint]]
name = "weighted"
weights = { a = 0.1, d = 0.7, b = 0.2, f = 0.3 }
min_mt = 60.0
[rules.score-cut]
spread = 0.9
[rules.boltzmann]
beta = 0.8
"""


def turned(said):
    """The same tables with their keys from the last to the first; lists stay as they are."""
    if isinstance(said, dict):
        return {key: turned(value) for key, value in reversed(said.items())}
    return [turned(value) for value in said] if isinstance(said, list) else said


@pytest.mark.slow
def test_the_order_of_keys_in_a_study_does_not_matter(isles):
    text = isles.read_text(encoding="utf-8") + KEYS
    for old, new in (
        ("[study]", "[study]\nyears = [2017, 2018]"),
        ("mt = { 2017 = 480.0 }", "mt = { 2018 = 470.0, 2017 = 480.0 }"),
        ("k = 2", 'k = 2\ngiven = { b = "I", a = "II", f = "I" }'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    study, written = tomllib.loads(text), []
    for said in (study, turned(study)):
        isles.write_text(tomli_w.dumps(said), encoding="utf-8")
        written.append({table.file: csv_bytes(frame) for table, frame in tables(capshare.run(isles)).items()})
    ours, theirs = written
    # A rule's provinces are listed as the study lists them.
    differing = {name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name)}
    assert differing == {"constraints.csv"}
    assert sorted(ours["constraints.csv"].splitlines()) == sorted(theirs["constraints.csv"].splitlines())
