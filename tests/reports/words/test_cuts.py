"""What is told of assigned cuts: tiers, choices and changes, on seven provinces worked out by hand."""

import pytest

from capshare.reports.words.cuts import assigned_cuts, by_choice, by_tier, largest_changes


@pytest.fixture
def cuts(with_cuts):
    return with_cuts.targets.cuts


def test_a_study_without_targets_has_no_cuts(result):
    assert assigned_cuts(result) is None


def test_what_the_cuts_are_read_beside(with_cuts):
    found = assigned_cuts(with_cuts)
    assert (found.base_year, found.year, found.national_pct) == (2012, 2017, 17.0)
    assert (found.band_pct, found.distance_points) == ((10.0, 20.5), 1.5)
    assert found.earlier_plans == ("cut_12fyp_pct", "cut_13fyp_pct")
    # 100·20.5 + 500·16.5 + 600·17 + 900·18.5 + 800·17 + 400·14 + 200·13 of 3500.
    assert found.rounded_national_pct == pytest.approx(58_950 / 3500)


def test_tiers_come_with_the_most_burdened_first_and_each_with_its_largest_cut(cuts):
    assert {tier: rows["name_en"].tolist() for tier, rows in by_tier(cuts).items()} == {
        "I": ["Aster", "Dahlia"],
        "II": ["Cedar", "Elder", "Birch"],
        "III": ["Fern", "Gorse"],
    }
    assert list(by_tier(cuts)) == ["I", "II", "III"]


def test_every_province_is_under_what_decided_its_cut(cuts):
    assert {choice: len(rows) for choice, rows in by_choice(cuts).items()} == {
        "cost": 4,
        "band": 1,
        "distance": 2,
    }


def test_of_changes_as_large_the_one_with_more_emissions_comes_first_and_the_others_are_counted(cuts):
    points, others = largest_changes(cuts, 3)
    assert points.round(9).to_dict() == {"320000": -1.5, "130000": 1.5, "640000": 0.2}
    assert others == 0
    points, others = largest_changes(cuts, 1)
    assert (list(points.index), others) == (["320000"], 1)


def test_what_is_printed_as_nothing_is_no_change(cuts):
    still = cuts.assign(entitled_cut_pct=cuts["cut_pct"] + 0.002)
    points, others = largest_changes(still, 3)
    assert (len(points), others) == (0, 0)
