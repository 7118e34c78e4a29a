import dataclasses
import json

import pandas as pd
import pytest

from capshare.analyses.backtest import backtest
from capshare.base.errors import CapshareError
from capshare.model.outcome.compared_rules import ComparedRules
from capshare.reports.charts.abatement import merit_order
from capshare.reports.charts.backtest import backtest_chart
from capshare.reports.charts.balance_map import balance_map_chart
from capshare.reports.charts.frontier import frontier_chart
from capshare.reports.charts.gallery import CHARTS, charts
from capshare.reports.charts.origin import origin
from capshare.reports.charts.printed import lines
from capshare.reports.charts.save import image, save
from capshare.reports.charts.theme import BALANCE_COLOURS, CATEGORIES, GROUP_COLOURS
from capshare.reports.charts.tiles import contrast, grid, readable_ink, tiles
from capshare.reports.words.catalogue import LANGUAGES

# The seven invented provinces trade; they emit their cap, nothing was compared and no targets set.
ABSENT = {
    *("cap", "cap_curve", "ensemble", "rules", "sensitivity", "targets", "targets_map", "tornado"),
    *("electricity", "market_sectors"),
}


def frontier():
    return pd.DataFrame(
        {
            "cost_1e8yuan": [700.0, 300.0, 250.0],
            "quota_gini": [0.2, 0.25, 0.3],
            "kink": [False, True, False],
            "price_yuan_per_t": [60.0, 40.0, 30.0],
        },
        index=pd.Index([0.0, 0.25, 1.0], name="max_deviation"),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_has_title_description_and_strict_json(result, lang):
    drawn = charts(result, lang)
    assert set(drawn) == set(CHARTS) - ABSENT
    for name, chart in {**drawn, "frontier": frontier_chart(frontier(), lang)}.items():
        specification = chart.to_dict()
        assert specification["title"], name
        assert len(specification["description"]) > 20, name
        json.dumps(specification, allow_nan=False)


def test_axes_of_amounts_name_their_unit(result):
    expected = {
        "quotas": "Mt CO₂",
        "balance": "Mt CO₂",
        "market": "Mt CO₂",
        "cap": "Mt CO₂",
        "prices": "yuan/t CO₂",
        "contributions": "yuan/t CO₂",
        "merit_order": "yuan/t CO₂",
        "province_costs": "yuan/t CO₂",
        "weights": "0 to 1",
        "potential": "0 to 100",
    }
    for name, chart in charts(result).items():
        if name in expected:
            titles = [axis.get("title") or "" for axis in _axes(chart.to_dict())]
            assert any(expected[name] in title for title in titles), name


def _axes(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "axis" and isinstance(inner, dict):
                yield inner
            yield from _axes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _axes(inner)


def test_rules_are_drawn_without_this_run_among_them(result):
    provinces, fairness = result.in_year().provinces, pd.DataFrame()
    quotas = {"allocation": provinces["quota_mt"], "equal": 0.0 * provinces["quota_mt"] + 500.0}
    quotas["gdp"] = 1.25 * provinces["quota_mt"]
    frames = {rule: each.to_frame("quota_mt") for rule, each in quotas.items()}
    rules = ComparedRules(pd.concat(frames, names=["rule", "code"]), fairness, None)
    drawn = charts(dataclasses.replace(result, comparison=rules))["rules"].to_dict()
    assert "2 rules" in drawn["description"]
    [rows] = drawn["datasets"].values()
    assert {row["said"] for row in rows if row["rule"] == "GDP"} == {"+25"}
    assert {row["said"] for row in rows if row["province"] == "Fern"} == {"0", "+25"}
    assert drawn["layer"][0]["encoding"]["x"]["sort"] == ["GDP", "equal shares"]


def test_a_chart_without_data_is_left_out(result, changed):
    idle = result.allocation.provinces.assign(purchase_mt=0.0, sale_mt=0.0)
    bare = changed(
        allocation__provinces=idle,
        potential__ranking=result.potential.ranking.iloc[:0],
        published=None,
        comparison=None,
    )
    absent = ABSENT | {"market", "potential", "published"}
    assert set(CHARTS) - set(charts(bare)) == absent


def test_of_several_years_the_last_is_drawn_and_the_cap_in_all(result, changed):
    names = ("provinces", "steps", "blocks", "contributions")
    frames = {f"allocation__{name}": twice(getattr(result.allocation, name)) for name in names}
    cap = pd.DataFrame({"cap_mt": [2700.0, 2000.0]}, index=pd.Index([2017, 2030], name="year"))
    drawn = charts(changed(**frames, cap__path=cap))
    assert "2,000 Mt CO₂ in 2030" in drawn["cap"].to_dict()["description"]
    assert drawn["quotas"].to_dict()["height"] == charts(result)["quotas"].to_dict()["height"]


def twice(frame):
    """The rows of 2017 for 2017 and 2030."""
    return pd.concat([frame, frame.rename(index={2017: 2030}, level="year")])


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_cuts_are_drawn_from_the_largest_with_what_they_are_read_beside(with_cuts, lang):
    drawn = charts(with_cuts, lang)["targets"].to_dict()
    names = with_cuts.targets.cuts.sort_values("cut_pct", ascending=False)[f"name_{lang}"].tolist()
    marks = drawn["layer"][-1]["encoding"]
    assert marks["y"]["sort"][:3] == names[:3]
    kinds = marks["shape"]["scale"]["domain"]
    assert len(kinds) == len(set(kinds)) == 5
    assert [marks[part]["scale"]["domain"] for part in ("fill", "stroke")] == [kinds, kinds]
    assert marks["fill"]["scale"]["range"][:3] == [marks["fill"]["scale"]["range"][0]] * 3
    assert all(part in drawn["title"] for part in ("2012", "2017"))
    assert "seven" in drawn["usermeta"]["subtitle"]
    said = json.dumps(drawn, ensure_ascii=False)
    assert "20.5" in said
    assert names[0] in drawn["description"]
    assert image(charts(with_cuts, lang)["targets"], "svg").startswith(b"<svg")


def test_cuts_without_earlier_plans_are_drawn_too(with_cuts):
    cuts = with_cuts.targets.cuts.drop(columns=["cut_12fyp_pct", "cut_13fyp_pct"])
    bare = dataclasses.replace(with_cuts, targets=dataclasses.replace(with_cuts.targets, cuts=cuts))
    drawn = charts(bare)["targets"].to_dict()
    assert len(drawn["layer"][-1]["encoding"]["shape"]["scale"]["domain"]) == 3
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["domain"] == pytest.approx([9.6, 20.9])


def test_steps_are_in_the_order_of_their_cost(result):
    order = merit_order(result.in_year())
    assert order["cut_mt"].iloc[-1] == pytest.approx(result.allocation.steps["size_mt"].sum())
    assert order["cost_yuan_per_t"].is_monotonic_increasing


def test_the_grid_has_all_of_china_on_squares_of_their_own():
    assert len(grid()) == 34
    assert not grid().duplicated(["column", "row"]).any()
    assert {"Tibet", "Hong Kong", "Macau", "Taiwan"} < set(grid()["name_en"])
    for lang in LANGUAGES:
        assert grid()[f"name_{lang}"].is_unique


@pytest.mark.parametrize(("lang", "absent"), [("en", "not in\nthe data"), ("zh", "不在数据中")])
def test_what_is_not_in_the_data_is_a_hollow_square_with_its_name(result, lang, absent):
    drawn = charts(result, lang)["balance_map"].to_dict()
    hollow = drawn["layer"][0]
    assert hollow["mark"]["filled"] is False
    rows = drawn["datasets"][hollow["data"]["name"]]
    assert len(rows) == 34 - 7
    assert {row["note"] for row in rows} == {absent}
    assert {"en": "Hong\nKong", "zh": "香港"}[lang] in {row["label"] for row in rows}


def test_another_country_has_no_hollow_squares(result, changed):
    codes = result.in_year().provinces.index
    other = result.allocation.provinces.rename(index={code: f"X{n}" for n, code in enumerate(codes)}, level=1)
    drawn = balance_map_chart(changed(allocation__provinces=other).in_year()).to_dict()
    assert [layer["mark"].get("filled", True) for layer in drawn["layer"]] == [True, True, True]


def test_names_on_squares_are_as_large_as_fits(result):
    drawn = charts(result)["balance_map"].to_dict()
    sizes = {row["label"]: row["px"] for rows in drawn["datasets"].values() for row in rows}
    assert sizes["Heilongjiang"] < sizes["Chongqing"] < sizes["Henan"]
    assert min(sizes.values()) > 7


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "study"), [("en", "Study seven, 2017"), ("zh", "研究 seven，2017年")])
def test_every_printed_chart_says_what_it_is_of(result, lang, study):
    for name, chart in charts(result, lang).items():
        drawing = image(chart, "svg").decode()
        assert study in drawing, name


