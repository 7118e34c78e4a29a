"""Figures of two vintages are told apart and never compared."""

import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.vintages import growth_ratio

NAMED = [{"name": "old", "title": "Before the census"}, {"name": "new", "title": "After the census"}]
SPLIT = [{"from": 2017, "vintage": "new"}, {"to": 2016, "vintage": "old"}]


@pytest.fixture
def stated(package, describe, folder):
    """The islands with vintages: of the panel's GDP, and of the provinces' columns."""
    package["vintages"] = NAMED
    package["resources"][2]["variables"][0]["vintage"] = SPLIT
    fields = package["resources"][1]["schema"]["fields"]
    fields[1]["vintage"], fields[2]["vintage"] = "new", "old"
    describe(package)
    return load_dataset(folder)


def test_growth_across_a_revision_is_refused_with_both_vintages_and_the_remedy(stated):
    message = (
        r"panel, gdp, 2016 to 2017: expected figures of one vintage; found to 2016: Before the census; "
        r"from 2017: After the census\. End at 2016 or begin at 2017"
    )
    with pytest.raises(CapshareError, match=message):
        growth_ratio(stated.panel, stated.facts.vintages, "gdp", 2016, 2017)


def test_within_one_vintage_it_is_a_quotient(stated):
    panel = stated.panel.assign(year=[2017, 2018])
    assert growth_ratio(panel, stated.facts.vintages, "gdp", 2017, 2018).to_dict() == {"n": 10 / 9}


def test_a_year_without_figures_is_named(stated):
    with pytest.raises(CapshareError, match="gdp of every region in 2018 and 2019; found none for n in 2018"):
        growth_ratio(stated.panel, stated.facts.vintages, "gdp", 2018, 2019)


def test_gdp_of_2024_is_never_chained_to_2023():
    """The 5th economic census raised the sum by 2.6 %, Shanghai by 8.9 %; also where a user adds 2024."""
    china = load_dataset("china-2022")
    with pytest.raises(CapshareError, match=r"2023 to 2024: .*End at 2023 or begin at 2024") as one:
        growth_ratio(china.panel, china.facts.vintages, "gdp_revised", 2023, 2024)
    assert len(one.value.problems) == 1
    last = china.panel[(china.panel["variable"] == "gdp_revised") & (china.panel["year"] == 2023)]
    added = pd.concat([china.panel, last.assign(year=2024)], ignore_index=True)
    with pytest.raises(CapshareError, match="figures of one vintage"):
        growth_ratio(added, china.facts.vintages, "gdp_revised", 2005, 2024)
    assert growth_ratio(china.panel, china.facts.vintages, "gdp_revised", 2022, 2023).between(0.9, 1.2).all()


def test_columns_of_two_vintages_are_mixed(stated):
    vintages = stated.facts.vintages
    assert vintages.mixed("provinces", ["gdp_1e8yuan"]) == ()
    assert vintages.mixed("provinces", ["gdp_1e8yuan", "anything"]) == ()
    both = vintages.mixed("provinces", ["gdp_1e8yuan", "plants"])
    assert both == ("gdp_1e8yuan: After the census", "plants: Before the census")


def test_the_table_says_all_of_it(stated):
    rows = [tuple(row) for row in stated.facts.vintages.table().to_numpy()]
    assert rows == [
        ("gdp_1e8yuan", "provinces", "", "new"),
        ("plants", "provinces", "", "old"),
        ("gdp", "panel", "to 2016", "old"),
        ("gdp", "panel", "from 2017", "new"),
    ]


def test_a_column_that_is_converted_keeps_its_vintage(package, describe, spoil, folder):
    package["vintages"] = NAMED
    package["resources"][1]["schema"]["fields"][1] |= {"name": "gdp", "unit": "1e4 yuan", "vintage": "new"}
    package["roles"] = {"provinces": {"gdp": "gdp"}}
    describe(package)
    spoil("provinces", "gdp_1e8yuan", "gdp")
    facts = load_dataset(folder).facts
    assert list(facts.vintages.spans) == [("provinces", "gdp_1e8yuan")]
    assert facts.roles.find("provinces", "gdp") == "gdp_1e8yuan"


WRONG = [
    ("newer", r"gdp, vintage: expected a vintage that the package names; found 'newer'\. Did you mean new"),
    (7, "vintage: expected the name of a vintage, or a list of spans of years; found 7"),
    ([{"from": "2017", "vintage": "new"}], "expected the name of a vintage, or a list of spans"),
    ([{"since": 2017, "vintage": "new"}], "expected the name of a vintage, or a list of spans"),
    (
        [{"to": 2017, "vintage": "old"}, {"from": 2017, "vintage": "new"}],
        "expected each year in one vintage; found to 2017 and from 2017",
    ),
]


@pytest.mark.parametrize(("said", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_vintage_that_does_not_hold(package, describe, folder, said, message):
    package["vintages"] = NAMED
    package["resources"][2]["variables"][0]["vintage"] = said
    describe(package)
    with pytest.raises(CapshareError, match=message):
        load_dataset(folder)


@pytest.mark.parametrize("said", ["new", [{"title": "New"}], {"new": "New"}])
def test_vintages_are_a_list_with_names(package, describe, folder, said):
    package["vintages"] = said
    describe(package)
    with pytest.raises(CapshareError, match="vintages: expected a list of vintages"):
        load_dataset(folder)
