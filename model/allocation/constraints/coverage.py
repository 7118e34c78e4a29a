"""Coverage: what a province emits is covered by quota, trade, abatement, or left uncovered at a penalty."""

from __future__ import annotations

from typing import Any

import numpy as np

from capshare.model.allocation.constraints.carry_over import carried
from capshare.model.allocation.constraints.parts import both, each, provinces
from capshare.model.allocation.constraints.record import Coefficients, Constraint, Rows
from capshare.model.allocation.data_arrays import AllocationArrays


def _coverage(m: Any, i: str) -> Any:
    carried = sum(m.carry[key] for key in m.carried_into[i]) - sum(m.carry[key] for key in m.carried_from[i])
    covered = m.quota[i] + m.purchase[i] - m.sale[i] + carried
    return covered + sum(m.abatement[key] for key in m.steps_of[i]) + m.uncovered[i] >= m.emissions[i]


def _coverage_rows(numbers: AllocationArrays) -> Rows:
    n, province = len(numbers.provinces), numbers.steps.province
    steps, own = Coefficients(province, np.arange(len(province)), np.ones(len(province))), each(n)
    coefficients = {
        "quota": own,
        "purchase": own,
        "sale": each(n, -1.0),
        "abatement": steps,
        "uncovered": own,
    }
    if len(numbers.links.start):
        coefficients["carry"] = both(carried(numbers.links.end, 1.0), carried(numbers.links.start, -1.0))
    return Rows(coefficients, lower=numbers.emissions_mt)


COVERAGE = Constraint(
    name="coverage",
    formula="E_i − Σ_s a_is − z_i ≤ x_i + b_i − v_i + Σ_j k_ji − Σ_j k_ij",
    labels=provinces,
    expression=_coverage,
    rows=_coverage_rows,
    title={"en": "coverage of emissions", "zh": "排放覆盖"},
)
