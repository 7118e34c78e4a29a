"""An allocation without one row: that row holds nothing, all others hold what they held."""

from dataclasses import replace

import numpy as np
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.without_row import without_row


def sides(data):
    """(constraint, place) → sides of every row of the programme."""
    program = arrays(data)
    return {
        (name, place): (program.row_lower[at], program.row_upper[at])
        for name in program.rows
        for place, at in enumerate(range(*program.row(name).indices(len(program.row_lower))))
    }


@pytest.mark.parametrize(
    ("constraint", "name", "free"),
    [
        ("floor", "120000", [("floor", 1)]),
        ("ceiling", "120000", [("ceiling", 1)]),
        ("equity_above", "110000", [("equity_above", 0), ("equity_below", 0)]),
        ("equity_below", "110000", [("equity_above", 0), ("equity_below", 0)]),
        ("purchase_limit", "130000", [("purchase_limit", 2)]),
        ("rule_at_least", "first", [("rule_at_least", 0)]),
        ("rule_at_most", "第二", [("rule_at_most", 0)]),
    ],
)
def test_the_one_row_holds_nothing_and_no_other_changes(small, constraint, name, free):
    before, after = sides(small), sides(without_row(small, constraint, name))
    assert before.keys() == after.keys()
    assert [row for row in before if before[row] != after[row]] == free
    for row in free:
        lower, upper = after[row]
        # No quota is below 0, floor or none.
        assert lower <= 0 or np.isinf(lower)
        assert np.isinf(upper) or row[0] == "floor"


@pytest.mark.parametrize(
    ("constraint", "rows"),
    [
        ("rise_limit", {"rise_limit", "fall_limit"}),
        ("abatement_rise", {"abatement_rise", "abatement_fall"}),
    ],
)
def test_a_link_between_years_goes_with_both_its_sides(linked, constraint, rows):
    before, after = arrays(linked), arrays(without_row(linked, constraint, "2022:120000"))
    gone = {
        name: len(before.rows[name]) - len(after.rows[name]) for name in before.rows if name in after.rows
    }
    assert {name for name, count in gone.items() if count} == rows
    assert {gone[name] for name in rows} == {1}


def test_a_province_without_its_tier_is_bound_to_nobody(tiered):
    assert list(without_row(tiered, "tier", "130000").tiers.index) == ["110000"]


def test_it_costs_no_more_without_a_row_that_had_a_price(small):
    p = small.provinces
    little_trade = replace(small, provinces=p.assign(purchase_limit_mt=0.01 * p["emissions_mt"]))
    scarce = little_trade.with_caps(small.caps_mt * 0.8)
    found = allocate(scarce)
    price = found.prices["price_yuan_per_t"].abs()
    dearest = price[[row for row in price.index if row[0] in ("floor", "purchase_limit", "equity_below")]]
    constraint, name = dearest.idxmax()
    assert dearest.max() > 0
    cheaper = allocate(without_row(scarce, constraint, name))
    assert cheaper.objective_1e8yuan < found.objective_1e8yuan


def test_a_row_of_everybody_cannot_be_left_out(small):
    with pytest.raises(ValueError, match="no single row of 'cap' can be left out"):
        without_row(small, "cap", "I")
