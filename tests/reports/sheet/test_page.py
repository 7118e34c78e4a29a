"""The page of a sheet: what it says of six islands with targets, in both languages."""

import re
import shutil
from pathlib import Path

import pytest

from capshare.analyses.province_sheets import province_sheets
from capshare.reports.sheet.argue import arguments
from capshare.reports.sheet.deciding import what_decides
from capshare.reports.sheet.files import file_names, sheet_files
from capshare.reports.sheet.page import sheet_html

TARGETS = Path(__file__).parents[1] / "targets"
PANEL = """
[[sensitivity]]
choice = "distance"
key = "targets.distance_points"
low = 1.0
reason = "Without a solution."
[[sensitivity]]
choice = "tiers"
key = "targets.tiers"
high = "none"
reason = "It is a choice."
reason_zh = "这是一项选择。"
[[sensitivity]]
choice = "trade"
key = "allocation.trade_limit"
low = 0.05
reason = "Nothing changes."
"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """Language → sheets of the six islands, whose study names two choices."""
    folder = shutil.copytree(TARGETS, tmp_path_factory.mktemp("sheets") / "isles")
    path = folder / "isles-cut.toml"
    path.write_text(path.read_text(encoding="utf-8") + PANEL, encoding="utf-8")
    return {lang: province_sheets(None, path, lang=lang).sheets for lang in ("en", "zh")}


def words(html):
    """What the page shows, without style, drawings and marks."""
    shown = re.sub(r"<style>.*?</style>|<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sheet_says_its_cut_and_needs_nothing_from_elsewhere(sheets, lang):
    for sheet in sheets[lang]:
        html = sheet_html(sheet, lang)
        title = re.search(r"<h1>(.*)</h1>", html)[1]
        assert sheet.name(lang) in title
        assert f"{sheet.row['rounded_cut_pct']:.1f}" in title
        assert "<script" not in html
        assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', html) == []
        assert html.count("<svg") == 2
        assert re.findall(r"\{\w+\}", words(html)) == []


@pytest.mark.slow
def test_in_chinese_there_is_no_english_but_names_and_reasons(sheets):
    kept = r"isles-cut|isles|CO₂|capshare|Nothing changes\.|north|forest|[IVX]+"
    for sheet in sheets["zh"]:
        said = re.sub(kept, "", words(sheet_html(sheet, "zh")))
        said = said.replace(sheet.told.study, "")
        assert re.findall(r"[A-Za-z]{3,}", said) == [], sheet.told.code


@pytest.mark.slow
def test_reasons_are_in_the_language_as_far_as_the_study_says_them(sheets):
    pages = {lang: "".join(words(sheet_html(sheet, lang)) for sheet in sheets[lang]) for lang in sheets}
    assert "It is a choice." in pages["en"]
    assert "这是一项选择。" in pages["zh"]
    assert "It is a choice." not in pages["zh"]


def test_what_moves_the_cut_comes_first_and_what_does_not_is_named(sheets):
    for sheet in sheets["en"]:
        found = arguments(sheet)
        assert found.moving["change_points"].abs().is_monotonic_decreasing
        assert (found.moving["change_points"].abs() >= 0.05).all()
        # The trade limit is given the value it has.
        assert any(name.startswith("trade") for name in found.nothing)
        assert "distance: 1 (now 3)" in found.unsolved
        own = sheet.sensitivity.provinces.xs(sheet.told.code, level="code")
        expected = own.xs("none", level="value")["cut_pct"].iloc[0]
        moved = found.moving.set_index("what")["cut_pct"]
        assert moved["tiers: none (now one cut per tier)"] == expected


@pytest.mark.slow
def test_the_folder_has_a_page_per_province_and_one_that_leads_to_them(sheets):
    files = sheet_files(sheets["en"])
    names = file_names(sheets["en"])
    assert set(files) == {*names.values(), "index.html", "manifest.json"}
    index = files["index.html"].decode()
    assert set(re.findall(r'<a href="([^"]+)"', index)) == set(names.values())
    assert sheet_files(sheets["en"]) == files


@pytest.mark.slow
def test_in_an_earlier_year_of_a_plan_no_figure_of_its_last_is_said_to_decide(left_behind):
    [sheet] = province_sheets(["Shanxi"], left_behind("china-15fyp"), 2028).sheets
    said = " ".join(what_decides(sheet))
    assert said.startswith("The distance: in 2028 as in the last year")
    assert f"{sheet.row['entitled_cut_pct']:.1f} %" not in said
    assert "amounts are those of 2028" in words(sheet_html(sheet))
