from dataclasses import replace

import pandas as pd
import pytest

from capshare.model.outcome.trade import Trade
from capshare.reports.page.price_table import price_table
from capshare.reports.words.catalogue import LANGUAGES


def rows(table):
    return {row[0].text: [cell.text for cell in row[1:4]] for row in table.rows}


def test_each_group_has_its_price_and_its_two_sides(result):
    told = rows(price_table(result.in_year()))
    assert told["Price of the cap of group I"] == ["98.77", "91.50 to 98.77", "–"]
    assert told["Price of the cap of group II"] == ["101.25", "infeasible to 133.75", "–"]


def test_groups_with_one_price_are_one_row(result, changed):
    blocks = result.allocation.blocks.assign(
        price_yuan_per_t=5.0, price_low_yuan_per_t=5.0, price_high_yuan_per_t=5.001
    )
    told = rows(price_table(changed(allocation__blocks=blocks).in_year()))
    assert told == {"Price of each group's cap": ["5.00", "5.00", "–"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_price_has_a_name_of_its_own(with_cuts, lang):
    blocks = with_cuts.allocation.blocks.iloc[:1].rename(index={"I": "all"})
    market = pd.DataFrame({"price_yuan_per_t": [38.0]}, index=pd.MultiIndex.from_tuples(
        [(2017, "market", "national")], names=["year", "constraint", "name"]))  # fmt: skip
    years = pd.DataFrame(
        {"price_yuan_per_t": 45.0, "price_low_yuan_per_t": 44.0, "price_high_yuan_per_t": 46.0},
        index=pd.Index([2017], name="year"),
    )
    outcome = replace(
        with_cuts,
        allocation=replace(with_cuts.allocation, blocks=blocks),
        prices=pd.concat([with_cuts.prices, market]),
        market=Trade(pd.DataFrame(), years, None),
    )
    told = rows(price_table(outcome.in_year(), lang))
    names = {
        "en": [
            "Price of the target",
            "Price of trade inside the programme",
            "Market price after the allocation",
        ],
        "zh": ["目标价格", "规划内交易价格", "分配后市场价格"],
    }[lang]
    assert list(told) == names
    assert [told[name][0] for name in names] == ["98.77", "38.00", "45.00"]
    assert told[names[1]][1] == "–"
    assert told[names[2]][1] == {"en": "44.00 to 46.00", "zh": "44.00至46.00"}[lang]
