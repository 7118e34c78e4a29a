"""An ensemble beside a run, as people read it: in sentences, on the page, in the workbook, as a chart."""

import re
from dataclasses import replace

import pytest

from capshare.reports.charts.gallery import charts
from capshare.reports.page.fixed_years import fixed_years
from capshare.reports.page.page import report_html
from capshare.reports.page.sections import sections
from capshare.reports.sheet.drawn_range import drawn_range
from capshare.reports.words.ensemble import draws_line, ensemble_lines, province_line
from capshare.reports.words.intervals import MIDDLE, NINE_TENTHS, OUTSIDE, chances, intervals
from capshare.reports.workbook.book import builder

LANGUAGES = ("en", "zh")


@pytest.fixture
def sure(result, drawn):
    """The run of the seven with an ensemble."""
    return drawn(result)


def test_each_figure_has_its_place_among_the_draws(sure):
    table = intervals(sure, sure.drivers.ensemble)
    assert list(table["place"]) == [MIDDLE, NINE_TENTHS, OUTSIDE, MIDDLE, NINE_TENTHS, OUTSIDE, MIDDLE]
    assert table.columns[0] == "quota_mt"
    assert table.iloc[1][["quota_mt", "p05_quota_mt", "p50_quota_mt"]].tolist() == [300.25, 299.75, 302.0]


def test_chances_are_of_what_the_run_says(sure):
    table = chances(sure, sure.drivers.ensemble)
    assert table["deficit_share"].tolist() == [0.0, *[0.75] * 6]
    assert set(table["likely_class"].iloc[1:]) == {"light deficit"}
    # None of them is balanced or lightly in deficit in the run itself.
    assert table["own_share"].eq(0.0).all()


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "en",
            [
                "500 draws of the uncertain inputs (seed 7; 3 have no solution and count in no figure",
                "the rules contradict each other (3)",
                "in 3 of 7 provinces, and outside nine in ten in 2: Cedar, Fern.",
                "Provinces by what drives them most: error of gdp_1e8yuan 7 (from 12 pairs of draws).",
                "First in potential, in so many of the draws: Aster 90.0%.",
            ],
        ),
        (
            "zh",
            [
                "抽样500次（种子7；其中3次无解，不计入任何数字：规则相互矛盾（3次））",
                "7个省份中有3个的本次配额在抽样的中间一半之内，2个在十分之九的抽样之外：丙自治区、己省。",
                "由12对抽样得出",
            ],
        ),
    ],
)
def test_sentences_in_both_languages(sure, lang, wanted):
    said = "\n".join(ensemble_lines(sure, lang))
    for words in wanted:
        assert words in said


def test_a_province_is_told_its_interval_and_what_drives_it(sure):
    told = province_line(sure, "130000", "en")
    assert "300.8 to 302.8 Mt in the middle half" in told
    assert "299.8 to 303.8 Mt in nine in ten" in told
    assert "this run's is 300.2 (nine in ten)" in told
    assert told.endswith("total index 0.60 (0.55 to 0.90).")


def test_no_english_word_in_a_chinese_sentence(sure):
    lines = [*ensemble_lines(sure, "zh"), province_line(sure, "130000", "zh"),
             draws_line(sure.drivers.ensemble.counts, "zh")]  # fmt: skip
    # Units and the name of the column, for which this run keeps no title, are the same in both.
    words = re.sub("Mt CO₂|CO₂|gdp_1e8yuan|GDP", "", " ".join(lines))
    assert re.findall(r"[A-Za-z]{2,}", words) == []


