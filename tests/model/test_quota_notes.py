"""What is noticed about quotas, at the limits and on either side of them, in every year."""

import pandas as pd
import pytest

from capshare.base.notes import caution, stop
from capshare.model.quota_notes import held_notes, quota_notes
from capshare.reports.words.notes import note_text

YEARS, CODES = [2025, 2026, 2028, 2029, 2030], list("abcdef")
ZH = {"a": "甲", "b": "乙", "c": "丙"}
EN = {"a": "Aster", "b": "Birch", "c": "Cedar"}


def provinces(years=YEARS, **changes):
    """Six provinces with a quota of 90 of 100 Mt and a falling intensity; cells by column."""
    index = pd.MultiIndex.from_product([years, CODES], names=["year", "code"])
    amounts = {"quota_mt": 90.0, "emissions_mt": 100.0, "abatement_mt": 10.0, "uncovered_mt": 0.0}
    frame = pd.DataFrame(
        amounts | {"purchase_mt": 0.0, "sale_mt": 0.0, "intensity_cut_pct": 5.0}, index=index
    )
    for column, cells in changes.items():
        for place, value in cells.items():
            frame.loc[place, column] = value
    return frame


def noticed(frame, of_targets=True):
    base = pd.Series(100.0, index=pd.Index(CODES, name="code"))
    return quota_notes(frame, base, base_year=2025, max_abatement=0.4, of_targets=of_targets)


def said(note, en, zh):
    assert note_text(note, EN) == en
    assert note_text(note, ZH, "zh") == zh


def test_a_split_without_anything_odd_has_no_notes():
    assert noticed(provinces()) == []
    assert noticed(provinces(), of_targets=False) == []


def test_a_rising_intensity_stops_the_reader_and_names_provinces_and_spans_of_years():
    rise = {(2026, "a"): -1.0, (2028, "a"): -2.25, (2029, "a"): -1.5, (2029, "b"): -0.2, (2025, "c"): -9.0}
    # c is of the base year, where no intensity has had time to rise; d rises by what is printed as nothing.
    [note] = noticed(provinces(intensity_cut_pct=rise | {(2030, "d"): -0.04}))
    assert note == stop("rising_intensity", provinces=[("a", 2.25, "2026 2028-2029"), ("b", 0.2, "2029")])
    said(
        note,
        "Quotas that let carbon intensity rise above the base year's: 2026, 2028–2029: Aster +2.2 %; 2029: "
        "Birch +0.2 %.",
        "分配额允许碳强度升至高于基年的省份：2026、2028–2029年：甲 +2.2%；2029年：乙 +0.2%。",
    )


def test_of_one_year_no_year_is_told():
    [note] = noticed(provinces([2030], intensity_cut_pct={(2030, "a"): -1.0, (2030, "b"): -3.0}))
    said(
        note,
        "Quotas that let carbon intensity rise above the base year's: Birch +3.0 %, Aster +1.0 %.",
        "分配额允许碳强度升至高于基年的省份：乙 +3.0%、甲 +1.0%。",
    )


def test_uncovered_emissions_stop_the_reader_in_whichever_year():
    [note] = noticed(provinces(uncovered_mt={(2026, "b"): 2.0, (2030, "a"): 1e-7}))
    assert note == stop("uncovered", provinces=[("b", 2.0, "2026")])
    said(
        note,
        "Emissions stay uncovered, so that prices follow the penalty and not costs: 2026: Birch 2.0 Mt.",
        "有排放未被覆盖，价格由未覆盖排放惩罚成本而非减排成本决定：2026年：乙 2.0百万吨。",
    )


@pytest.mark.parametrize("of_targets", [True, False])
def test_a_quota_far_above_the_base_year_names_its_province(of_targets):
    cells = {(2026, "a"): 130.0, (2028, "a"): 131.0, (2029, "a"): 140.0}
    raised = provinces(quota_mt=cells, emissions_mt=dict.fromkeys(cells, 150.0))
    [note] = noticed(raised, of_targets)
    assert note == caution("quota_above_base", provinces=[("a", 1.4, "2028-2029")], limit=1.3)
    said(
        note,
        "Quota of more than 1.3 times the base year's emissions: 2028–2029: Aster 140%.",
        "分配额超过基年排放量1.3倍的省份：2028–2029年：甲 140%。",
    )


