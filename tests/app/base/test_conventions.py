"""Names and words of a dataset: there and back, and nothing changed where they are the usual ones."""

import pytest

from capshare.base.conventions import USUAL, Conventions, conventions, currency_of_key, following
from capshare.reports.words.catalogue import text, texts
from capshare.reports.words.vocabulary import reworded

EUROS = Conventions("eur", "state", "CO2e")
NAMES = {
    "price_yuan_per_t": "price_eur_per_t",
    "cost_1e8yuan": "cost_1e6eur",
    "price_slope_yuan_per_t_per_mt": "price_slope_eur_per_t_per_mt",
    "base_intensity_t_per_1e4yuan": "base_intensity_t_per_1e4eur",
    "quota_mt": "quota_mt",
}


@pytest.mark.parametrize(("inside", "outside"), NAMES.items())
def test_a_name_comes_back_as_it_went(inside, outside):
    assert EUROS.outward(inside) == outside
    assert EUROS.inward(outside) == inside
    assert USUAL.outward(inside) == USUAL.inward(inside) == inside


def test_amounts_of_a_currency():
    assert (USUAL.amount, USUAL.millions, USUAL.per_inside) == ("1e8yuan", 100, 1)
    assert (EUROS.amount, EUROS.millions, EUROS.per_inside) == ("1e6eur", 1, 100)


@pytest.mark.parametrize(
    ("key", "currency"),
    [("trade_cost_eur_per_t", "eur"), ("penalty_yuan_per_t", "yuan"), ("cost_per_t", None), ("eur", None)],
)
def test_currency_of_a_key(key, currency):
    assert currency_of_key(key) == currency


def test_words_follow_the_dataset_for_as_long_as_it_is_shown():
    with following(EUROS):
        assert conventions() == EUROS
        assert text("units.1e8_yuan") == "1e6 EUR"
        assert text("units.1e8_yuan", "zh") == "百万欧元"
    assert text("units.1e8_yuan") == "1e8 yuan"


@pytest.mark.parametrize(
    ("lang", "said", "meant"),
    [
        ("en", "A province: {province}, CO₂, provinces.csv", "A state: {province}, CO₂e, provinces.csv"),
        ("zh", "各省所节省的单元格，亿元", "各国所节省的单元格，百万欧元"),
        ("zh", "欧元", "欧元"),
    ],
)  # fmt: skip
def test_placeholders_files_and_other_words_stay(lang, said, meant):
    assert reworded(said, lang, EUROS) == meant
    assert reworded(said, lang, USUAL) == said


# Chinese facilities alone, a source's own name, and words that mean to save.
CHINESE_ALONE = ("facilities.", "chart.facilities", "sources.", "page.market_sectors", "notes.facilities")
SAVING = ("节省", "最省", "省得", "省时")


@pytest.mark.parametrize("kind", ["state", "region"])
def test_no_province_and_no_half_of_its_name_is_left_where_there_are_none(kind):
    those = Conventions("eur", kind, "CO2e")
    found = {}
    for key, template in texts("zh").items():
        said = reworded(template, "zh", those)
        for word in SAVING:
            said = said.replace(word, "")
        if not key.startswith(CHINESE_ALONE) and any(half in said for half in ("省", "国份", "区份")):
            found[key] = said
    assert found == {}
