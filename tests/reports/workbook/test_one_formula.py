"""A column of the solved chain's sheets is one formula, that a reviewer can copy down and check once."""

import re
from collections import defaultdict

import pytest

from capshare.reports.workbook.grid import Formula

TABLES = (
    *("allocation", "marginal_costs", "price_anchor", "steps", "prices", "rules", "rule_weights", "balance"),
    *("market", "market_figures", "balance_values", "intensity"),
    *("potential", "potential_indicators", "components", "correlations"),
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)(?![0-9(])")


def as_copied(formula, row):
    """The formula with its rows counted from the cell's own, where they move when it is copied down."""
    return _CELL.sub(lambda m: f"{m[1]}{m[2]}" + (f"${m[4]}" if m[3] else f"[{int(m[4]) - row}]"), formula)


def test_a_formula_copied_down_is_recognised():
    assert as_copied("B6+$C$2", 6) == as_copied("B7+$C$2", 7)
    assert as_copied("B6+C2", 6) != as_copied("B7+C2", 7)
    assert as_copied("SUM('A b'!$C$6:$C$9)", 6) == as_copied("SUM('A b'!$C$6:$C$9)", 8)


@pytest.mark.parametrize("study", ["base", "plan", "states", "tiers"])
def test_every_column_is_one_formula_from_its_first_row_to_its_last(built, study):
    found = built(study)
    formulas = defaultdict(set)
    for name in set(TABLES) & set(found.grids):
        grid = found.grids[name]
        for column in grid.names:
            for label in grid.labels:
                row = grid.row(label)
                value = found.book[grid.sheet].cells[row, grid.place(column)].value
                is_live = isinstance(value, Formula)
                formulas[name, column].add(as_copied(value.text, row) if is_live else "a value")
    assert not {column: several for column, several in formulas.items() if len(several) > 1}
    assert sum(several != {"a value"} for several in formulas.values()) > 20


def test_the_score_of_potential_is_not_called_the_burden(built):
    """A study of targets calls the score that its cuts follow the burden index."""
    found = built("plan")
    headings = {}
    for name in ("potential", "scores"):
        grid = found.grids[name]
        headings[name] = found.book[grid.sheet].cell(grid.top, grid.place("score")).value.split("\n")[0]
    assert headings == {"potential": "Score", "scores": "Burden index"}