def test_without_emissions_in_the_base_year_there_is_no_ratio():
    base = pd.Series(0.0, index=pd.Index(CODES, name="code"))
    assert quota_notes(provinces(), base, base_year=2025, max_abatement=0.4, of_targets=True) == []


def test_a_province_in_deficit_that_sells_is_named_and_one_in_surplus_is_not():
    sold = {(2028, "a"): 3.0, (2029, "b"): 4.0, (2030, "c"): 5.0, (2030, "d"): 0.01}
    frame = provinces(sale_mt=sold, purchase_mt={(2029, "b"): 4.0}, quota_mt={(2030, "c"): 120.0})
    [note] = noticed(frame)
    assert note == caution("deficit_sells", provinces=[("a", 3.0, "2028")])
    said(
        note,
        "Provinces in deficit that sell: they abate more than they lack, as it costs them less than others "
        "(2028: Aster 3.0 Mt).",
        "有赤字却仍出售的省份：其减排成本低于他省，减排多于所缺（2028年：甲 3.0百万吨）。",
    )


def test_a_province_that_abates_all_its_steps_is_named_with_the_limit():
    spent = {(2028, "a"): 40.0, (2029, "a"): 40.0, (2029, "b"): 39.9, (2030, "c"): 20.0}
    # c emits half of what the others do; without emissions there is nothing to abate.
    none = {(2030, "c"): 50.0, (2030, "d"): 0.0}
    [note] = noticed(provinces(abatement_mt=spent | {(2030, "d"): 0.0}, emissions_mt=none, quota_mt=none))
    assert note == caution("abates_all", provinces=[("a", 40.0, "2028-2029"), ("c", 20.0, "2030")], limit=0.4)
    said(
        note,
        "Provinces that abate all that the study lets them, 40% of their emissions: that limit decides how "
        "much, and the cost curve whether at all (2028–2029: Aster 40.0 Mt; 2030: Cedar 20.0 Mt). Look at "
        "them under another curve too.",
        "减排达到研究所设上限（排放量的40%）的省份：减排多少由上限决定，是否减排由成本曲线决定"
        "（2028–2029年：甲 40.0百万吨；2030年：丙 20.0百万吨）。请再用另一条成本曲线核对。",
    )


def test_quotas_far_from_the_emissions_of_their_year_are_for_studies_of_amounts():
    frame = provinces(quota_mt={(2026, "a"): 40.0, (2028, "a"): 30.0}, emissions_mt={(2030, "b"): 50.0})
    assert noticed(frame) == []
    below, above = noticed(frame, of_targets=False)
    assert below == caution("below", provinces=[("a", 0.3, "2026 2028")])
    assert above == caution("above", provinces=[("b", 1.8, "2030")])


def decided(held):
    """What decided quotas of two years: bounds those of `held`, by year."""
    rows = {(year, code): "distance" if code in held[year] else "cost" for year in held for code in CODES}
    return pd.Series(rows).rename_axis(["year", "code"])


def test_a_third_at_a_bound_is_nothing_to_note_and_more_is():
    assert held_notes(decided({2029: "ab", 2030: "ab"}), of_targets=True) == []
    [note] = held_notes(decided({2029: "ab", 2030: "abc"}), of_targets=True)
    rows = [("a", "2030"), ("b", "2030"), ("c", "2030")]
    assert note == caution("cuts_at_bounds", held="3", count=6, provinces=rows)
    said(
        note,
        "Of 6 cuts a bound decides 3, not cost: they are what the band, the distance, a tier, the yearly "
        "change or a planner's rule allows (2030: Aster, Birch, Cedar).",
        "6个降幅中有3个由界限而非成本决定：它们反映的是降幅区间、距离、档次、年度变化或自定义约束所允许的降幅（2030年："
        "甲、乙、丙）。",
    )


def test_provinces_of_the_same_years_stand_together():
    [note] = held_notes(decided({2028: "abcd", 2029: "abc", 2030: "abc"}), of_targets=False)
    assert note.values["held"] == "3–4"
    said(
        note,
        "Of 6 quotas a bound decides 3–4, not cost: they are what a floor, a ceiling, the distance, the "
        "yearly change or a planner's rule allows (2028–2030: Aster, Birch, Cedar; 2028: d).",
        "6个分配额中有3–4个由界限而非成本决定：它们反映的是配额下限、配额上限、距离、年度变化或自定义约束所允许的分配额"
        "（2028–2030年：甲、乙、丙；2028年：d）。",
    )
