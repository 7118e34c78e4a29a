"""One province's cut: what decided it, and what it is read beside."""

import dataclasses

import pytest

from capshare.reports.words.explained_cut import explained_cut, explained_cut_lines

REASONS = {
    "cost": ("cost", "由成本决定"),
    "band": ("the band, at whose edge it is", "处于其边界"),
    "distance": ("the distance, at most 1.5 points from the 20.2 that the index asks", "至多相差1.5个百分点"),
    "tier": ("the one cut of tier I", "第I档的统一降幅"),
    "constraint": ("a planner's rule", "自定义约束"),
}


def lines(outcome, decided_by, lang):
    cuts = outcome.targets.cuts.assign(decided_by=decided_by)
    changed = dataclasses.replace(outcome, targets=dataclasses.replace(outcome.targets, cuts=cuts))
    return explained_cut_lines(explained_cut(changed, "320000"), lang)


@pytest.mark.parametrize("decided_by", REASONS)
def test_the_cut_with_what_decided_it(with_cuts, decided_by):
    english, chinese = REASONS[decided_by]
    first, _ = lines(with_cuts, decided_by, "en")
    assert first == (
        f"Cut from 2012 to 2017: 18.5 % (18.75 before rounding): {english}; the band would allow 10 to 20.5."
    )
    first, _ = lines(with_cuts, decided_by, "zh")
    assert chinese in first
    assert "18.5%（取整前18.75）" in first


def test_beside_the_national_the_entitled_and_earlier_cuts(with_cuts):
    _, beside = lines(with_cuts, "cost", "en")
    assert beside == (
        "National cut 17.0, Entitled cut 20.2, Cut of the 12th plan 19.0, Cut of the 13th plan 20.5 (%). "
        "Tier I."
    )


def test_without_targets_there_is_no_cut(result):
    assert explained_cut(result, "320000") is None
