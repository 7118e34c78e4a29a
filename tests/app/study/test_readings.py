"""Readings of a published study: every combination of what its text leaves open."""

import tomllib

import pytest
import tomli_w

from capshare.base.errors import CapshareError
from capshare.study.reading import load_study, study_path
from capshare.study.readings import readings


def indicator(name, expression="population_1e4"):
    return {"id": name, "expression": expression, "direction": "more", "principle": "need"}


@pytest.fixture
def study(tmp_path):
    """Load the base study with other choices left open, and other changes."""

    def load(choices, **changes):
        data = tomllib.loads(study_path("tian-lin-2021").read_text(encoding="utf-8"))
        data["published"]["readings"] = choices
        for section, values in changes.items():
            data[section] = {**data.get(section, {}), **values}
        path = tmp_path / "own.toml"
        path.write_text(tomli_w.dumps(data), encoding="utf-8")
        return load_study(path).study

    return load


def ids_of(study):
    return [[each.id for each in found] for found in readings(study.indicators, study.published.readings)]


def test_every_combination_is_a_reading_and_the_first_is_the_study_s_own(study):
    choices = [
        {
            "name": "land",
            "indicator": "ag_gross_output",
            "or_none": True,
            "alternatives": [indicator("land")],
        },
        {"name": "gdp", "alternatives": [indicator("head")]},
    ]
    size = ["gdp", "population", "gdp_per_tonne", "forest_stock"]
    assert ids_of(study(choices)) == [
        [*size, "ag_gross_output"],
        [*size, "ag_gross_output", "head"],
        [*size, "land"],
        [*size, "land", "head"],
        size,
        [*size, "head"],
    ]


def test_what_an_indicator_stands_for_keeps_its_place(study):
    [_, second] = ids_of(study([{"name": "size", "indicator": "gdp", "alternatives": [indicator("jobs")]}]))
    assert second[0] == "jobs"


def test_the_base_study_leaves_36_readings_open():
    found = load_study("tian-lin-2021").study
    every = ids_of(found)
    assert len(every) == len(set(map(tuple, every))) == 36
    assert every[0] == [each.id for each in found.indicators]
    # Beside size, population and output per tonne: one forest stock, at most one of each other kind.
    assert {len(ids) for ids in every} == {4, 5, 6}


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ([{"name": "a", "indicator": "land", "alternatives": [indicator("b")]}], "among gdp, .*not land"),
        ([{"name": "a", "alternatives": [indicator("gdp")]}], "ids of their own, not gdp more than once"),
        ([{"name": "a", "alternatives": [indicator(name)]} for name in "bc"], "names of their own, not a"),
        ([{"name": name, "indicator": "gdp", "alternatives": [indicator(f"{name}1")]} for name in "ab"],
         "indicators of their own, not gdp more than once"),
        ([{"name": str(number), "alternatives": [indicator(f"x{number}")]} for number in range(9)],
         "at most 500 combinations in published.readings, not 512"),
        ([{"name": name, "indicator": name, "or_none": True, "alternatives": [indicator(f"{name}1")]}
          for name in ("gdp", "population", "gdp_per_tonne", "forest_stock", "ag_gross_output")],
         "an indicator that every reading of published.readings keeps"),
        ([{"name": "a", "alternatives": []}], "alternatives"),
    ],
)  # fmt: skip
def test_choices_that_do_not_fit_are_refused(study, choices, message):
    with pytest.raises(CapshareError, match=message):
        study(choices)


@pytest.mark.parametrize(
    ("section", "values", "name"),
    [
        ("smoothing", {"max_yearly_change": 0.1}, r"\[smoothing\]"),
        ("carry_over", {"limit": 0.1, "expiry_years": 1}, r"\[carry_over\]"),
        ("weights", {"given": {"gdp": 1.0}}, "weights.given"),
    ],
)
def test_what_readings_cannot_follow_is_refused(study, section, values, name):
    with pytest.raises(CapshareError, match=f"no published.readings beside {name}"):
        study([{"name": "a", "alternatives": [indicator("b")]}], **{section: values})
