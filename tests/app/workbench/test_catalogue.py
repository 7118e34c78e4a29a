"""The catalogue of settings follows the study, and every key of it is one that ``--set`` takes."""

import pytest

from capshare.study.reading import load_study, shipped_studies, with_changes
from capshare.workbench.about import about
from capshare.workbench.catalogue import sections, settings
from capshare.workbench.changes import settings_of
from capshare.workbench.key_value import value_of
from capshare.workbench.solve import answer
from capshare.workbench.turnable import turnables

# Trying every choice of a study takes a second or two.
FEW = ("china-15fyp", "eu-2030")
STUDIES = [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in shipped_studies()]


@pytest.fixture(scope="module", params=STUDIES)
def listed(request, session_of):
    return session_of(request.param), settings(session_of(request.param))


def test_every_setting_is_one_of_the_study(listed):
    session, found = listed
    assert len({setting.key for setting in found}) == len(found) > 10
    own = {setting.key: setting.value for setting in found if setting.key != "prices.anchor"}
    # The study with all of its own values is the study; an anchor may be the name of a price.
    assert session.changed(own).study.model_dump() | {"rules": {}} == session.base.study.model_dump() | {
        "rules": {}
    }


def test_a_range_holds_the_value_and_is_one(listed):
    for setting in listed[1]:
        if setting.kind in ("number", "integer", "numbers"):
            values = setting.value if isinstance(setting.value, list) else [setting.value]
            assert setting.minimum < setting.maximum, setting.key
            assert 0 < setting.step <= setting.maximum - setting.minimum, setting.key
            assert all(value == "inf" or setting.minimum <= value <= setting.maximum for value in values)
            assert "inf" not in values or setting.may_be_unlimited, setting.key
        else:
            assert setting.minimum is None, setting.key


def test_every_choice_is_a_value_of_the_study(listed):
    session, found = listed
    for setting in found:
        if setting.kind == "choice":
            names = [choice.value for choice in setting.choices]
            assert setting.value in names
            assert len(set(names)) == len(names) > 1
            for name in names:
                assert value_of(session.changed({setting.key: name}).study, setting.key) == name


def test_every_setting_is_named_in_both_languages(listed):
    topics = [topic.key for topic in sections()]
    for setting in listed[1]:
        assert setting.section in topics
        for one in (setting, *(setting.choices or ())):
            assert one.label_en, setting.key
            assert "{" not in one.label_en + one.label_zh
        assert setting.help_en != setting.help_zh
        assert not setting.help_zh.isascii()


@pytest.mark.slow
def test_ranges_come_from_the_study_where_it_states_them(session):
    found = {setting.key: setting for setting in settings(session)}
    # [sensitivity] says 0.5 to 3.0, [uncertainty] 0.0 to 3.0.
    assert (found["targets.distance_points"].minimum, found["targets.distance_points"].maximum) == (0.0, 3.0)
    # 5.5 to 9.5 and 7.0 to 10.5.
    assert (found["burden.spread_points"].minimum, found["burden.spread_points"].maximum) == (5.5, 10.5)


@pytest.mark.slow
def test_the_price_of_the_target_holds_as_far_as_is_said_and_no_farther(session):
    [cut] = [setting for setting in settings(session) if setting.key == "cap.cut_pct"]
    low, high = cut.valid
    assert low < 17 < high

    def price(value):
        return answer(session, {"cap.cut_pct": value}).prices[0].price_yuan_per_t

    own = price(17)
    inside, outside = [low + 1e-4, high - 1e-4], [low - 1e-3, high + 1e-3]
    assert [price(value) for value in inside] == pytest.approx([own, own], abs=1e-3)
    assert all(abs(price(value) - own) > 1e-3 for value in outside)


@pytest.mark.slow
def test_what_a_page_needs_besides(session):
    told = about(session)
    assert (told.study, told.quantity, told.base_year, told.year) == ("china-15fyp", "cut", 2025, 2030)
    assert len(told.regions) == 30
    places = [(square.column, square.row) for square in [*told.regions, *told.absent]]
    assert len(set(places)) == 34
    assert {square.name_zh for square in told.absent} == {"西藏", "台湾", "香港", "澳门"}
    assert told.base.status == "solved"
    assert told.money["price_zh"] == "元/吨CO₂"


def test_whose_emissions_electricity_is_can_be_turned_where_the_study_asks(session, session_of):
    found = {one.key: one.choices for one in turnables(session.base.study, None)}
    assert set(found["electricity.view"]) == {"production", "consumption", "shared"}
    assert not [one.key for one in turnables(session_of("eu-2030").base.study, None) if "electr" in one.key]
    # Inner Mongolia sends most, and Guangdong takes most.
    made, used, half = (
        answer(session, changes).quota_mt
        for changes in ({}, {"electricity.view": "consumption"}, {"electricity.view": "shared"})
    )
    assert used["150000"] < half["150000"] < made["150000"]
    assert used["440000"] > half["440000"] > made["440000"]
    assert sum(used.values()) == pytest.approx(sum(made.values()), rel=1e-6)


def test_another_dataset_has_its_own_words_and_no_places_that_lack(session_of):
    told = about(session_of("eu-2030"))
    assert told.absent == []
    assert (told.money["amount_en"], told.money["price_en"]) == ("1e6 EUR", "EUR/t CO₂e")
    assert told.quantity == "quota"
    assert not [setting.key for setting in told.settings if "yuan" in setting.key]


def test_a_price_is_set_in_the_currency_of_the_data():
    loaded = load_study("eu-2030")
    changed = with_changes(loaded, settings_of({"allocation.trade_cost_eur_per_t": 0.001}))
    assert changed.study.allocation.trade_cost_yuan_per_t == 0.001
