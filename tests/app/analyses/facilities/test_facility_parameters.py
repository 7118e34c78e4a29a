"""The rules of the market as they ship: every figure with its source, in words of both languages."""

import pytest

from capshare.analyses.facilities.parameters import Parameters
from capshare.analyses.facilities.read_parameters import parameters_of, parameters_toml, shipped_parameters
from capshare.analyses.facilities.rules_in_year import rules_in_year, terms
from capshare.reports.words.catalogue import LANGUAGES
from capshare.reports.words.facilities import class_word, sector_word, source_words


@pytest.fixture(scope="module")
def shipped():
    return shipped_parameters()


def test_every_rule_and_term_says_where_it_is_from(shipped):
    rules = [rule for sector in shipped.sector for rule in sector.rule]
    figures = [getattr(shipped.terms, name) for name in type(shipped.terms).model_fields]
    assert all(each.source and each.status != "own" for each in (*rules, *figures))


@pytest.mark.parametrize(
    ("sector", "year", "form"),
    [
        ("steel", 2024, "emissions"),
        ("steel", 2025, "band"),
        ("cement", 2024, "emissions"),
        ("aluminium", 2026, "band"),
        ("power", 2022, "output"),
    ],
)
def test_the_form_by_sector_and_year(shipped, sector, year, form):
    assert rules_in_year(shipped, year)[sector].form == form


def test_a_year_before_a_sector_joined_has_no_rule(shipped):
    assert set(rules_in_year(shipped, 2023)) == {"power"}


def test_power_has_the_official_classes_until_2022_and_none_later(shipped):
    found = rules_in_year(shipped, 2021)["power"].classes
    assert found.loc["gas"].tolist() == [0.392, 0.056]
    assert len(found) == 4
    assert rules_in_year(shipped, 2025)["power"].classes.empty


def test_the_terms_are_those_of_the_design(shipped):
    found = terms(shipped)
    assert (found.advance_share, found.offset_share) == (0.7, 0.05)


def test_parameters_are_written_so_that_they_read_back(shipped):
    data = parameters_toml(shipped)
    again = parameters_of(data, "parameters.toml")
    assert isinstance(again, Parameters)
    assert again == shipped
    assert parameters_toml(again) == data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_ships_has_words_in_every_language(shipped, lang):
    for name in type(shipped.terms).model_fields:
        source = getattr(shipped.terms, name).source
        assert (source_words(name, source, lang) == source) == (lang == "en"), name
    classes = rules_in_year(shipped, 2022)["power"].classes.index
    names = [class_word(name, lang) for name in classes] + [sector_word(s.name, lang) for s in shipped.sector]
    assert [name.isascii() for name in names] == [lang == "en"] * len(names)
    assert class_word("of my own", lang) == "of my own"
