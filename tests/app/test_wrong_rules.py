"""Rules that a study cannot use: one clear message each, or a note where nobody asked for the rule."""

import json

import pandas as pd
import pytest

import capshare

OWN = "own.toml"


def drop_column(study, column):
    """The study's dataset and indicators without a column."""
    path = study.parent / "data" / "provinces.csv"
    pd.read_csv(path, dtype=str).drop(columns=column).to_csv(path, index=False, lineterminator="\n")
    package = study.parent / "data" / "datapackage.json"
    described = json.loads(package.read_text(encoding="utf-8"))
    for resource in described["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        if resource["path"] == "provinces.csv":
            resource["schema"]["fields"] = [field for field in fields if field["name"] != column]
    roles = described["roles"]["provinces"]
    described["roles"]["provinces"] = {role: name for role, name in roles.items() if name != column}
    package.write_text(json.dumps(described), encoding="utf-8")
    text = study.read_text(encoding="utf-8")
    text = text.replace(f'expression = "{column}"', 'expression = "gdp_1e8yuan"')
    study.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_rules_whose_columns_are_missing_are_left_out_with_a_note(own_study, spoil):
    drop_column(own_study, "population_1e4")
    spoil(OWN, "[prices]", "[prices]\nbootstrap_draws = 2")
    result = capshare.run(own_study)
    assert "per-capita" not in result.comparison.fairness.index
    notes = capshare.notes_in_words(result)
    [note] = [note for note in notes if note.startswith("Rules left out of the comparison")]
    assert "per-capita (no population_1e4)" in note
    assert any("not measured: no population_1e4" in note for note in notes)
    assert "gini_per_head" not in result.comparison.fairness


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            '[comparison]\nrules = ["capabilty"]',
            "comparison.rules: expected the name of a rule; found 'capabilty'. Did you",
        ),
        ('[comparison]\nmix = ["shaply"]', "comparison.mix: expected the name of a rule; found 'shaply'"),
        ("[rules.boltzman]\nbeta = 1.0", "rules.boltzman: expected the name of a rule; found 'boltzman'"),
        ("[rules.boltzmann]\nbeta = -1.0", "parameter beta: expected a number ≥ 0; found -1.0. The default"),
        (
            "[rules.shapley]\norder = 10",
            "expected a parameter of the rule; found 'order'. Did you mean orders?",
        ),
        ('[rules.historical-responsibility]\nsince = "x"', "since: expected a year; found 'x'"),
        ('[rules.published]\ntable = "tabel1"', "rules.published.table: expected a published table"),
        ('[rules.published]\ncolumn = "alocation_1e8t"', "Did you mean allocation_1e8t?"),
        ('[rules.published]\nmt = { "北京" = 1.0 }', "a table without 120000 (Tianjin), 130000 (Hebei)"),
        (
            '[rules.published]\nmt = { "Atlantis" = 1.0 }',
            "rules.published.mt: expected one of the 30 regions",
        ),
        (
            '[rules.zsg-dea]\noutputs = ["gdpx"]',
            "expected gdpx (a column of the dataset) for the rule zsg-dea",
        ),
        ("[rules]\ngdp = 3", "rules.gdp: expected a table { key = value }; found 3"),
    ],
)
def test_a_wrong_rule_is_one_clear_message(call, own_study, spoil, settings, message):
    spoil(OWN, "[balance]", f"{settings}\n\n[balance]")
    code, output, found = call("check", own_study)
    assert (code, output) == (2, "")
    first, problem = found.splitlines()
    assert first == "capshare: 1 problem"
    assert problem.startswith(f"  - {OWN}, ")
    assert message in problem


def test_a_wrong_within_names_the_nearest(call, own_study, spoil):
    spoil(OWN, 'within = "score"', 'within = "per-capta"')
    code, _, message = call("check", own_study)
    assert code == 2
    assert (
        "allocation.within: expected the name of a rule; found 'per-capta'. Did you mean per-capita?"
        in message
    )


def test_a_named_rule_that_lacks_its_column_is_one_clear_message(call, own_study, spoil):
    drop_column(own_study, "population_1e4")
    spoil(OWN, 'within = "score"', 'within = "per-capita"')
    code, _, message = call("run", own_study)
    assert code == 2
    assert message.splitlines()[0] == "capshare: 1 problem"
    assert "allocation.within: expected population_1e4 (population, 1e4 persons)" in message


def test_a_published_table_of_other_regions_is_one_clear_message(call, own_study, spoil):
    spoil(
        OWN,
        'method = "column"\ntable = "table1"\ncolumn = "emissions_1e8t"',
        'method = "fuels"\nfuels = ["coal"]',
    )
    path = own_study.parent / "data" / "table1.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if ",640000," not in line), encoding="utf-8")
    code, _, message = call("check", own_study)
    assert code == 2
    assert message.splitlines()[0] == "capshare: 1 problem"
    assert "published.table: expected a quota for each of the 30 regions" in message
    assert "found a table without 640000 (Ningxia). Complete the table" in message