def test_the_title_of_the_data_is_told_in_the_language(result, changed):
    described = {"datapackage.json": '{"title": "Seven lands", "title_zh": "七地"}'.encode()}
    settings = {**result.study.settings, "study": {"name": "seven", "seed": 1, "dataset": "own"}}
    named = changed(study__settings=settings, study__files=described)
    assert origin(named.in_year()) == "Study seven, 2017. Data: own, Seven lands"
    assert origin(named.in_year(), "zh") == "研究 seven，2017年。数据：own（七地）"
    bare = changed(study__settings=settings)
    assert origin(bare.in_year()) == "Study seven, 2017. Data: own"


def test_titles_are_broken_where_they_do_not_fit():
    assert lines("one two three", 50, 5, 10) == ["one two", "three"]
    assert lines("甲乙丙丁，戊", 40, 5, 10) == ["甲乙丙丁，", "戊"]
    assert lines("short", 100, 5, 10) == ["short"]


def test_a_cap_beside_equal_emissions_and_contributions_of_nothing_are_no_pictures(result, changed):
    more = result.cap.path.assign(cap_mt=2000.0)
    assert "cap" in charts(changed(cap__path=more))
    nothing = result.allocation.contributions * 0 + 1e-4
    assert "contributions" not in charts(changed(allocation__contributions=nothing))


