"""The text of notes: a template per key in both languages, figures and names as people read them."""

import ast
import functools
import re
from dataclasses import replace
from pathlib import Path

import pytest

import capshare
from capshare.base.notes import caution, detail, stop
from capshare.indicators.dataset.plausible import RATIOS
from capshare.indicators.dataset.units import DIMENSION_UNITS, parse_unit
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.model.rules.registry import rules
from capshare.reports.words.catalogue import placeholders, slug, texts
from capshare.reports.words.notes import note_text, note_texts
from capshare.study.cost_curves import GIVEN, curve_settings

ROOT = Path(__file__).parents[3]
SINGLE = caution("single", groups=["IV"])
TEXTS = [
    (SINGLE, "Groups with one member: IV.", "只有一个成员的组：IV。"),
    (replace(SINGLE, year=2035), "2035: Groups with one member: IV.", "2035年：只有一个成员的组：IV。"),
    (
        detail("grouping_moved", amount=70.94, province="500000"),
        "Grouping moved 70.9 Mt of entitlements between provinces, most at Chongqing.",
        "分组使70.9百万吨基准配额在省份间移动，以重庆最多。",
    ),
    (
        caution("below", provinces=[("500000", 0.364, ""), ("x", 0.1, "")]),
        "Quota of less than half the emissions: Chongqing 36%, x 10%.",
        "分配额不足排放量一半的省份：重庆 36%、x 10%。",
    ),
    (
        detail("mixtures", rules=["shapley", "of-my-own"]),
        "Left out of the mix, as they are mixtures of plainer rules here: shapley, of-my-own.",
        "未纳入组合的规则（在此为更简单规则的混合）：夏普利值、of-my-own。",
    ),
    (
        detail("absent_cells", count=1),
        "1 absent fuel cell of the panel is counted as 0, as the study asks.",
        "按研究设置，面板中1个缺失的燃料单元格按0计。",
    ),
    (
        caution("dropped", count=2, provinces=[("500000", 2006, "gdp, labour"), ("x", 2007, "gdp")]),
        "2 province-years dropped, because cells are missing: Chongqing 2006 (gdp, labour); x 2007 (gdp)",
        "因有缺失单元格，去掉了2个省份年度：重庆2006年（gdp, labour）；x2007年（gdp）。",
    ),
    (
        detail("left_out", rules=[("gdp", "no_columns", "gdp_1e8yuan"), ("score", "too_many_regions", 100)]),
        "Rules left out of the comparison: gdp (no gdp_1e8yuan); score (more than 100 regions; name it in "
        "comparison.rules to wait for it).",
        "未纳入比较的规则：地区生产总值（缺少 gdp_1e8yuan）；综合得分（超过100个地区；如愿等待，请在 "
        "comparison.rules 中写出该规则）。",
    ),
]


@pytest.mark.parametrize(("note", "en", "zh"), TEXTS, ids=[note.key for note, _, _ in TEXTS])
def test_a_note_in_both_languages(note, en, zh):
    assert note_text(note, {"500000": "Chongqing"}) == en
    assert note_text(note, {"500000": "重庆"}, "zh") == zh


def test_a_long_list_is_cut_and_says_how_much_is_left():
    loose = caution("regrouped_loose", resampling=0.5, noise=0.5, provinces=[(c, 0.5) for c in "abcdefgh"])
    assert "least firm: a 50%, b 50%, c 50%, d 50%, e 50%, f 50% and 2 more (" in note_text(loose, {})
    assert "f 50%及2个其他省份" in note_text(loose, {}, "zh")


def test_the_severest_come_first():
    assert note_texts([SINGLE, stop("uncovered", provinces=[("x", 2.0, "")])], {})[0].startswith(
        "Emissions stay uncovered"
    )


def test_a_sentence_stands_once_where_notes_differ_in_digits_that_it_does_not_show():
    twice = [detail("grouping_moved", amount=amount, province="x") for amount in (70.94, 70.9400001)]
    assert len(note_texts(twice, {})) == 1


