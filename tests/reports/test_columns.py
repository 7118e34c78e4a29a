import numpy as np
import pytest

from capshare.reports.columns import describe, number_format, readable
from capshare.reports.tables import tables


def test_every_promised_column_has_a_unit_or_a_meaning_or_a_plain_label(result):
    for table, frame in tables(result).items():
        for column in frame.reset_index().columns:
            shown = describe(table.name, column)
            numeric = frame.reset_index()[column].dtype.kind == "f"
            assert shown.label
            assert shown.unit or not numeric or column == "value", (table.name, column)


@pytest.mark.parametrize(
    ("table", "column", "heading"),
    [
        ("provinces", "quota_mt", "Quota, Mt CO2"),
        ("provinces", "score", "Score, 0 to 1"),
        ("potential", "score", "Score, 0 to 100"),
        ("provinces", "quota_share", "Share of the cap, %"),
        ("groups", "price_low_yuan_per_t", "Price of the next tonne, yuan/t CO2"),
        ("normalised", "forest_stock", "forest_stock, 0 to 1"),
        ("within_rules", "largest_gap_mt", "Largest gap, Mt CO2"),
        ("within_rules", "classes_right", "Classes right"),
    ],
)
def test_headings_carry_units(table, column, heading):
    assert describe(table, column).heading == heading


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
