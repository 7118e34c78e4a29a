"""Choices that no shipped study combines: a pledge while emissions follow nothing, one group given."""

import pytest

import capshare
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.sheets.rule_quotas import rule_quotas
from capshare.reports.workbook.workbook_data import workbook_data

STUDY = """
[study]
name = "uncommon"
dataset = "china-2017"
base_year = 2017
years = [2017, 2020]
seed = 1
[emissions]
method = "column"
table = "table1"
column = "emissions_1e8t"
[baseline]
method = "base-year"
[cap]
method = "intensity"
start = "official"
cuts_pct = { 2020 = 48.4, 2030 = 65.0 }
[[indicators]]
id = "gdp"
expression = "gdp_1e8yuan"
direction = "more"
principle = "equality"
[[indicators]]
id = "people"
expression = "population_1e4"
direction = "more"
principle = "equality"
[groups]
method = "kmeans"
k = 3
restarts = 2
diagnostics_draws = 1
given = { Guangdong = "III" }
[prices]
method = "productivity"
steps = 1
[published]
table = "table1"
[allocation]
within = "grandfathering"
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    study = tmp_path_factory.mktemp("odd") / "study.toml"
    study.write_text(STUDY, encoding="utf-8")
    return capshare.run(study)


@pytest.fixture(scope="module")
def found(odd):
    return builder(odd)


def test_growth_of_the_nation_is_in_the_workbook_of_every_cap_that_follows_it(found):
    assert "Baseline" in found.book.sheetnames
    ahead, cap = found.grids["years_ahead"], found.grids["cap"]
    assert ahead.names == ("year", "growth_pct", "gdp_ratio")
    assert (ahead.labels[0], ahead.labels[-1]) == (2018, 2030)
    ratio = [found.expected["Cap path", cap.at("gdp_ratio", year)] for year in (2017, 2020)]
    assert ratio[0] == 1
    assert found.expected["Baseline", ahead.at("gdp_ratio", 2020)] == ratio[1]
    # Growth of 6.7, 6.0 and 2.2 % in 2018 to 2020.
    assert ratio[1] == pytest.approx(1.067 * 1.060 * 1.022, rel=1e-12)


def test_how_firm_groups_are_is_told_of_those_found_and_not_of_those_given(found, odd):
    judged, scores = found.grids["group_stability"], found.grids["scores"]
    own = odd.groups.firmness.stability["group"]["440000"]
    assert own != odd.allocation.provinces["group"].loc[2017, "440000"] == "III"
    place = judged.at("group", "440000")
    assert found.expected["Grouping", place] == own
    assert found.book["Scores"][scores.at("group_found", "440000")].value == own
    column = scores.column("group_found")
    assert found.book["Grouping"][place].value.text.startswith(f"=INDEX({column},")


def test_published_quotas_stand_beside_those_of_the_last_year(found, odd):
    grid, quota = found.grids["published"], odd.allocation.provinces["quota_mt"]
    assert grid.labels[0][0] == 2020
    for label in grid.labels:
        formula = found.book["Published"][grid.at("quota_mt", label)].value.text
        solved = formula.rpartition("!")[2].replace("$", "")
        assert found.book["Allocation"][solved].value == pytest.approx(quota[label], rel=1e-12)
        assert quota[label] != pytest.approx(quota[2017, label[1]])


def test_a_baseline_by_growth_that_no_year_follows_has_no_sheet(tmp_path):
    text = STUDY.replace("years = [2017, 2020]", "years = [2017]").replace(
        '"base-year"', '"growth"\nautonomous_change = 0.01'
    )
    start, end = text.index("[cap]"), text.index("[[indicators]]")
    study = tmp_path / "study.toml"
    study.write_text(f'{text[:start]}[cap]\nmethod = "table"\nmt = {{ 2017 = 9000 }}\n{text[end:]}', "utf-8")
    made = builder(capshare.run(study))
    assert "baseline" not in {grid.sheet for grid in made.grids.values()}


def test_where_nobody_lives_rules_are_not_compared_by_head(odd):
    data = workbook_data(odd)
    assert rule_quotas(data) is not None
    empty = workbook_data(odd)
    empty.inputs.loc[empty.codes[0], "population_1e4"] = 0.0
    assert rule_quotas(empty) is None
