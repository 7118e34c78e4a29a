"""Scenarios that the run computed, as the page gives them to its script."""

import json
import re
from dataclasses import replace

import pytest

from capshare.model.outcome.drivers import Drivers
from capshare.reports.page.document import template_text
from capshare.reports.page.page import report_html
from capshare.reports.page.planner import SCRIPTS
from capshare.reports.page.scenarios import RUN, scenario_data, scenarios
from capshare.reports.words.catalogue import LANGUAGES


@pytest.fixture(scope="module")
def outcome(finished):
    return finished("china-15fyp")


@pytest.fixture(scope="module")
def found(outcome):
    return {scenario.key: scenario for scenario in scenarios(outcome, "en")}


def test_the_run_stands_first_with_its_own_cuts_and_figures(outcome, found):
    own = next(iter(found.values()))
    assert own.key == RUN
    one = outcome.in_year()
    assert own.provinces["quota_mt"].equals(one.provinces["quota_mt"])
    assert own.provinces["cut_pct"].to_dict() == pytest.approx(
        one.of(outcome.targets.cuts)["cut_pct"].to_dict(), abs=1e-9
    )
    assert own.figures["cap"] == pytest.approx(float(one.blocks["cap_mt"].sum()))
    assert own.figures["price"] == float(one.blocks["price_yuan_per_t"].iloc[0])
    assert own.figures["moved"] == 0


def test_every_side_of_the_panel_is_there_with_its_rows(outcome, found):
    panel = outcome.drivers.sensitivity
    for (choice, side), row in panel.nation.iterrows():
        scenario = found[f"{choice}/{side}/{row['value']}"]
        rows = panel.provinces.xs((choice, side, row["value"]), level=("choice", "side", "value"))
        assert scenario.provinces["cut_pct"].to_dict() == rows["cut_pct"].to_dict()
        assert scenario.figures["price"] == row["price_yuan_per_t"]
        assert scenario.figures["cost"] == row["cost_1e8yuan"]
        assert scenario.reason == row["reason"]


def test_a_cost_curve_is_offered_once(outcome, found):
    curves = set(outcome.drivers.curves.prices.index.get_level_values("curve"))
    panel = outcome.drivers.sensitivity.nation
    sides = set(panel["value"][panel["key"] == "prices.method"])
    assert sides
    others = {key.removeprefix("curve/") for key in found if key.startswith("curve/")}
    assert others | sides == curves - {"power"}
    assert not others & sides


def test_a_side_without_a_solution_says_why(outcome):
    panel = outcome.drivers.sensitivity
    nation = panel.nation.astype({"reason": object}).copy()
    nation.loc[nation.index[0], ["status", "reason"]] = ["unsolved", "the rules contradict each other"]
    changed = replace(outcome.drivers, sensitivity=replace(panel, nation=nation))
    _, first, *_ = scenarios(replace(outcome, drivers=changed), "en")
    assert first.provinces is None
    assert first.reason == "the rules contradict each other"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_script_is_given_every_word_that_it_asks_for(outcome, lang):
    given = scenario_data(outcome, lang)
    # Words of map, bars and tables, those that a measure makes, and those of the section.
    scripts = "\n".join(map(template_text, (*SCRIPTS, "page_scenarios.js")))
    asked = {
        key for call in re.findall(r"say\(([^`]*?)\)", scripts) for key in re.findall(r'"([a-z_]+)"', call)
    }
    made = {f"{start}_{measure}" for start in ("measure", "unit") for measure in ("balance", "cost")}
    known = set(given["words"])
    assert asked | {"measure_cut", "measure_quota", "unit_quota"} <= known
    assert not made & known
    assert len(given["regions"]) == 30
    assert {"column", "row", f"name_{lang}"} <= set(given["absent"][0])
    assert [figure["value"] for figure in given["scenarios"][0]["figures"]][3] == 0


def test_no_latin_word_in_what_the_chinese_section_says(outcome):
    given = scenario_data(outcome, "zh")
    said = [*given["words"].values(), *(scenario["reason"] for scenario in given["scenarios"])]
    latin = re.compile(r"[A-Za-z]{2,}")
    allowed = {"CO₂", "GDP", "Mt", "JavaScript"}
    for text in said:
        assert set(latin.findall(re.sub(r"\{\w+\}|CO₂", "", text))) <= allowed, text


def test_the_page_of_a_run_that_computed_nothing_else_has_no_such_section(result, undrawn):
    bare = replace(result, drivers=Drivers())
    assert scenario_data(bare, "en") == {}
    page = report_html(bare)
    assert 'id="scenarios"' not in page
    assert '<script type="module">' not in page


@pytest.mark.slow
def test_the_page_holds_the_data_and_says_what_to_do_without_scripts(outcome, undrawn):
    page = report_html(outcome)
    written = re.search(r'<script type="application/json" id="given">(.*)</script>', page)[1]
    assert json.loads(written) == scenario_data(outcome, "en")
    assert page.count('<script type="module">') == 1
    section = page.partition('<section id="scenarios"')[2].partition("</section>")[0]
    assert "<noscript>" in section
    assert 'href="#sensitivity"' in section


def test_under_another_curve_cuts_follow_from_quotas(outcome, found):
    told = outcome.drivers.curves.quotas.xs(("productivity", 2030), level=("curve", "year"))
    scenario = found["curve/productivity"]
    assert scenario.provinces["quota_mt"].to_dict() == told["quota_mt"].to_dict()
    assert scenario.provinces["cut_pct"].to_dict() == pytest.approx(told["cut_pct"].to_dict(), abs=1e-9)
    # The panel's cost is more than that of abatement, so the two are not set side by side.
    assert "cost" not in scenario.figures


def test_curves_that_move_nothing_are_no_choice_and_without_a_panel_costs_are_of_abatement(outcome):
    curves = outcome.drivers.curves
    alone = replace(outcome, drivers=Drivers(curves=curves))
    own, *others = scenarios(alone, "en")
    assert own.figures["cost"] == curves.prices["cost_1e8yuan"].iloc[0]
    assert {other.key.removeprefix("curve/") for other in others} == set(
        curves.prices.index.get_level_values("curve")[1:]
    )
    same = curves.quotas.assign(quota_mt=curves.quotas.groupby("code")["quota_mt"].transform("first"))
    still = replace(alone, drivers=Drivers(curves=replace(curves, quotas=same)))
    assert scenarios(still, "en") == ()


def test_where_rules_tie_the_years_the_cost_is_said_to_be_of_all(outcome):
    allocation = replace(outcome.allocation, endings=(outcome.allocation.total,))
    cost = scenario_data(replace(outcome, allocation=allocation), "en")["scenarios"][0]["figures"][1]
    assert cost["label_en"] == "Cost of the split, all years"
    assert cost["value"] == pytest.approx(outcome.allocation.total.objective_1e8yuan, rel=1e-6)
