"""What decides a split: cost curves side by side, free quotas, constraints' costs, other caps."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import capshare
from capshare.analyses.names import ALL, CAP_CURVE, COST_CURVES
from capshare.analyses.parts.curves import FRAGILE_POINTS, compare_curves, side_by_side
from capshare.base.errors import CapshareError
from capshare.chain.prepared import prepare
from capshare.chain.split import split
from capshare.model.allocation.allocate import allocate
from capshare.model.targets.cuts import cut_pct
from capshare.reports.folder.tables import tables
from capshare.reports.words.drivers import free_quotas, price_range, unused_mt
from capshare.study.cost_curves import NULL_JOINT, compared_curves, curve_settings, own_curve
from capshare.study.sections.prices import Prices

CUTS = Path(__file__).parents[2] / "reports" / "targets" / "isles-cut.toml"


def keys(outcome):
    return {note.key for note in outcome.notes}


@pytest.fixture(scope="module")
def base(finished):
    return finished("tian-lin-2021-t20")


@pytest.fixture(scope="module")
def tiered():
    """The islands with cuts, whose dataset has no panel, split under two further curves made up here."""
    found = prepare(capshare.load_study(CUTS))
    steps = found.numbers.steps
    turned = steps.assign(cost_yuan_per_t=steps["cost_yuan_per_t"].to_numpy()[::-1])
    flat = steps.assign(cost_yuan_per_t=100.0)
    free = replace(found.numbers.sharing.targets, bind=False)
    numbers = found.numbers.with_(sharing=replace(found.numbers.sharing, targets=free))
    curves = {"own": steps, "turned": turned.sort_index(), "flat": flat}
    splits = {name: split(numbers.with_(steps=each), found.split) for name, each in curves.items()}
    return found, splits, side_by_side(found, splits)


def test_the_run_s_own_curve_is_first_and_its_split_that_of_the_run(base):
    quotas = base.drivers.curves.quotas["quota_mt"]
    curves = list(quotas.index.get_level_values("curve").unique())
    assert curves[0] == "distance-function"
    assert set(curves) == {"distance-function", NULL_JOINT, "power", "logarithmic", "productivity"}
    own = quotas.xs(("distance-function", 2017), level=("curve", "year"))
    pd.testing.assert_series_equal(own, base.in_year().provinces["quota_mt"], rtol=1e-12, check_names=False)
    price = base.drivers.curves.prices["price_yuan_per_t"].xs(
        ("distance-function", 2017), level=("curve", "year")
    )
    pd.testing.assert_series_equal(price, base.in_year().blocks["price_yuan_per_t"], check_names=False)


def test_in_the_base_study_the_curve_moves_no_quota_and_the_price_by_tens_of_yuan(base):
    prices = base.drivers.curves.prices
    assert prices["moved_mt"].max() < 1e-6
    assert not base.drivers.curves.quotas["fragile"].any()
    assert "curves_agree" in keys(base)
    dearest = prices["price_yuan_per_t"].xs("II", level="group")
    assert dearest.max() / dearest.min() > 10
    assert price_range(base, "II") == "17.10 to 484.28"


def test_in_the_base_study_eighteen_quotas_are_free_and_two_gigatonnes_unused(base):
    found = free_quotas(base.drivers.quota_ranges)
    assert (found.free, round(found.widest_mt), found.code) == (18, 399, "510000")
    assert unused_mt(base.in_year()) == pytest.approx(1993.6, abs=0.1)
    ranges, quota = base.drivers.quota_ranges, base.in_year().provinces["quota_mt"]
    assert (ranges["quota_low_mt"] <= quota + 1e-6).all()
    assert (ranges["quota_high_mt"] >= quota - 1e-6).all()


def test_a_curve_s_split_is_that_of_a_study_with_it(base, place_of_study):
    loaded = capshare.load_study(place_of_study("tian-lin-2021-t20"))
    prices = loaded.study.prices.model_copy(update={"method": "productivity"})
    other = capshare.run(replace(loaded, study=loaded.study.model_copy(update={"prices": prices})), ())
    pair = base.drivers.curves.quotas.xs(("productivity", 2017), level=("curve", "year"))
    pd.testing.assert_series_equal(
        pair["quota_mt"], other.in_year().provinces["quota_mt"], rtol=1e-9, check_names=False
    )
    cost = base.drivers.curves.prices["cost_1e8yuan"].xs("productivity", level="curve").sum()
    assert cost == pytest.approx(other.in_year().provinces["cost_1e8yuan"].sum(), rel=1e-9)


def test_cuts_that_the_curve_moves_by_more_than_half_a_point_are_fragile(tiered):
    found, splits, compared = tiered
    constant = found.numbers.sharing.targets.constant_intensity_mt[2022]
    cuts = pd.DataFrame(
        {
            name: cut_pct(found.engine.allocate(each.data()).quantities["quota_mt"], constant)
            for name, each in splits.items()
        }
    )
    told = compared.quotas["cut_pct"].unstack("curve").droplevel("year")
    pd.testing.assert_frame_equal(told[cuts.columns], cuts, check_names=False)
    apart = cuts.max(axis="columns") - cuts.min(axis="columns")
    assert apart.max() > FRAGILE_POINTS > apart.min()
    fragile = compared.quotas["fragile"].groupby(level="code").any()
    assert fragile.to_dict() == (apart > FRAGILE_POINTS).to_dict()


def test_moved_quotas_are_half_of_all_differences(tiered):
    _, splits, compared = tiered
    quotas = compared.quotas["quota_mt"].unstack("curve")
    for name in splits:
        moved = (quotas[name] - quotas["own"]).abs().sum() / 2
        assert compared.prices["moved_mt"].xs(name, level="curve").sum() == pytest.approx(moved, abs=1e-12)
    assert compared.prices["moved_mt"].xs("own", level="curve").sum() == 0


def test_a_curve_without_data_is_told_and_one_alone_too():
    found = prepare(capshare.load_study(CUTS))
    _, notes = compare_curves(found)
    left_out = next(note for note in notes if note.key == "curves_left_out")
    assert ("distance-function", "no_panel") in left_out.values["curves"]
    alone = found.study.prices.model_copy(update={"compare": ()})
    compared, notes = compare_curves(replace(found, study=found.study.model_copy(update={"prices": alone})))
    assert compared is None
    assert [note.key for note in notes] == ["one_curve"]


def test_every_method_but_a_given_one_is_a_curve_by_its_name():
    methods = {"distance-function", "productivity"}
    assert methods | {NULL_JOINT} <= set(curve_settings())
    assert "given" not in curve_settings()
    own = Prices(method="distance-function", null_joint=True)
    assert own_curve(own) == NULL_JOINT
    assert set(compared_curves(own)) == set(curve_settings()) - {NULL_JOINT}
    chosen = compared_curves(Prices(method="productivity", compare=("productivity", NULL_JOINT)))
    assert {name: prices.null_joint for name, prices in chosen.items()} == {NULL_JOINT: True}


def test_an_unknown_curve_is_told_with_the_known_ones(isles):
    text = isles.read_text(encoding="utf-8").replace("[prices]", '[prices]\ncompare = ["productivty"]')
    isles.write_text(text, encoding="utf-8")
    with pytest.raises(CapshareError, match=r"prices\.compare: expected curves among .*productivity"):
        capshare.run(isles)


@pytest.mark.slow
def test_years_that_are_tied_are_split_together_under_every_curve(isles):
    text = isles.read_text(encoding="utf-8")
    text = text.replace("base_year = 2017", "base_year = 2017\nyears = [2017, 2018]")
    text = text.replace("2017 = 480.0", "2017 = 480.0, 2018 = 470.0")
    baseline = '\n[baseline]\nmethod = "base-year"\n[smoothing]\nmax_yearly_change = 0.05\n'
    isles.write_text(text + baseline, encoding="utf-8")
    outcome = capshare.run(isles, ALL - {"group-diagnostics", "rule-comparison", "rank-bootstrap"})
    own = outcome.drivers.curves.quotas["quota_mt"].xs(("given", 2018), level=("curve", "year"))
    quota = outcome.in_year().provinces["quota_mt"]
    pd.testing.assert_series_equal(own, quota, rtol=1e-9, check_names=False)
    ranges = outcome.drivers.quota_ranges
    assert list(ranges.index) == list(quota.index)
    assert ((ranges["quota_low_mt"] <= quota + 1e-6) & (ranges["quota_high_mt"] >= quota - 1e-6)).all()
    blocks = set(outcome.in_year().blocks.index)
    assert set(outcome.drivers.cap_curve.index.get_level_values("group")) == blocks
    assert "yearly change" in outcome.drivers.constraint_costs


@pytest.mark.slow
def test_the_curve_of_the_cap_says_where_a_looser_cap_has_a_higher_price(finished, prepared):
    """There the cost is not convex, as allocations of their own say: the middle cap costs too much."""
    outcome, data = finished("china-15fyp"), prepared("china-15fyp").data()
    curve = outcome.drivers.cap_curve.xs("all")
    rise = curve["price_low_yuan_per_t"] - curve["price_high_yuan_per_t"]
    place = int(rise.argmax())
    assert rise.iloc[place] > 0.1
    caps = curve.index.to_numpy()
    step = min(caps[place] - caps[place - 1], caps[place + 1] - caps[place]) / 2

    def cost(cap):
        return allocate(data.with_caps(pd.Series({"all": cap}))).objective_1e8yuan

    below, at, above = (cost(caps[place] + change) for change in (-step, 0.0, step))
    # Between two rows of the curve the price may change by what is told as none.
    assert (2 * at - below - above) / step * 100 == pytest.approx(rise.iloc[place], rel=5e-3)
    [told] = [note for note in outcome.notes if note.key == "cap_price_rises"]
    assert told.values["cap"] == pytest.approx(caps[place])


def test_what_was_not_asked_for_is_absent(isles):
    outcome = capshare.run(isles, [CAP_CURVE])
    drivers = outcome.drivers
    assert drivers.cap_curve is not None
    assert (drivers.curves, drivers.quota_ranges, drivers.constraint_costs) == (None, None, None)
    assert capshare.run(isles, [COST_CURVES]).drivers.cap_curve is None
    assert "cap_curve" in {table.name for table in tables(outcome)}
