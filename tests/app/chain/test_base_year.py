"""A base year after the dataset's: emissions and GDP carried forward, or one message."""

import json

import pytest

import capshare
from capshare.base.errors import CapshareError
from capshare.chain.read_inputs import read_inputs

STUDY = """\
[study]
name = "newer"
dataset = "china-2022"
base_year = 2025
seed = 1
[emissions]
method = "column"
column = "co2_inventory_mt"
[nowcast]
from = 2022
[cap]
method = "table"
mt = { 2025 = 12000.0 }
[[indicators]]
id = "gdp"
expression = "gdp_1e8yuan / population_1e4"
direction = "more"
principle = "need"
[groups]
method = "none"
[prices]
method = "productivity"
"""


def inputs(tmp_path, old="", new=""):
    assert old in STUDY
    path = tmp_path / "newer.toml"
    path.write_text(STUDY.replace(old, new, 1) if old else STUDY, encoding="utf-8")
    return read_inputs(capshare.load_study(path))


def test_emissions_of_the_base_year(tmp_path):
    found = inputs(tmp_path)
    assert found.emissions_mt.sum() == pytest.approx(12166, abs=0.5)
    assert found.base_year.nowcast.factors["factor"].loc[2023].iloc[0] == pytest.approx(1.054)
    assert found.baseline_mt[2025].equals(found.emissions_mt.rename(2025))


def test_the_provinces_own_change_has_the_same_total(tmp_path):
    found = inputs(tmp_path, "from = 2022", 'from = 2022\nprovincial = "second-inventory"')
    assert found.emissions_mt.sum() == pytest.approx(12166, abs=0.5)
    assert found.base_year.nowcast.factors["own_change_pct"].loc[2024].nunique() == 30


def test_the_study_as_it_ran_is_read_again(tmp_path):
    study = capshare.load_study(write(tmp_path)).study
    settings = study.settings()
    assert settings["nowcast"] == {"from": 2022, "provincial": "national"}
    assert type(study).model_validate(settings) == study


def write(tmp_path):
    path = tmp_path / "newer.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path


PLEDGE = 'method = "intensity"\nstart = "inventory"\ncuts_pct = { 2030 = 65.0 }'


def test_a_pledge_from_the_inventory_itself(tmp_path):
    """By hand: 5567.0 Mt in 2005, 12 166 in 2025 on 4.297 times the GDP; officially 48.4 % in 2020."""
    found = inputs(tmp_path, 'method = "table"\nmt = { 2025 = 12000.0 }', PLEDGE)
    assert found.cap.loc[2025, "base_cut_pct"] == pytest.approx(49.14, abs=0.005)
    assert found.cap.loc[2025, "cap_mt"] == pytest.approx(found.emissions_mt.sum())
    assert found.cap_starts is None


def test_a_pledge_from_an_official_cut_that_is_not_there(tmp_path):
    message = (
        "cap.start: expected intensity_cut_vs_2005_official of 2025 in dataset china-2022; found none of 2025"
    )
    with pytest.raises(CapshareError, match=message):
        inputs(tmp_path, 'method = "table"\nmt = { 2025 = 12000.0 }', PLEDGE.replace("inventory", "official"))


WRONG = [
    (
        "[nowcast]\nfrom = 2022\n",
        "",
        "study.base_year: expected 2022, the year of dataset china-2022; found 2025",
    ),
    ("from = 2022", "from = 2021", "nowcast.from: expected 2022, the year of dataset china-2022; found 2021"),
    ("from = 2022", "from = 2022\nprovinical = 1", "Did you mean provincial"),
    ("from = 2022", "form = 2022", "Did you mean from"),
    ("base_year = 2025", "base_year = 2022", "study.base_year: expected a year after 2022"),
    ("base_year = 2025", "base_year = 2027", "gdp_growth: expected a value for 2026; found none"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG, ids=[message for *_, message in WRONG])
def test_a_base_year_that_nothing_leads_to(tmp_path, old, new, message):
    with pytest.raises(CapshareError, match=message):
        inputs(tmp_path, old, new)


@pytest.mark.slow
def test_a_window_across_two_vintages_is_refused(own_study):
    """The panel's GDP, revised from 2010 on, as the distance function would read it from 2005 to 2017."""
    path = own_study.parent / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    panel = next(resource for resource in package["resources"] if resource["role"] == "panel")
    gdp = next(variable for variable in panel["variables"] if variable["name"] == "gdp")
    spans = [{"to": 2009, "vintage": "first"}, {"from": 2010, "vintage": "census-2020"}]
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert len(read_inputs(capshare.load_study(own_study)).indicators) == 30
    gdp["vintage"] = spans
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    message = "table panel, gdp, 2005 to 2017: expected figures of one vintage; found to 2009: .*End at 2009"
    with pytest.raises(CapshareError, match=message):
        read_inputs(capshare.load_study(own_study))


@pytest.mark.slow
def test_an_indicator_of_two_vintages_is_refused(tmp_path):
    path = write(tmp_path)
    text = STUDY.replace("china-2022", "china-2017").replace("base_year = 2025", "base_year = 2017")
    text = text.replace("[nowcast]\nfrom = 2022\n", "").replace("mt = { 2025", "mt = { 2017")
    text = text.replace('column = "co2_inventory_mt"', 'table = "table1"\ncolumn = "emissions_1e8t"')
    path.write_text(text.replace("population_1e4", "population_revised_1e4"), encoding="utf-8")
    message = (
        r"indicators, gdp, expression: expected columns of one vintage; found gdp_1e8yuan: As first published"
        r".*population_revised_1e4: After the 4th"
    )
    with pytest.raises(CapshareError, match=message):
        read_inputs(capshare.load_study(path))
    path.write_text(text, encoding="utf-8")
    assert len(read_inputs(capshare.load_study(path)).indicators) == 30
