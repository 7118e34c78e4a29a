"""One province's story adds up: points to the score, changes to what a run of the changed study gives."""

import re

import pandas as pd
import pytest

from capshare.analyses.explain import explain
from capshare.analyses.run import run
from capshare.analyses.sensitivity import quota_sensitivity
from capshare.chain.prepared import prepare
from capshare.study.reading import load_study


@pytest.fixture(scope="module")
def told(whole_isles):
    return explain("丁岛", whole_isles / "isles.toml")


def test_points_add_up_to_the_score(told):
    assert told.code == "d"
    assert told.indicators["points"].sum() == pytest.approx(100 * told.province["score"])
    assert list(told.indicators["value"]) == [1200.0, 500.0, 5.0]
    assert told.indicators["points"].is_monotonic_decreasing


@pytest.mark.slow
def test_it_tells_the_run_it_is_about(told, isles):
    result = run(isles).in_year()
    for column, value in result.provinces.loc["d"].items():
        assert told.province[column] == value, column
    assert told.block["cap_mt"] == result.blocks.loc[told.block["group"], "cap_mt"]
    assert told.cut is None
    assert told.potential.row is not None
    assert told.potential.row["rank"] == result.outcome.potential.ranking.loc["d", "rank"]
    binding = result.prices[result.prices["binding"]].xs("d", level="name")
    own = told.rules[told.rules.index.get_level_values("name") == "d"]
    assert set(own.index.get_level_values("constraint")) == set(binding.index)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("cap +1%", "2017 = 480.0", "2017 = 484.8"),
        ("T 20% to 30%", "[potential]", "[allocation]\nmax_deviation = 0.3\n[potential]"),
        ("T 20% to 10%", "[potential]", "[allocation]\nmax_deviation = 0.1\n[potential]"),
        ("floor 30% to 40%", "[potential]", "[allocation]\nfloor = 0.4\n[potential]"),
        ("trade limit 10% to 20%", "[potential]", "[allocation]\ntrade_limit = 0.2\n[potential]"),
        ("k 2 to 3", "k = 2", "k = 3"),
        ("one national block", "[potential]", '[allocation]\nscope = "national"\n[potential]'),
    ],
)
def test_a_change_is_what_the_changed_study_gives(told, isles, change, old, new):
    text = isles.read_text(encoding="utf-8")
    isles.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = run(isles, analyses=()).in_year().provinces.loc["d", "quota_mt"]
    assert told.sensitivity.loc[change, "quota_mt"] == pytest.approx(after, abs=1e-6)
    assert told.sensitivity.loc[change, "change_mt"] == pytest.approx(
        after - told.province["quota_mt"], abs=1e-6
    )


@pytest.mark.parametrize(("change", "old", "new"), [
    ("own gdp +10%", "d,1200", "d,1320"),
    ("own emissions and what follows from them +10%", "d,1200,500,200,", "d,1200,500,220,"),
])  # fmt: skip
def test_a_change_of_its_own_figures_is_what_the_changed_table_gives(told, isles, change, old, new):
    path = isles.parent / "isles" / "provinces.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = run(isles, analyses=()).in_year().provinces.loc["d", "quota_mt"]
    assert told.sensitivity.loc[change, "quota_mt"] == pytest.approx(after, abs=1e-6)


def test_changes_come_largest_first_and_one_without_an_allocation_last(isles):
    text = isles.read_text(encoding="utf-8")
    # All of it is promised: a larger floor has no room.
    isles.write_text(
        text.replace("[potential]", "[allocation]\nfloor = 0.8\n[potential]", 1), encoding="utf-8"
    )
    changes = explain("a", isles).sensitivity["change_mt"]
    assert changes.dropna().abs().is_monotonic_decreasing
    assert pd.isna(changes.iloc[-1])
    assert changes.index[-1] == "floor 80% to 90%"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_emissions_alone_and_as_an_indicator_are_two_changes(lang):
    found = prepare(load_study("eu-2030"), bootstrap=False)
    assert "emissions" in found.numbers.indicators.values
    changes = quota_sensitivity(found, "DE", found.inputs.years[-1], lang)
    own = changes[changes["kind"] == "own"]
    assert len(own) == len(found.numbers.indicators.values.columns) + 1


@pytest.mark.slow
def test_a_folder_of_a_run_is_explained_and_what_was_changed_in_it_is_said(call, ran):
    code, output, message = call("explain", "Dahlia", "out")
    assert (code, message) == (0, "")
    assert output.startswith("丁岛 Dahlia (d), study isles, 2017")
    assert "changed since" not in output
    assert len(output.splitlines()) <= 50
    path = ran / "weights.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    _, output, _ = call("explain", "d", "out")
    assert "the folder has been changed since its run (weights.csv edited)" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Dalia",), "Did you mean d (Dahlia)?"),
        (("d", "--year", "2030"), "expected a year of the study: 2017; found 2030"),
    ],
)
def test_a_province_or_a_year_that_is_not_there(call, isles, arguments, message):
    province, *options = arguments
    code, output, said = call("explain", province, isles, *options)
    assert (code, output) == (2, "")
    assert message in said


@pytest.mark.slow
def test_a_year_of_a_study_with_several(finished):
    told = explain("shanxi", "china-2035", 2030)
    expected = finished("china-2035").allocation.provinces.loc[(2030, "140000"), "quota_mt"]
    assert (told.year, told.province["quota_mt"]) == (2030, expected)
    assert told.sensitivity["change_mt"].notna().any()


@pytest.mark.slow
def test_of_a_study_of_targets_the_cut_comes_first(call, left_behind, finished):
    cuts = finished("china-15fyp").targets.cuts
    province = cuts.index[cuts["decided_by"] == "trade"][0]
    code, output, _ = call("explain", province, left_behind("china-15fyp"))
    row = cuts.loc[province]
    first = " ".join(output.splitlines()[1].split())
    assert code == 0
    assert first.startswith(f"Cut from 2025 to 2030: {row['rounded_cut_pct']:.1f} %")
    assert f"({row['cut_pct']:.2f} before rounding): cost within the limit on trade: it" in first
    assert f"Cut of the 13th plan {row['cut_13fyp_pct']:.1f}" in " ".join(output.split())


@pytest.mark.slow
def test_in_chinese_it_tells_the_same_figures_without_an_english_word(call, whole_isles):
    code, english, _ = call("explain", "d", whole_isles / "run")
    assert code == 0
    code, chinese, _ = call("explain", "d", whole_isles / "run", "--lang", "zh")
    assert code == 0
    kept = r"Dahlia|isles|CO₂|population|forest|group_stability\.csv|(?<![A-Za-z])[IVXLC]+(?![A-Za-z])"
    assert re.findall("[A-Za-z]{2,}", re.sub(kept, "", chinese)) == []
    figures = [re.findall(r"\d[\d,]*\.\d+", text) for text in (english, chinese)]
    assert sorted(figures[0]) == sorted(figures[1])
    assert "成本最小时减排" in chinese
