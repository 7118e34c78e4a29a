import pandas as pd
import pytest

from capshare.reports.words.sensitivity import choice_reason, nation_in_words


@pytest.mark.parametrize(
    ("lang", "status", "wanted"),
    [("en", "solved", "own words"), ("zh", "solved", "另一种说法"), ("zh", "unsolved", "own words")],
)
def test_a_reason_is_in_the_language_as_far_as_the_study_says_it(lang, status, wanted):
    settings = {"sensitivity": [{"choice": "band", "reason": "own words", "reason_zh": "另一种说法"}]}
    assert choice_reason(settings, "band", status, "own words", lang) == wanted
    assert choice_reason(settings, "trade", status, "its own", lang) == "its own"


def test_no_english_reason_in_the_panel_of_a_shipped_plan_in_chinese(finished):
    outcome = finished("china-15fyp")
    said = nation_in_words(outcome, "zh")
    assert said["reason"].str.contains("[一-鿿]").all()
    assert said.index.equals(outcome.drivers.sensitivity.nation.index)
    pd.testing.assert_series_equal(
        nation_in_words(outcome, "en")["reason"], outcome.drivers.sensitivity.nation["reason"]
    )


def test_without_choices_there_are_no_words(result):
    with pytest.raises(ValueError, match="names choices"):
        nation_in_words(result, "en")