def test_the_texts_of_a_run_are_within_reach(result):
    assert capshare.notes_in_words(result) == note_texts(result.notes, {"640000": "Gorse"})
    assert any("庚自治区 16%" in note for note in capshare.notes_in_words(result, "zh"))


@functools.cache
def calls():
    """Every note of the code: its file, its key, and the names of its values if all of them stand there."""
    found = []
    for folder in ("app", "indicators", "model", "reports", "solvers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                if named and node.func.id in ("stop", "caution", "detail"):
                    names = [keyword.arg for keyword in node.keywords]
                    found.append((path, node.args[0], None if None in names else set(names)))
    return found


def templates(lang="en"):
    """Sentence by key, those of one and of several under their common key."""
    known = {key: value for key, value in texts(lang).items() if key.startswith("notes.")}
    return {
        key.removeprefix("notes.").removesuffix(".other").removesuffix(".one"): v for key, v in known.items()
    }


def test_every_note_of_the_code_has_its_sentence_and_every_sentence_its_note():
    assert all(isinstance(key, ast.Constant) for _, key, _ in calls()), "a key is written where it is used"
    assert {key.value for _, key, _ in calls()} == set(templates())


def test_a_sentence_shows_every_value_of_its_note_and_no_other():
    for lang in ("en", "zh"):
        for path, key, names in calls():
            if names is not None:
                assert placeholders(templates(lang)[key.value]) == names, (path.name, key.value, lang)


def test_rows_and_reasons_are_used_and_known():
    used = {spec for t in templates().values() for spec in re.findall(r"{\w+:([a-z]+)\b[^}]*}", t)}
    rows = {key.removeprefix("note_items.") for key in texts("en") if key.startswith("note_items.")}
    assert rows - {"told", "year", "more", "rows"} == used - {"g"}
    told_by = [ROOT / "app" / "analyses" / name for name in ("rules.py", "parts/curves.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in told_by)
    reasons = {key.removeprefix("note_reasons.") for key in texts("en") if key.startswith("note_reasons.")}
    assert {reason for reason in reasons if f'"{reason}"' in source} == reasons


KEPT = re.compile(
    r"capshare|k-means|Calinski-Harabasz|CO₂|DEA|KMO|UTF-8|GB18030|CSV|\[potential\]|groups\.restarts"
    r"|comparison\.rules|group_stability\.csv|readings\.csv|Tibshirani|Walther|Hastie"
)


def test_no_english_word_stands_in_a_chinese_sentence_or_in_what_it_is_made_of():
    tables = ("notes.", "note_items.", "note_reasons.", "note_words.")
    chinese = {key: said for key, said in texts("zh").items() if key.startswith(tables)}
    bare = {key: KEPT.sub("", re.sub(r"{[^}]*}", "", said)) for key, said in chinese.items()}
    assert {key for key, said in bare.items() if re.search("[A-Za-z]", said)} == set()


def test_every_word_that_a_note_may_hold_is_known_in_chinese():
    words = [*FUEL_FACTORS, *("without null-jointness", "with null-jointness", "productivity")]
    words += ["power", "logarithmic", "per worker", "of whole provinces"]
    words += [word for ratio in RATIOS for word in (ratio.name, ratio.unit, ratio.above, ratio.below)]
    units = [unit for name in ("money", "CO2", "energy", "number") for unit in DIMENSION_UNITS[name]]
    # Signs, the same in every language.
    words += [unit for unit in units if unit not in ("Mtoe", "TJ", "PJ")]
    # What a Chinese note asks to write into a table can be read back from it.
    chinese = {unit: texts("zh").get(f"note_words.{slug(unit)}", unit) for unit in units}
    assert {unit for unit, said in chinese.items() if parse_unit(said) != parse_unit(unit)} == set()
    words += [*curve_settings(), GIVEN]
    words += ["floor", "ceiling", "weighted", "unweighted", "edited", "missing"]
    assert {f"note_words.{slug(word)}" for word in words} == {
        key for key in texts("zh") if key.startswith("note_words.")
    }
    assert {name for name in rules() if f"rules.{slug(name)}" not in texts("zh")} == set()
