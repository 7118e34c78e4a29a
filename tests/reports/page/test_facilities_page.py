"""The page of facilities: sentences, chart and tables, and what is an estimate says so everywhere."""

import re

import pytest

from capshare.analyses.facilities.run_benchmark import run_benchmark
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
