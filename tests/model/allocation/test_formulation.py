"""Every constraint of the LP, one by one, as MPS text that a person has read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from capshare.model.allocation.constraints.catalogue import CONSTRAINTS
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


EVERY = [record.name for record in CONSTRAINTS]


@pytest.mark.parametrize("constraint", EVERY)
def test_constraint_is_what_was_read(small, linked, tiered, constraint):
    """Of one year where it has such rows, else of two years that are tied, or of provinces in tiers."""
    every = (small, linked, tiered)
    programs = [CompiledModel(formulate(data)).program(data.parameters()) for data in every]
    program = next(program for program in programs if constraint in program.rows)
    expected = (GOLDEN / f"{constraint}.mps").read_text(encoding="utf-8")
    assert mps_text(alone(program, constraint)) == expected


def test_whole_programme_is_what_was_read(small):
    program = CompiledModel(formulate(small)).program(small.parameters())
    assert mps_text(program) == (GOLDEN / "allocation.mps").read_text(encoding="utf-8")


def test_no_constraint_lacks_its_golden_file(linked, tiered):
    programs = [CompiledModel(formulate(data)).program(data.parameters()) for data in (linked, tiered)]
    assert {name for program in programs for name in program.rows} == {*EVERY}
    assert {path.stem for path in GOLDEN.glob("*.mps")} == {*EVERY, "allocation"}


def test_compiled_arrays_equal_a_fresh_compilation(small):
    """Changed numbers through the map give what a new formulation gives."""
    compiled = CompiledModel(formulate(small))
    changed = small.with_caps(small.caps_mt * [1.25, 0.875])
    mapped = compiled.program(changed.parameters())
    fresh = CompiledModel(formulate(changed)).program(changed.parameters())
    assert (mapped.matrix != fresh.matrix).nnz == 0
    for name in ("cost", "row_lower", "row_upper", "lower", "upper"):
        assert (getattr(mapped, name) == getattr(fresh, name)).all()
