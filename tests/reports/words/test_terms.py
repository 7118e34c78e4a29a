"""Words that the field uses, and signs as they are set."""

import re

import pytest

from capshare.reports.words.catalogue import LANGUAGES, term, texts

# Said before, and misleading or unusual: each has a better word.
OLD = re.compile("应得额|罚金|(?<!惩)罚价|零联合性|惯量|规划者规则|保底|成员数|能力支付")
CHINESE = "\u4e00-\u9fff"


def test_no_word_that_was_replaced_comes_back():
    assert {key: said for key, said in texts("zh").items() if OLD.search(said)} == {}


@pytest.mark.parametrize(
    ("table", "value", "said"),
    [
        ("rules", "capability", "能力原则"),
        ("rules", "ability-to-pay", "支付能力原则"),
        ("constraints", "floor", "配额下限"),
        ("constraints", "ceiling", "配额上限"),
        ("constraints", "planner", "自定义约束"),
    ],
)
def test_the_words_of_the_field_are_used(table, value, said):
    assert term(table, value, "zh") == said


def test_carbon_dioxide_has_its_subscript():
    assert {key: said for lang in LANGUAGES for key, said in texts(lang).items() if "CO2" in said} == {}


def test_punctuation_beside_chinese_signs_is_full_width():
    bare = {key: re.sub(r"\{[^}]*\}", "X", said) for key, said in texts("zh").items()}
    half = re.compile(rf"[{CHINESE}][,;:!?()]|[,;:!?()][{CHINESE}]")
    assert {key: said for key, said in bare.items() if half.search(said)} == {}
