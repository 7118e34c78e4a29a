"""Every constraint of the LP, one by one, as MPS text that a person has read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from capshare.model.allocation.formulation import formulate
from capshare.solvers.compiled import CompiledModel
from capshare.solvers.highs import mps_text
from capshare.solvers.program import LinearProgram

GOLDEN = Path(__file__).parents[1] / "golden"


def alone(program: LinearProgram, constraint: str) -> LinearProgram:
    """The programme of one constraint: its rows and the variables in them."""
    rows = program.row(constraint)
    matrix = program.matrix[rows].tocsc()
    matrix.eliminate_zeros()
    used = np.diff(matrix.indptr) > 0
    columns = {}
    for name, index in program.columns.items():
        kept = index[used[program.column(name)]]
        if len(kept):
            columns[name] = kept
    return replace(
        program,
        cost=np.zeros(used.sum()),
        matrix=matrix[:, used].tocsc(),
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows],
        lower=program.lower[used],
        upper=program.upper[used],
        rows={constraint: program.rows[constraint]},
        columns=columns,
    )


CONSTRAINTS = [
    "block_total", "cap", "coverage", "entitled", "equity_above", "equity_below", "floor", "ceiling",
    "purchase_limit", "market", "rule_at_least", "rule_at_most",
]  # fmt: skip
BETWEEN_YEARS = ["rise_limit", "fall_limit", "carry_limit"]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_constraint_is_what_was_read(small, constraint):
    program = CompiledModel(formulate(small)).program(small.parameters())
    expected = (GOLDEN / f"{constraint}.mps").read_text(encoding="utf-8")
    assert mps_text(alone(program, constraint)) == expected


@pytest.mark.parametrize("constraint", BETWEEN_YEARS)
def test_constraint_between_years_is_what_was_read(linked, constraint):
    program = CompiledModel(formulate(linked)).program(linked.parameters())
    expected = (GOLDEN / f"{constraint}.mps").read_text(encoding="utf-8")
    assert mps_text(alone(program, constraint)) == expected


def test_whole_programme_is_what_was_read(small):
    program = CompiledModel(formulate(small)).program(small.parameters())
    assert mps_text(program) == (GOLDEN / "allocation.mps").read_text(encoding="utf-8")


def test_no_constraint_lacks_its_golden_file(linked):
    program = CompiledModel(formulate(linked)).program(linked.parameters())
    assert set(program.rows) == {*CONSTRAINTS, *BETWEEN_YEARS}
    assert {path.stem for path in GOLDEN.glob("*.mps")} == {*CONSTRAINTS, *BETWEEN_YEARS, "allocation"}


def test_compiled_arrays_equal_a_fresh_compilation(small):
    """Changed numbers through the map give what a new formulation gives."""
    compiled = CompiledModel(formulate(small))
    changed = small.with_caps(small.caps_mt * [1.25, 0.875])
    mapped = compiled.program(changed.parameters())
    fresh = CompiledModel(formulate(changed)).program(changed.parameters())
    assert (mapped.matrix != fresh.matrix).nnz == 0
    for name in ("cost", "row_lower", "row_upper", "lower", "upper"):
        assert (getattr(mapped, name) == getattr(fresh, name)).all()
