"""What is told of assigned cuts: tiers, choices and changes, on seven provinces worked out by hand."""

from dataclasses import replace

import pytest

from capshare.reports.words.cut_story import cut_story
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
    largest = largest_changes(cuts, 3)
    assert largest.points.round(9).to_dict() == {"320000": -1.5, "130000": 1.5, "640000": 0.2}
    # What the points are of 900, 500 and 200 Mt.
    assert largest.quota_mt.round(9).to_dict() == {"320000": 13.5, "130000": -7.5, "640000": -0.4}
    assert (largest.others, largest.alike) == (0, False)
    largest = largest_changes(cuts, 1)
    assert (list(largest.points.index), largest.others, largest.alike) == (["320000"], 1, True)


def test_what_is_printed_as_nothing_is_no_change(cuts):
    still = cuts.assign(entitled_cut_pct=cuts["cut_pct"] + 0.002)
    largest = largest_changes(still, 3)
    assert (len(largest.points), largest.others) == (0, 0)


def test_where_more_are_moved_as_far_than_are_named_their_number_and_tonnes_are_told(with_cuts, cuts):
    def changes(points):
        moved = cuts.assign(entitled_cut_pct=cuts["cut_pct"] + points)
        told = replace(with_cuts, targets=replace(with_cuts.targets, cuts=moved))
        return cut_story(told, "en")[2], cut_story(told, "zh")[2]

    en, zh = changes([1.5, 1.5, 1.5, -1.5, 1.5, 0.0, 0.0])
    assert en == (
        "Cost moves 5 of 7 cuts by the full 1.5 points that the distance allows, so the limit decides how "
        "far; most tonnes of quota: Dahlia -13.5 Mt, Elder +12.0 Mt, Cedar +9.0 Mt."
    )
    assert "7个降幅中有5个因成本移动了距离所允许的全部1.5个百分点，移动多少由该界限决定" in zh
    assert "丁省 -13.5百万吨、戊省 +12.0百万吨、丙自治区 +9.0百万吨" in zh
    en, _ = changes(1.0)
    assert en.startswith("Cost moves 7 of 7 cuts by 1.00 points, and none further")
    en, _ = changes([1.5, -1.2, 0.5, 0.5, 0.5, 0.5, 0.0])
    assert en == (
        "Largest changes against the index alone, points of cut: Aster -1.50, Birch +1.20, Dahlia -0.50; 3 "
        "more are as large as the last."
    )


def test_the_story_says_first_how_many_cuts_each_choice_decided(with_cuts):
    decided, price, *_ = cut_story(with_cuts, "en")
    assert decided == (
        "Of 7 cuts: 4 decided by cost (Cedar, Elder, Fern, Gorse); 1 decided by band of cuts (Aster); 2 "
        "decided by distance to the entitled cut (Birch, Dahlia)."
    )
    assert price.startswith("Price of the national cut in 2017: 100.00 yuan/t CO₂")


def test_a_study_of_amounts_has_no_story_of_cuts(result):
    assert cut_story(result, "en") == ()
