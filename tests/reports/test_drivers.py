"""What decides a split, as people read it: in the summary, on the page, in the workbook, as a chart."""

import io
from dataclasses import replace

import pandas as pd
import pytest
from rich.console import Console

from capshare.model.outcome.drivers import ComparedCurves, Drivers
from capshare.reports.charts.gallery import charts
from capshare.reports.console.drivers import print_drivers
from capshare.reports.page.sections import sections
from capshare.reports.words.drivers import free_quotas, price_range
from capshare.reports.workbook.book import builder


@pytest.fixture
def decided(result):
    """The run of the seven, split under its own curve and a second, which moves 3 Mt."""
    one = result.in_year()
    codes, groups = one.provinces.index, one.blocks.index
    quota = one.provinces["quota_mt"]
    moved = pd.Series(0.0, index=codes)
    moved.iloc[:2] = [3.0, -3.0]
    curves = {"distance-function": quota, "productivity": quota + moved}
    quotas = {
        (name, one.year): pd.DataFrame({"quota_mt": each, "value_yuan_per_t": 10.0, "fragile": moved != 0})
        for name, each in curves.items()
    }
    prices = {
        (name, one.year): pd.DataFrame(
            {"price_yuan_per_t": price, "cost_1e8yuan": 2.0, "moved_mt": moved}, index=groups
        )
        for name, price, moved in (("distance-function", 12.5, 0.0), ("productivity", 40.0, 3.0))
    }
    ranges = pd.DataFrame({"quota_low_mt": quota, "quota_high_mt": quota}, index=codes)
    ranges.loc[codes[2], "quota_high_mt"] += 7.5
    curve = pd.DataFrame(
        {
            "cost_1e8yuan": [3.0, 2.0],
            "price_low_yuan_per_t": [20.0, 10.0],
            "price_high_yuan_per_t": [20.0, 20.0],
        },
        index=pd.MultiIndex.from_product(
            [groups[:1], [0.95 * one.blocks["cap_mt"].iloc[0], one.blocks["cap_mt"].iloc[0]]],
            names=["group", "cap_mt"],
        ),
    )
    costs = pd.Series(
        [1.25, 0.0, 1.5], index=pd.Index(["distance", "trade limit", "all of them"], name="constraint")
    )
    compared = ComparedCurves(
        pd.concat(quotas, names=["curve", "year", "code"]),
        pd.concat(prices, names=["curve", "year", "group"]),
    )
    return replace(result, drivers=Drivers(ranges, costs.rename("cost_1e8yuan"), curve, compared))


def printed(outcome, lang):
    console = Console(width=200, file=io.StringIO())
    print_drivers(outcome.in_year(), console, lang)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "en",
            [
                "1 of 7 quotas could be others, by up to 7.5 Mt",
                "distance to entitlements 1.25",
                "GDP per tonne (naive)",
            ],
        ),
        (
            "zh",
            [
                "7个配额中有1个可以不同，幅度最大为7.5百万吨CO₂",
                "与基准配额的距离1.25",
                "单位排放产值（粗略）",
            ],
        ),
    ],
)
def test_the_summary_says_it_in_both_languages(decided, lang, wanted):
    said = printed(decided, lang)
    for words in wanted:
        assert words in said
    row = next(line for line in said.splitlines() if wanted[-1] in line)
    # The price of the cap, the cost of three groups, the quotas moved.
    assert row.split()[-3:][0] == "40.00"


def test_a_run_without_it_says_nothing(result):
    assert printed(result, "en") == ""
    assert not any(section.key == "drivers" for section in sections(result.in_year(), set(), "en"))


def test_no_price_stands_alone(decided):
    group = str(decided.in_year().blocks.index[0])
    assert price_range(decided, group) == "12.50 to 40.00"
    assert price_range(replace(decided, drivers=Drivers()), group) == ""


def test_where_no_quota_is_free_nobody_is_named():
    ranges = pd.DataFrame({"quota_low_mt": [1.0], "quota_high_mt": [1.0]}, index=["110000"])
    assert free_quotas(ranges) == (0, 0.0, "")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_has_a_section_with_its_tables_and_the_chart(decided, lang):
    drawn = charts(decided, lang)
    [section] = [s for s in sections(decided.in_year(), set(drawn), lang) if s.key == "drivers"]
    assert section.charts == ("cap_curve",)
    assert [table.key for table in section.tables] == [
        f"drivers-{name}"
        for name in ("curve_prices", "constraint_costs", "costs_compared", "quota_ranges", "cap_curve")
    ]
    words = {cell.text for table in section.tables for row in table.rows for cell in row}
    assert ("单位排放产值（粗略）" if lang == "zh" else "GDP per tonne (naive)") in words
    assert drawn["cap_curve"].to_dict()["description"]


@pytest.mark.slow
def test_the_workbook_has_a_sheet_of_it(decided):
    book = builder(decided)
    sheet = book.book["What decides"]
    cells = [cell.value for cell in sheet.cells.values()]
    text = " ".join(map(str, cells))
    for wanted in ("Quota, distance function", "Quota, GDP per tonne (naive)", "distance to entitlements"):
        assert wanted in text
    assert {1.25, 40.0} <= set(cells)