def test_provinces_that_add_nothing_are_left_out_of_the_contributions(result, changed):
    some = result.allocation.contributions.copy()
    some.loc[(2017, ["110000", "640000"]), :] = 0.0
    drawn = charts(changed(allocation__contributions=some))["contributions"].to_dict()
    assert "5 of 7 provinces" in drawn["description"]


def test_a_price_promises_no_range_that_it_does_not_have(result, changed):
    alike = result.allocation.blocks.assign(
        price_low_yuan_per_t=98.77, price_high_yuan_per_t=98.77, price_yuan_per_t=98.77
    )
    assert "to the last" in charts(result)["prices"].to_dict()["title"]
    drawn = charts(changed(allocation__blocks=alike))["prices"].to_dict()
    assert "to the last" not in drawn["title"]
    assert "prices" not in charts(changed(allocation__blocks=alike.iloc[:1]))


def test_regions_the_grid_does_not_know_stand_in_rows(result, changed):
    codes = result.in_year().provinces.index
    other = result.allocation.provinces.rename(index={code: f"X{n}" for n, code in enumerate(codes)}, level=1)
    placed = tiles(changed(allocation__provinces=other).in_year())
    assert not placed.duplicated(["column", "row"]).any()
    assert placed["column"].max() == 2


def test_letters_on_squares_can_be_read():
    # WCAG 2.2 asks for 4.5; 21 is black on white.
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    for colour in (*CATEGORIES, *GROUP_COLOURS, *BALANCE_COLOURS.values()):
        assert contrast(readable_ink(colour), colour) >= 4.5, colour


@pytest.mark.slow
def test_images_are_images_and_repeatable(result, tmp_path):
    chart = charts(result, "zh")["weights"]
    assert save(chart, tmp_path / "weights.png").read_bytes().startswith(b"\x89PNG")
    assert "权重" in image(chart, "svg").decode()
    assert image(chart, "svg") == image(charts(result, "zh")["weights"], "svg")


def test_other_formats_are_refused(result, tmp_path):
    with pytest.raises(CapshareError, match="expected svg or png; found 'pdf'"):
        save(charts(result)["weights"], tmp_path / "weights.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("table", "unit"), [("12fyp", ("points", "百分点")), ("tian-lin-2021", ("%", "%"))])
def test_a_backtest_is_drawn_with_the_closest_on_top(computed, lang, table, unit):
    found = computed("backtest", backtest)
    of_table = found.figures.loc[[table]].droplevel("table")
    drawn = backtest_chart(found.splits[table], of_table, lang).to_dict()
    assert len(drawn["description"]) > 20
    points = next(layer for layer in drawn["layer"] if layer["mark"]["type"] == "point")
    assert unit[LANGUAGES.index(lang)] in points["encoding"]["x"]["axis"]["title"]
    assert len(points["encoding"]["y"]["sort"]) == len(of_table)
    json.dumps(drawn, allow_nan=False)


def test_balances_are_not_drawn(computed):
    found = computed("backtest", backtest)
    of_table = found.figures.loc[["yang-lee-2017"]].droplevel("table")
    assert backtest_chart(found.splits["yang-lee-2017"], of_table) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_of_a_plan_has_its_rounded_cuts_the_darker_the_larger(with_cuts, lang):
    drawn = charts(with_cuts, lang)["targets_map"].to_dict()
    rows = {row["province"]: row for each in drawn["datasets"].values() for row in each if "cut" in row}
    assert len(rows) == 7
    assert rows[{"en": "Aster", "zh": "甲省"}[lang]]["note"] == "20.5 %"
    scale = drawn["layer"][3]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["13.0–14.9", "14.9–16.8", "16.8–18.6", "18.6–20.5"]
    on_white = [contrast(colour, "#FFFFFF") for colour in scale["range"]]
    assert on_white == sorted(on_white)
    assert on_white[-1] > 7
    assert "18.5 %" in {row["note"] for row in rows.values() if row["range"] == "16.8–18.6"}


def test_a_plan_of_one_cut_for_all_has_one_colour(with_cuts):
    cuts = with_cuts.targets.cuts.assign(rounded_cut_pct=17.0)
    alike = dataclasses.replace(with_cuts, targets=dataclasses.replace(with_cuts.targets, cuts=cuts))
    drawn = charts(alike)["targets_map"].to_dict()
    assert drawn["layer"][3]["encoding"]["color"]["scale"]["domain"] == ["17.0"]
