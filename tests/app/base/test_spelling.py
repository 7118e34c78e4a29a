"""Keys of spellings and the nearest of known names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.base.spelling import exact_key, loose_key, nearest, suggestion


@pytest.mark.parametrize("name", ["Ｉｎｎｅｒ Mongolia", " inner  MONGOLIA ", "inner\u3000mongolia"])
def test_width_case_and_blanks_do_not_matter(name):
    assert exact_key(name) == "innermongolia"


def test_tone_marks_and_apostrophes_stay_in_the_exact_key_only():
    assert exact_key("Shǎnxī") == "shǎnxī"
    assert exact_key("Sha\u030cnxi\u0304") == "shǎnxī"
    assert exact_key("Shan\u2019xi") == "shan'xi"
    assert loose_key("Shǎnxī") == loose_key("Shan'xi") == "shanxi"


@given(st.text())
def test_keys_are_stable(name):
    assert exact_key(exact_key(name)) == exact_key(name)
    assert loose_key(loose_key(name)) == loose_key(name)


def test_nearest():
    assert nearest("poplation_1e4", ["gdp_1e8yuan", "population_1e4"]) == "population_1e4"
    assert nearest("zzz", ["gdp_1e8yuan"]) is None


def test_suggestion():
    assert suggestion("numbr", ["number", "string"]) == "Did you mean number?"
    assert suggestion("zzz", ["number", "string"]) == "Known: number, string."
    assert suggestion("zzz", [f"column{i}" for i in range(10)]).endswith("column7 and 2 more.")
    assert suggestion("zzz", []) == "There is none to choose from."
