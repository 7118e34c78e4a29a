import re

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.words.catalogue import LANGUAGES, placeholders, slug, term, text, texts


def test_no_language_lacks_a_key():
    missing = {lang: sorted(set(texts("en")) ^ set(texts(lang))) for lang in LANGUAGES}
    assert missing == {lang: [] for lang in LANGUAGES}


def test_placeholders_agree_in_every_language():
    differing = {
        key: {lang: sorted(placeholders(texts(lang)[key])) for lang in LANGUAGES}
        for key in texts("en")
        if len({placeholders(texts(lang)[key]) for lang in LANGUAGES}) > 1
    }
    assert differing == {}


def test_no_text_is_empty_but_meanings():
    empty = [
        (lang, key)
        for lang in LANGUAGES
        for key, value in texts(lang).items()
        if not value.strip() and not key.endswith(".meaning")
    ]
    assert empty == []


# The terms of Tian & Lin 2021, doi 10.31497/zrzyxb.20210409, and its literature.
@pytest.mark.parametrize(
    "word", ["碳排放权分配额", "初始空间余额", "影子价格", "熵值法", "主成分分析", "省份", "减排成本"]
)
def test_the_terms_of_the_literature_are_used(word):
    assert any(word in value for value in texts("zh").values())


def test_chinese_is_chinese():
    # What is the same in both languages on purpose: signs, units and names.
    shared = {key for key, value in texts("zh").items() if value == texts("en")[key] and value.isascii()}
    words = {key: re.sub(r"{[^}]*}", "", texts("zh")[key]).strip(" %-") for key in shared}
    assert {key for key in shared if words[key] and len(texts("zh")[key]) > 12} == set()


def test_terms_are_translated_and_names_kept():
    assert term("terms", "low emissions, high quota", "zh") == "低排放、高配额"
    assert term("indicators", "steel_output", "zh") == "steel_output"
    assert slug("without null-jointness") == "without_null_jointness"


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(CapshareError, match="expected en or zh; found 'fr'"):
        text("units.share", "fr")


def test_a_missing_key_is_named():
    with pytest.raises(KeyError, match=r"page\.nothing"):
        text("page.nothing")
