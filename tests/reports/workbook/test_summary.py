"""The first sheets: what a workbook is of, and the figures in the order and unit that a reader chooses."""

import hashlib
from dataclasses import replace
from itertools import pairwise

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.folder.study_file import run_study_toml
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.chart_place import last_cell


@pytest.fixture(scope="module")
def made(built):
    return built("plan")


@pytest.fixture(scope="module")
def in_1e8t(built):
    return built("base", "zh", "1e8t")


def shown(found, grid, name):
    place = found.grids[grid]
    cells = [place.at(name, label) for label in place.labels]
    sheet = found.book[place.sheet]
    return [found.expected.get((place.sheet, cell), sheet[cell].value) for cell in cells]


def test_the_cover_says_what_the_study_says_and_gives_the_digests_of_the_manifest(made, plan):
    facts = dict(zip(made.grids["cover"].labels, shown(made, "cover", "value"), strict=True))
    assert facts["purpose"].startswith("Which cut of carbon intensity each of 30 provinces gets")
    assert (facts["date"], facts["seed"], facts["years"]) == ("2026-11-22", "2025", "2026–2030")
    assert facts["cap"] == pytest.approx(plan.cap.path["cap_mt"][2030])
    digests = dict(zip(made.grids["files_read"].labels, shown(made, "files_read", "digest"), strict=True))
    assert digests["study.toml"] == hashlib.sha256(run_study_toml(plan.study)).hexdigest()
    assert set(digests) == {"study.toml", *plan.study.files}


def test_every_province_is_in_the_summary_the_largest_cut_first(made, plan):
    cuts = plan.targets.cuts["cut_pct"]
    codes = shown(made, "top_provinces", "code")
    assert sorted(codes) == sorted(cuts.index)
    assert shown(made, "top_provinces", "shown_cut_pct") == pytest.approx(list(cuts[codes]), abs=1e-9)
    assert list(cuts[codes]) == pytest.approx(sorted(cuts, reverse=True), abs=1e-9)


def test_equal_amounts_keep_the_order_of_the_provinces(made):
    keys = shown(made, "province_order", "sort_key")
    assert len(set(keys)) == len(keys)
    codes, values = shown(made, "top_provinces", "code"), shown(made, "province_order", "sort_value")
    first = dict(zip(made.grids["province_order"].labels, values, strict=True))
    ties = [(one, other) for one, other in pairwise(codes) if first[one] == first[other]]
    assert ties
    assert all(one < other for one, other in ties)


def test_another_unit_divides_the_amounts_of_the_summary_alone(in_1e8t, built):
    usual = built("base", "zh")
    for name in ("shown_quota_mt", "shown_balance_mt"):
        amounts = shown(usual, "top_provinces", name)
        assert shown(in_1e8t, "top_provinces", name) == pytest.approx([mt / 100 for mt in amounts])
    assert shown(in_1e8t, "shown", "value")[1] == "亿吨CO₂"
    assert shown(in_1e8t, "balance", "balance_mt") == shown(usual, "balance", "balance_mt")
    assert shown(in_1e8t, "summary", "in_deficit") == shown(usual, "summary", "in_deficit")


def test_an_unknown_unit_is_refused_by_name(base):
    with pytest.raises(CapshareError, match="expected Mt or 1e8t or 1e4t; found 'kt'"):
        builder(base, "en", "kt")


def test_the_summary_counts_the_checks_that_terminal_and_page_count(made, plan):
    run, here = shown(made, "made_checks", "made_here")
    assert run == len(plan.allocation.checks)
    assert here == len(made.grids["checks"].labels)
    assert shown(made, "made_checks", "passed_here") == [run, here]


def test_groupings_and_rules_are_compared_by_known_figures(made, plan):
    from sklearn.metrics import adjusted_rand_score

    stability = plan.groups.firmness.stability
    wanted = [
        adjusted_rand_score(stability["group"], stability[name])
        for name in ("group_unweighted", "group_weighted")
    ]
    assert shown(made, "grouping_alike", "adjusted_rand") == pytest.approx(wanted)
    assert shown(made, "inequality", "rank_correlation")[0] == pytest.approx(1.0)
    per_head = plan.comparison.fairness["theil_t_per_head"]
    assert shown(made, "inequality", "theil_t_per_head")[0] == pytest.approx(per_head["allocation"])


def test_quotas_that_differ_by_rounding_alone_share_a_rank(tiers):
    quotas = tiers.comparison.quotas.copy()
    quotas.loc["grandfathering", "quota_mt"] = [30.0, 20.0, 0.1 + 0.2, 0.3, 10.0, 5.0]
    tied = replace(tiers, comparison=replace(tiers.comparison, quotas=quotas))
    book = builder(tied)
    rules = shown(book, "inequality", "rule")
    ranks = shown(book, "inequality_terms", "rule_rank")
    start = 6 * rules.index("grandfathering")
    assert ranks[start : start + 6] == [1.0, 2.0, 5.5, 5.5, 3.0, 4.0]


def test_the_chart_of_balances_draws_the_largest_first_and_names_the_year_and_unit(made, in_1e8t, plan):
    balance = plan.allocation.provinces["balance_mt"].loc[2030]
    codes = shown(made, "class_balances", "code")
    assert list(balance[codes]) == pytest.approx(sorted(balance, reverse=True))
    drawn = [shown(made, "class_balances", f"class_{number}") for number in range(1, 8)]
    assert [sum(amounts) for amounts in zip(*drawn, strict=True)] == pytest.approx(list(balance[codes]))
    cuts, classes = made.book["Summary"].charts
    assert [cuts.title, classes.axis] == ["Cuts of carbon intensity, 2030", "Mt CO₂"]
    elsewhere = [made.book["Allocation"].charts[0].title]
    assert shown(made, "chart_titles", "chart_title") == [cuts.title, classes.title, *elsewhere]
    assert in_1e8t.book["摘要"].charts[1].axis == "亿吨CO₂"


def test_charts_of_the_summary_do_not_overlap(made, in_1e8t):
    for book, title in ((made, "Summary"), (in_1e8t, "摘要")):
        sheet = book.book[title]
        first, second = sheet.charts
        assert last_cell(sheet, first)[1] < second.column
        assert last_cell(sheet, second)[0] < book.grids["summary"].top
