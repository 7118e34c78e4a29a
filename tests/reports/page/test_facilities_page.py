"""The page of facilities: sentences, chart and tables, and what is an estimate says so everywhere."""

import re
from dataclasses import replace

import pytest

from capshare.analyses.facilities.run_benchmark import run_benchmark
from capshare.model.facilities.outcome import RunBeside
from capshare.reports.charts.facilities import facilities_chart
from capshare.reports.page.facilities import facilities_html


@pytest.fixture(scope="module")
def outcome():
    return run_benchmark("power-plants").outcome


@pytest.mark.parametrize(("lang", "said"), [("en", "(estimate)"), ("zh", "（估算）")])
def test_every_title_says_that_it_is_an_estimate(outcome, lang, said):
    page = facilities_html(outcome, lang)
    titles = re.findall(r"<h1>(.*?)</h1>|<h3[^>]*>(.*?)</h3>|<summary>(.*?)</summary>", page)
    assert len(titles) >= 5
    assert all(said in "".join(title) for title in titles)
    assert page == facilities_html(outcome, lang)


def test_tables_have_every_province_and_the_largest_facilities(outcome):
    page = facilities_html(outcome)
    body = page.split('id="provinces-table-caption"')[1].split("</table>")[0]
    assert body.count("<tr>") == 1 + 30
    assert "The 100 facilities with the largest emissions, of 1,061 (estimate)" in page


def test_the_chart_is_of_every_province_with_facilities(outcome):
    drawn = facilities_chart(outcome).to_dict()
    (rows,) = drawn["datasets"].values()
    assert len(rows) == 30
    assert "each province with facilities (30)" in drawn["description"]


def test_headings_in_chinese_have_no_blank_within(outcome):
    page = facilities_html(outcome, "zh")
    assert "基准值，吨/单位产出" in page
    assert "Benchmark, t per unit" in facilities_html(outcome)


@pytest.mark.parametrize(("lang", "said"), [("en", "A sends, and gains < B."), ("zh", "甲调出，得益。")])
def test_beside_a_run_the_page_says_what_the_run_says_of_electricity(outcome, lang, said):
    assert 'id="electricity"' not in facilities_html(outcome, lang)
    run = outcome.provinces.assign(
        province_quota_mt=100.0, gap_mt=1.0, share_covered=0.5, province_emissions_mt=100.0,
        rest_emissions_mt=50.0, rest_cut_pct=98.0,
    )  # fmt: skip
    beside = RunBeside("mine", 2030, run, {lang: (said,)})
    page = facilities_html(replace(outcome, provinces=run, beside=beside), lang)
    assert f"<p>{said.replace('<', '&lt;')}</p>" in page
    assert "mine" in page.split('id="electricity"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("size", "sum_said", "cell"), [(1.0, "3,506.5 Mt", "306.32"), (1e-5, "0.035 Mt", "0.003063")]
)
def test_small_plants_are_not_shown_as_nothing(outcome, size, sum_said, cell):
    amounts = [name for name in outcome.quotas if name.endswith("_t")]
    small = outcome.quotas.assign(**{name: size * outcome.quotas[name] for name in amounts})
    sums = outcome.provinces.assign(
        **{name: size * outcome.provinces[name] for name in outcome.provinces if name.endswith("_t")}
    )
    page = facilities_html(replace(outcome, quotas=small, provinces=sums))
    assert sum_said in page
    assert f">{cell}<" in page.split('id="provinces-table-caption"')[1].split("</table>")[0]
