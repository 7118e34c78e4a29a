"""The workbook of a study of targets: cuts instead of earned quotas, on sheets that say so."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.base.notes import caution, stop
from capshare.reports.workbook.book import SHEETS, builder
from capshare.reports.workbook.sheets.checks import checks


@pytest.fixture(scope="module")
def book(built):
    return built("tiers")


def shown(found, grid, name):
    """Values of a column of a table by its labels, as the workbook must compute them."""
    place = found.grids[grid]
    sheet = found.book[place.sheet]
    cells = {label: place.at(name, label) for label in place.labels}
    return {
        label: found.expected.get((place.sheet, cell), sheet[cell].value) for label, cell in cells.items()
    }


def test_only_where_quotas_are_cuts_there_is_a_sheet_of_them(book, built):
    assert len(book.book.sheetnames) > len(SHEETS)
    # What the cuts are stands before what they are made of.
    assert book.book.sheetnames[:5] == ["Cover", "Contents", "Summary", "Notes", "Targets"]
    assert "Targets" not in built("base").book.sheetnames
    assert book.book["Contents"]["A2"].value.startswith("A national cut of carbon intensity")


@pytest.mark.slow
def test_what_must_be_read_first_is_the_first_note_on_red_under_a_red_tab(base):
    warned = replace(base, notes=(*base.notes, stop("uncovered", provinces=[("a", 2.0, "")])))
    for lang, title, mark in (("en", "Notes", "Stop"), ("zh", "说明", "警示")):
        sheet = builder(warned, lang).book[title]
        assert (sheet["A6"].value, sheet["A6"].look.ground) == (mark, "#FBE3E1")
        assert sheet.tab_colour == "#9B1C1C"
    calm = builder(replace(base, notes=(caution("slack", cap=2.0, emissions=1.0),))).book["Notes"]
    assert (calm["A6"].value, calm["A6"].look.ground) == ("Caution", "#FDEBC8")
    assert calm.tab_colour == ""


def test_cuts_are_those_of_the_run_and_the_nation_s_are_their_weighted_means(book, tiers):
    cuts = tiers.targets.cuts
    for name in ("entitled_cut_pct", "cut_pct", "rounded_cut_pct", "rounded_quota_mt"):
        assert list(shown(book, "targets", name).values()) == pytest.approx(list(cuts[name]), rel=1e-12)
    national = shown(book, "national_cuts", "national_cut_pct")
    assert national["entitled_cut_pct"] == pytest.approx(17.0, abs=1e-9)
    assert national["cut_pct"] == pytest.approx(17.0, abs=1e-9)
    # Base emissions weigh as those at constant intensity do: every island's GDP grows alike.
    weighted = np.average(cuts["rounded_cut_pct"], weights=[90, 120, 60, 200, 45, 75])
    assert national["rounded_cut_pct"] == pytest.approx(weighted, rel=1e-12)


def test_points_span_what_the_study_says_and_cancel_over_the_nation(book, tiers):
    points = pd.Series(shown(book, "entitlements", "points_above_mean"))
    assert points.max() - points.min() == pytest.approx(8.0)
    weights = pd.Series([90, 120, 60, 200, 45, 75], index=points.index)
    assert (weights * points).sum() == pytest.approx(0.0, abs=1e-9)
    offset = pd.Series(shown(book, "entitlements", "burden_offset_mt"))
    constant = pd.Series(shown(book, "entitlements", "constant_intensity_mt"))
    np.testing.assert_allclose(offset, -constant * points / 100, rtol=1e-12)
    # Unclipped cuts lie their points above a common one.
    clipped = pd.Series(shown(book, "entitlements", "clipped"))
    entitled = pd.Series(tiers.targets.cuts["entitled_cut_pct"].to_numpy(), index=points.index)
    common = (entitled - points)[clipped == ""]
    assert len(common) >= 4
    assert np.ptp(common) == pytest.approx(0.0, abs=1e-9)


def test_bounds_are_the_band_and_the_distance(book, built, plan):
    constant = pd.Series(shown(book, "entitlements", "constant_intensity_mt"))
    for name, part in (("floor_mt", 0.80), ("ceiling_mt", 0.88), ("distance_mt", 0.03)):
        np.testing.assert_allclose(pd.Series(shown(book, "entitlements", name)), part * constant, rtol=1e-12)
    # In the first year of the plan all of it is 3.8 parts of 17.
    early = built("plan")
    first = {label for label in early.grids["entitlements"].labels if label[0] == 2026}
    constant = pd.Series(shown(early, "entitlements", "constant_intensity_mt"))
    floor = pd.Series(shown(early, "entitlements", "floor_mt"))
    of_year = [label in first for label in constant.index]
    np.testing.assert_allclose((floor / constant)[of_year], 1 - 0.205 * 3.8 / 17, rtol=1e-12)


def test_every_check_passes_and_a_quota_moved_off_its_tier_fails(book, tiers):
    assert all(check.figure <= check.limit for check in checks(book).values())
    names = {"beyond_distance_mt", "apart_in_tier_mt", "rounded_short_points", "price_decomposition"}
    assert names <= set(checks(book))
    provinces = tiers.allocation.provinces.copy()
    provinces.loc[(2022, "a"), "quota_mt"] += 10.0
    moved = builder(replace(tiers, allocation=replace(tiers.allocation, provinces=provinces)))
    failed = {name for name, check in checks(moved).items() if check.figure > check.limit}
    assert {"beyond_distance_mt", "apart_in_tier_mt"} <= failed
    assert "rounded_short_points" not in failed


def test_a_price_of_a_tier_is_a_part_of_the_identity(book, tiers):
    tier = pd.Series(shown(book, "prices", "tier_price"))
    assert (tier.abs() > 1.0).any()
    assert tier.loc[2022].to_dict() == pytest.approx(
        tiers.prices["price_yuan_per_t"].loc[2022, "tier"].reindex(tier.loc[2022].index).to_dict()
    )
    assert max(map(abs, shown(book, "prices", "identity_gap").values())) < 1e-9


@pytest.mark.parametrize(("lang", "words"), [("en", ("earns", "guaranteed")), ("zh", ("配额最多", "配额越"))])
def test_no_text_speaks_of_earning_quota(built, lang, words):
    texts = [
        cell.value
        for sheet in built("tiers", lang).book
        for cell in sheet.cells.values()
        if isinstance(cell.value, str)
    ]
    assert [text for text in texts if any(word in text for word in words)] == []
    assert any({"en": "asks for a larger cut", "zh": "降幅越大"}[lang] in text for text in texts)


def test_intensity_starts_from_the_gdp_of_the_base_year(built, plan):
    # The dataset's GDP is of 2022, three years before the base year.
    found = built("plan")
    base = pd.Series(shown(found, "intensity", "base_intensity"))
    wanted = plan.targets.intensity["base_intensity_t_per_1e4yuan"].loc[list(base.index)]
    np.testing.assert_allclose(base, wanted, rtol=1e-12)


def test_limits_on_yearly_change_are_parts_of_the_identity(built, smoothed, book):
    prices = smoothed.prices["price_yuan_per_t"]
    eta = prices[prices.index.get_level_values("constraint").isin(["rise_limit", "fall_limit"])]
    assert (eta.abs() > 1e-3).any()
    found = built("smoothed")
    links = pd.Series(shown(found, "prices", "links_price"))
    assert (links.abs() > 1e-3).any()
    assert max(map(abs, shown(found, "prices", "identity_gap").values())) < 1e-9
    assert "links_price" not in book.grids["prices"].names


@pytest.mark.slow
def test_limits_on_the_change_from_the_base_year_are_parts_of_the_identity_of_one_year(changed_isles):
    one = changed_isles(
        "islands near their base year",
        ("distance_points = 3.0", "distance_points = 6.0"),
        ('tiers = "bind"', 'tiers = "guide"'),
        ("[prices]", "[smoothing]\nmax_yearly_change = 0.013\n[prices]"),
    )
    found = builder(one)
    links = shown(found, "prices", "links_price")
    # One tonne more of quota for Cedar, for one, would save 20 yuan.
    prices = {(2022, "c"): -20, (2022, "d"): -50, (2022, "f"): -15}
    assert links == pytest.approx({row: prices.get(row, 0) for row in links}, abs=1e-6)
    assert max(map(abs, shown(found, "prices", "identity_gap").values())) < 1e-9


@pytest.mark.slow
def test_what_is_carried_between_years_covers_emissions(changed_isles):
    carried = changed_isles(
        "islands that carry quotas over",
        ("years = [2022]", "years = [2018, 2019, 2022]"),
        ("cut_pct = 17.0", "cut_pct = 17.0\nfirst_year_cut_pct = 1.0"),
        ("distance_points = 3.0", "distance_points = 4.0"),
        ('tiers = "bind"', 'tiers = "guide"'),
        ("max_share = 0.3525", "max_share = 0.4"),
        ("[prices]", "[carry_over]\nlimit = 0.2\nexpiry_years = 3\n[prices]"),
    )
    assert (carried.allocation.provinces["carried_out_mt"] > 1).any()
    found = builder(carried)
    assert set(shown(found, "checks", "check_passed").values()) == {"yes"}
    coverage = shown(found, "allocation", "coverage_mt")
    assert min(coverage.values()) == pytest.approx(0, abs=1e-6)


@pytest.mark.slow
def test_cuts_of_intensity_are_of_the_gdp_that_grows_and_not_of_that_of_the_costs(changed_isles, tiers):
    other = changed_isles(
        "islands whose costs follow another size",
        ("[prices]", '[prices]\ngdp_column = "population_1e4"'),
    )
    cut = other.targets.intensity["cut_vs_base_pct"]
    pd.testing.assert_series_equal(cut, tiers.targets.intensity["cut_vs_base_pct"])
    built = builder(other)
    shown_cut = pd.Series(shown(built, "intensity", "cut_vs_base_pct"))
    np.testing.assert_allclose(shown_cut, cut.loc[list(shown_cut.index)], rtol=1e-9)
