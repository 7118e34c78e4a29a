"""The records of the constraints: complete, of one sign convention, and open to others."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capshare.model.allocation.allocate import allocate
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.constraints.catalogue import CONSTRAINTS, constraints_of
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.formulation import formulate
from capshare.model.allocation.prices import priced, sign
from capshare.solvers.compiled import CompiledModel

# The one convention: what the last unit of a rule costs; negative only for a cap, or for "at most".
SIGN = {
    "cap": -1.0,
    "coverage": 1.0,
    "equity_above": -1.0,
    "equity_below": 1.0,
    "floor": 1.0,
    "ceiling": -1.0,
    "tier": 1.0,
    "purchase_limit": -1.0,
    "market": -1.0,
    "rule_at_least": 1.0,
    "rule_at_most": 1.0,
    "rise_limit": -1.0,
    "fall_limit": 1.0,
    "carry_limit": -1.0,
    "abatement_rise": -1.0,
    "abatement_fall": -1.0,
}


def test_signs_follow_the_side_on_which_a_row_binds(linked, tiered):
    named = set()
    for data in (linked, tiered):
        program = CompiledModel(formulate(data)).program(data.parameters())
        for record in priced(program):
            found = np.atleast_1d(sign(record, program.row_lower[program.row(record.name)]))
            assert (found == SIGN[record.name]).all(), record.name
            named.add(record.name)
    assert named == set(SIGN)


def test_an_equality_states_its_sign_and_every_priced_row_has_a_name_in_both_languages(linked, tiered):
    programs = [CompiledModel(formulate(data)).program(data.parameters()) for data in (linked, tiered)]
    for record in CONSTRAINTS:
        program = next(program for program in programs if record.name in program.rows)
        rows = program.row(record.name)
        if record.priced and (program.row_lower[rows] == program.row_upper[rows]).any():
            assert record.price_sign is not None, record.name
        assert set(record.title) == ({"en", "zh"} if record.priced else set()), record.name


def at_most(code, limit_mt):
    """A constraint that capshare does not know, on one province."""

    def rows(numbers):
        place = np.array([numbers.provinces.get_loc(code)])
        own = Coefficients(np.array([0]), place, np.array([1.0]))
        return Rows({"quota": own}, upper=np.array([limit_mt]))

    return Constraint(
        name="agreed",
        formula="x_i ≤ L_i",
        labels=lambda data: pd.Index([code]),
        expression=lambda m, i: m.quota[i] <= limit_mt,
        rows=rows,
        title={"en": "agreed limit", "zh": "商定上限"},
        keeps=9,
    )


def test_a_constraint_from_outside_comes_by_its_record_alone(small):
    free = replace(small, limits=replace(small.limits, max_deviation=np.inf), rules=small.rules.iloc[:0])
    free = replace(free, rule_weight=small.rule_weight.iloc[:0])
    before = allocate(free)
    code = "120000"
    limit = before.quantities.at[code, "quota_mt"] - 1.0
    data = replace(free, further=(at_most(code, limit),))
    assert constraints_of(data)[-1].name == "agreed"
    found = allocate(data)
    assert found.quantities.at[code, "quota_mt"] == pytest.approx(limit, abs=1e-9)
    assert bool(found.prices.at[("agreed", code), "binding"])
    tighter = allocate(replace(free, further=(at_most(code, limit - 0.01),)))
    saved = (tighter.first.objective - found.first.objective) / 0.01
    looser = allocate(replace(free, further=(at_most(code, limit + 0.01),)))
    spent = (found.first.objective - looser.first.objective) / 0.01
    price = found.prices.at[("agreed", code), "price_yuan_per_t"]
    assert spent - 1e-6 <= price <= saved + 1e-6
    program = arrays(data)
    compiled = CompiledModel(formulate(data)).program(data.parameters())
    assert (program.matrix != compiled.matrix).nnz == 0
    assert (program.row_upper == compiled.row_upper).all()


@pytest.mark.parametrize("record", CONSTRAINTS, ids=lambda record: record.name)
def test_a_formula_names_the_sides(record):
    assert any(sense in record.formula for sense in "=≤≥")
