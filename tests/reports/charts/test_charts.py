import dataclasses
import json

import pandas as pd
import pytest

from capshare.analyses.backtest import backtest
from capshare.base.errors import CapshareError
from capshare.model.outcome.compared_rules import ComparedRules
from capshare.reports.charts.abatement import merit_order
from capshare.reports.charts.backtest import backtest_chart
from capshare.reports.charts.frontier import frontier_chart
from capshare.reports.charts.gallery import CHARTS, charts
from capshare.reports.charts.save import image, save
from capshare.reports.charts.theme import BALANCE_COLOURS, CATEGORIES
from capshare.reports.charts.tiles import contrast, grid, readable_ink, tiles
from capshare.reports.words.catalogue import LANGUAGES


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
    # The seven invented provinces trade, but nothing was compared and no targets set.
    assert set(drawn) == set(CHARTS) - {"cap_curve", "rules", "sensitivity", "targets", "tornado"}
    for name, chart in {**drawn, "frontier": frontier_chart(frontier(), lang)}.items():
        specification = chart.to_dict()
        assert specification["title"], name
        assert len(specification["description"]) > 20, name
        json.dumps(specification, allow_nan=False)


def test_axes_of_amounts_name_their_unit(result):
    expected = {
        "quotas": "Mt CO2",
        "balance": "Mt CO2",
        "market": "Mt CO2",
        "cap": "Mt CO2",
        "prices": "yuan/t CO2",
        "contributions": "yuan/t CO2",
        "merit_order": "yuan/t CO2",
        "province_costs": "yuan/t CO2",
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
    codes, fairness = result.in_year().provinces.index, pd.DataFrame()
    frames = {rule: pd.DataFrame({"quota_mt": 1.0}, index=codes) for rule in ("allocation", "equal", "gdp")}
    rules = ComparedRules(pd.concat(frames, names=["rule", "code"]), fairness, None)
    compared = dataclasses.replace(result, comparison=rules)
    assert "2 rules" in charts(compared)["rules"].to_dict()["description"]


def test_a_chart_without_data_is_left_out(result, changed):
    idle = result.allocation.provinces.assign(purchase_mt=0.0, sale_mt=0.0)
    bare = changed(
        allocation__provinces=idle,
        potential__ranking=result.potential.ranking.iloc[:0],
        published=None,
        comparison=None,
    )
    absent = {
        "cap_curve", "market", "potential", "published", "rules", "sensitivity", "targets", "tornado",
    }  # fmt: skip
    assert set(CHARTS) - set(charts(bare)) == absent


def test_of_several_years_the_last_is_drawn_and_the_cap_in_all(result, changed):
    names = ("provinces", "steps", "blocks", "contributions")
    frames = {f"allocation__{name}": twice(getattr(result.allocation, name)) for name in names}
    cap = pd.DataFrame({"cap_mt": [2700.0, 2000.0]}, index=pd.Index([2017, 2030], name="year"))
    drawn = charts(changed(**frames, cap__path=cap))
    assert "2,000 Mt CO2 in 2030" in drawn["cap"].to_dict()["description"]
    assert drawn["quotas"].to_dict()["height"] == charts(result)["quotas"].to_dict()["height"]


def twice(frame):
    """The rows of 2017 for 2017 and 2030."""
    return pd.concat([frame, frame.rename(index={2017: 2030}, level="year")])


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
    assert all(part in drawn["title"] for part in ("2012", "2017", "seven"))
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


def test_the_grid_has_thirty_provinces_on_squares_of_their_own():
    assert len(grid()) == 30
    assert not grid().duplicated(["column", "row"]).any()
    assert grid()["short_en"].is_unique


def test_regions_the_grid_does_not_know_stand_in_rows(result, changed):
    codes = result.in_year().provinces.index
    other = result.allocation.provinces.rename(index={code: f"X{n}" for n, code in enumerate(codes)}, level=1)
    placed = tiles(changed(allocation__provinces=other).in_year())
    assert not placed.duplicated(["column", "row"]).any()
    assert placed["column"].max() == 2


def test_letters_on_squares_can_be_read():
    # WCAG 2.2 asks for 4.5; 21 is black on white.
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    for colour in (*CATEGORIES, *BALANCE_COLOURS.values()):
        assert contrast(readable_ink(colour), colour) >= 4.5, colour


def test_images_are_images_and_repeatable(result, tmp_path):
    chart = charts(result, "zh")["weights"]
    assert save(chart, tmp_path / "weights.png").read_bytes().startswith(b"\x89PNG")
    assert "权重" in image(chart, "svg").decode()
    assert image(chart, "svg") == image(charts(result, "zh")["weights"], "svg")


def test_other_formats_are_refused(result, tmp_path):
    with pytest.raises(CapshareError, match="expected svg or png; found 'pdf'"):
        save(charts(result)["weights"], tmp_path / "weights.pdf")


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
