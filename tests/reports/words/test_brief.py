import re

import pytest

from capshare.reports.words.brief import brief, gains
from capshare.reports.words.catalogue import LANGUAGES


def test_what_some_give_others_get(result, with_cuts):
    for outcome in (result, with_cuts):
        gain = gains(outcome.in_year())
        assert gain.sum() == pytest.approx(0, abs=1e-9)
        assert gain.min() < 0 < gain.max()


def test_of_targets_the_same_cut_is_of_emissions_at_constant_intensity(with_cuts):
    # All together keep 2,700 of 3,500 Mt: of the first province's 100 Mt 77.14, and it has 80.
    assert gains(with_cuts.in_year())["110000"] == pytest.approx(80 - 100 * 2700 / 3500)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_sentences_say_what_who_and_what_it_hangs_on(result, lang):
    what, who, hangs = brief(result.in_year(), lang)
    assert all(figure in what for figure in ("2017", "2,700", "7"))
    name = {"en": "Fern (+500)", "zh": "己省（+500）"}[lang]
    assert name in who
    assert {"en": "Gorse (−315)", "zh": "庚自治区（−315）"}[lang] in who
    assert "0.50" in hangs
    assert not re.search(r"[{}]", what + who + hangs)


@pytest.mark.parametrize(("lang", "parts"), [("en", ("17 %", "2012")), ("zh", ("17%", "2012年"))])
def test_a_plan_is_told_by_its_cut(with_cuts, lang, parts):
    what = brief(with_cuts.in_year(), lang)[0]
    assert all(part in what for part in parts)


def test_where_nobody_gives_that_is_said(result, changed):
    provinces = result.allocation.provinces
    same = provinces.assign(quota_mt=provinces["emissions_mt"] * 0.5)
    assert brief(changed(allocation__provinces=same).in_year())[1].startswith(
        "Everybody is cut by the same share"
    )
