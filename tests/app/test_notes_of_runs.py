"""What a planner must not overlook in a run: marked and first wherever it is told, in both languages."""

import json

import openpyxl
import pytest


@pytest.fixture
def odd_study(isles):
    """Six islands over three years, of which quotas let some emit more per GDP than in the base year."""
    text = isles.read_text(encoding="utf-8")
    for old, new in (
        ("base_year = 2017", "base_year = 2017\nyears = [2018, 2019, 2022]"),
        ("2017 = 480.0", "2018 = 600.0, 2019 = 620.0, 2022 = 700.0"),
        ("[groups]", '[baseline]\nmethod = "growth"\nautonomous_change = 0.02\ngrowth_window = []\n[groups]'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    isles.write_text(text, encoding="utf-8")
    return isles


SAID = {
    "en": (
        "Stop: Quotas that let carbon intensity rise above the base year's: 2018–2019, 2022: ",
        "Notes",
        "Stop",
    ),
    "zh": ("警示: 分配额允许碳强度升至高于基年的省份：2018–2019、2022年：", "说明", "警示"),
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_a_rising_intensity_is_told_first_on_the_screen_the_page_and_in_the_workbook(
    call, odd_study, tmp_path, lang
):
    said, sheet, mark = SAID[lang]
    code, printed, _ = call("run", odd_study, "-o", "out", "--lang", lang)
    assert code == 0
    assert said in " ".join(printed.split())
    assert printed.index(mark) < printed.index("Indicator weights" if lang == "en" else "指标权重")
    notes = json.loads((tmp_path / "out" / "notes.json").read_text(encoding="utf-8"))
    severities = [note["severity"] for note in notes]
    assert severities == sorted(severities, key=["stop", "caution", "detail"].index)
    assert notes[0]["key"] == "rising_intensity"
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.index(f'<strong class="mark">{mark}</strong>') < page.index('<dl class="figures">')
    book = openpyxl.load_workbook(tmp_path / "out" / "study.xlsx")
    assert book[sheet]["A6"].value == mark
    assert book[sheet].sheet_properties.tabColor is not None


@pytest.mark.slow
def test_of_a_province_its_story_tells_what_it_is_named_in(call, odd_study, made_before, tmp_path):
    assert call("run", odd_study, "-o", "out")[0] == 0
    notes = json.loads((tmp_path / "out" / "notes.json").read_text(encoding="utf-8"))
    code = notes[0]["values"]["provinces"][0][0]
    told = " ".join(call("explain", code, "out", "--lang", "zh")[1].split())
    assert "分配额允许碳强度升至高于基年的省份" in told
