"""The workbench's page as one answer: nothing from elsewhere, every text there, none left over."""

import json
import re

import pytest

from capshare.base.notes import SEVERITIES as OF_NOTES
from capshare.reports.page.document import template_text
from capshare.reports.words.catalogue import LANGUAGES, texts
from capshare.workbench.page import SCRIPTS, STYLES, areas, page_html, page_words

NONCE = "a-nonce"
# Keys of the page's texts that a script puts together, and what they begin with.
MADE = {
    "measure_": ("cut", "quota", "balance", "cost"),
    "unit_": ("cut", "quota", "balance", "cost"),
    "fact_": None,
    "constraints.": None,
    "area.": None,
}
SAID_BY_THE_SERVER = {"no_script", "refused", "language"}

SEVERITIES = set(OF_NOTES)


@pytest.fixture(scope="module")
def page():
    return page_html("a study", NONCE, "en")


def given(page):
    return json.loads(re.search(r'<script type="application/json" id="given">(.*)</script>', page)[1])


def asked_for():
    """Keys of texts as scripts and the template name them."""
    scripts = "\n".join(map(template_text, SCRIPTS))
    page = template_text("workbench.html")
    calls = re.findall(r"say\(([^`]*?)\)", scripts)
    in_calls = {key for call in calls for key in re.findall(r'"([a-z][a-z_0-9.]*)"', call)}
    listed = set(re.findall(r'\[this\.\w+, "([a-z_]+)"\]', scripts))
    shown = set(re.findall(r'data-(?:say|label)="([a-z_]+)"', page))
    return in_calls | listed | shown


def test_style_and_scripts_are_inside_and_known_by_the_nonce(page):
    assert page.count(f'nonce="{NONCE}"') == 2
    assert not re.search(r"<(?:link|script|img|iframe)[^>]* (?:src|href)=\"(?!data:)", page)
    assert not re.search(r"\son[a-z]+=\"", page), "a listener inside the markup"
    assert not re.search(r"\sstyle=\"", page), "a style inside the markup"
    for name in (*STYLES, *SCRIPTS):
        assert template_text(name).strip() in page


def test_no_script_evaluates_text():
    scripts = "\n".join(map(template_text, SCRIPTS))
    assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|document\.write|setTimeout\(\"", scripts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_that_is_asked_for_is_there(lang):
    known = set(page_words(lang))
    severities_and_limits = {"min", "max", "cut", "label"}
    assert {key for key in asked_for() if key not in known} <= severities_and_limits


def test_no_text_of_the_page_is_left_over():
    scripts = "\n".join(map(template_text, SCRIPTS))
    used = asked_for() | SAID_BY_THE_SERVER | SEVERITIES | set(re.findall(r'"([a-z_]+)"', scripts))
    left = {key for key in page_words("en") if key not in used and not key.startswith(tuple(MADE))}
    assert left == set()


def test_measures_have_names_and_units_in_both_languages():
    for lang in LANGUAGES:
        for start in ("measure_", "unit_"):
            assert {start + name for name in MADE[start]} <= set(page_words(lang))


def test_the_page_speaks_both_languages_whichever_it_opens_in(page):
    words = given(page)["words"]
    assert set(words) == set(LANGUAGES)
    assert set(words["en"]) == set(words["zh"])
    assert words["zh"]["undo"] == texts("zh")["workbench.undo"]
    assert '<html lang="zh-CN" data-start="zh">' in page_html("a study", NONCE, "zh")


def test_a_study_cannot_close_the_script():
    assert page_html("</script><script>", NONCE, "en").count("</script>") == 2


def test_areas_share_out_the_provinces():
    codes = [code for area in areas() for code in area["codes"]]
    assert len(codes) == len(set(codes)) == 30
    west = next(area for area in areas() if area["key"] == "west")
    assert {"150000", "450000", "650000"} <= set(west["codes"])
    assert len(west["codes"]) == 11
