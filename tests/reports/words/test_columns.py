import numpy as np
import pytest

from capshare.reports.folder.tables import tables
from capshare.reports.words.columns import describe, number_format, readable


def test_every_promised_column_has_a_unit_or_a_meaning_or_a_plain_label(result):
    for table, frame in tables(result).items():
        for column in frame.reset_index().columns:
            shown = describe(table.name, column)
            numeric = frame.reset_index()[column].dtype.kind == "f"
            assert shown.label
            assert shown.unit or not numeric or column == "value", (table.name, column)


@pytest.mark.parametrize(
    ("table", "column", "lang", "wrong"),
    [
        ("intensity_targets", "asked_pct", "en", "per year"),
        ("intensity_targets", "asked_pct", "zh", "年均"),
        ("cap", "cut_pct", "en", "fficial"),
        ("cap", "cut_pct", "zh", "官方"),
        ("cap_starts", "cut_pct", "en", "fficial"),
    ],
)
def test_a_cumulative_cut_is_not_called_yearly_and_an_assumption_not_official(table, column, lang, wrong):
    shown = describe(table, column, lang)
    assert wrong not in shown.label + shown.meaning


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [
        ("provinces", "quota_mt", "Quota, Mt CO₂"),
        ("provinces", "score", "Score, 0 to 1"),
        ("potential", "score", "Score, 0 to 100"),
        ("provinces", "quota_share", "Share of the cap, %"),
        ("groups", "price_low_yuan_per_t", "Price of the next tonne, yuan/t CO₂"),
        ("normalised", "forest_stock", "forest stock, 0 to 1"),
        ("normalised", "steel_1e4t", "steel_1e4t, 0 to 1"),
        ("marginal_costs", "price_slope_yuan_per_t_per_mt", "Slope of the price, yuan/t per Mt"),
        ("within_rules", "largest_gap_mt", "Largest gap, Mt CO₂"),
        ("within_rules", "classes_right", "Classes right"),
    ],
)
def test_headings_carry_units(table, column, heading):
    assert describe(table, column).heading == heading


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [
        ("provinces", "quota_mt", "碳排放权分配额，百万吨CO₂"),
        ("provinces", "balance_mt", "初始空间余额，百万吨CO₂"),
        ("groups", "price_yuan_per_t", "影子价格，元/吨CO₂"),
        ("provinces", "cost_1e8yuan", "减排成本，亿元"),
        ("normalised", "forest_stock", "森林蓄积量，0—1"),
    ],
)
def test_headings_in_chinese_use_the_terms_of_the_literature(table, column, heading):
    assert describe(table, column, "zh").heading == heading


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (13490.06, "Mt CO2", "13,490.1"),
        (0.0588, "share", "5.9%"),
        (None, "yuan/t CO2", "infeasible"),
        (np.bool_(True), "", "yes"),
        (np.int64(16), "", "16"),
        (2017, "", "2017"),
        (0.43756, "", "0.438"),
        ("high", "", "high"),
    ],
)
def test_values_are_rounded_as_their_unit_is_read(value, unit, text):
    assert readable(value, unit) == text


def test_excel_formats_follow_the_unit():
    assert number_format("share", 0.1) == "0.0%"
    assert number_format("", 3) == "0"
    assert number_format("", 0.25) == "#,##0.000"