def test_a_run_without_an_ensemble_says_nothing(result):
    assert tuple(ensemble_lines(result, "en")) == ()
    assert province_line(result, "130000", "en") == ""
    assert not any(section.key == "ensemble" for section in sections(result.in_year(), set(), "en"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_the_page_has_a_section_with_chart_and_tables(sure, lang):
    drawn_charts = charts(sure, lang)
    [section] = [s for s in sections(sure.in_year(), set(drawn_charts), lang) if s.key == "ensemble"]
    assert section.charts == ("ensemble",)
    assert [table.key for table in section.tables] == [
        f"ensemble-{name}"
        for name in (
            "ensemble", "ensemble_chances", "ensemble_drivers", "ensemble_ranks", "ensemble_prices",
            "ensemble_classes", "ensemble_draws",
        )
    ]  # fmt: skip
    page = report_html(sure, lang)
    assert next(ensemble_lines(sure, lang))[:12] in page
    named = [heading for table in section.tables for heading in table.headings]
    assert not any("_" in heading for heading in named)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chart_marks_the_run_itself(sure, lang):
    chart = charts(sure, lang)["ensemble"].to_dict()
    own = chart["layer"][-1]
    assert own["mark"]["shape"] == "diamond"
    assert own["encoding"]["x"]["field"] == "own"
    values = next(iter(chart["datasets"].values()))
    assert {row["own"] for row in values} == set(sure.in_year().provinces["quota_mt"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_has_two_sheets_of_it(sure, lang):
    found = builder(sure, lang)
    names = ("Intervals", "Spread") if lang == "en" else ("抽样区间", "不确定来源")
    intervals_sheet, spread_sheet = (found.book[name] for name in names)
    grid = found.grids["ensemble"]
    widths = [found.expected[grid.sheet, grid.at("middle_part", code)] for code in grid.labels]
    assert widths == pytest.approx([2.0] * 7)
    places = [found.expected[grid.sheet, grid.at("place", code)] for code in grid.labels]
    assert len(set(places)) == 3
    assert places[0] == places[3] == places[6]
    assert len(intervals_sheet.charts) == 1
    assert {500, 497, 3, 12, 7} <= {cell.value for cell in spread_sheet.cells.values()}


def test_of_a_plan_the_published_target_has_its_chance(finished, drawn):
    plan = drawn(finished("china-15fyp"))
    table = chances(plan, plan.drivers.ensemble)
    met = table["rounded_cut_pct"].eq(16.5)
    assert table.loc[met, "own_share"].eq(0.4).all()
    assert table.loc[~met, "own_share"].eq(0.0).all()
    assert table["likely_target_pct"].eq(16.5).all()


@pytest.mark.slow
def test_of_an_earlier_year_its_quotas_are_compared(finished, drawn):
    plan = finished("china-15fyp")
    year = plan.years[0]
    with_last = drawn(plan)
    counts = replace(with_last.drivers.ensemble.counts, year=year)
    ensemble = replace(with_last.drivers.ensemble, counts=counts)
    earlier = replace(plan, drivers=replace(plan.drivers, ensemble=ensemble))
    table = intervals(earlier, ensemble)
    assert table["quota_mt"].equals(plan.in_year(year).provinces["quota_mt"])
    assert f"the quota of {year}" in province_line(earlier, "140000", "en")
    found = builder(earlier)
    grid = found.grids["ensemble"]
    assert found.expected[grid.sheet, grid.at("quota_mt", "140000")] == table.loc["140000", "quota_mt"]


def test_an_ensemble_of_an_earlier_year_says_its_own_year(finished, drawn):
    outcome = drawn(finished("china-15fyp"))
    assert fixed_years(outcome)["ensemble"] == 2030
    ensemble = outcome.drivers.ensemble
    of_2028 = replace(ensemble, counts=replace(ensemble.counts, year=2028))
    earlier = replace(outcome, drivers=replace(outcome.drivers, ensemble=of_2028))
    assert fixed_years(earlier) == fixed_years(outcome) | {"ensemble": 2028}


def test_the_sheet_of_a_province_has_the_ensemble_of_its_own_year_alone(finished, drawn):
    outcome = drawn(finished("china-15fyp"))
    row = outcome.drivers.ensemble.quantiles.loc[("140000", "cut_pct")]
    found = drawn_range(outcome, "140000", 2030)
    assert row["p05"] in vars(found).values()
    assert drawn_range(outcome, "140000", 2029) is None
    ensemble = outcome.drivers.ensemble
    of_2029 = replace(ensemble, counts=replace(ensemble.counts, year=2029))
    earlier = replace(outcome, drivers=replace(outcome.drivers, ensemble=of_2029))
    assert drawn_range(earlier, "140000", 2030) is None
    assert drawn_range(earlier, "140000", 2029) is not None
