"""HiGHS on known programmes: values, duals, statuses, warm starts, MPS."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_array

from capshare.solvers.highs import HighsOptions, mps_text, solve
from capshare.solvers.program import Basis, LinearProgram, UnsolvedError


def hillier(limit=18.0):
    """Hillier & Lieberman: max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18; here as a minimisation."""
    return LinearProgram(
        cost=np.array([-3.0, -5.0]),
        matrix=csc_array(np.array([[1.0, 0], [0, 2], [3, 2]])),
        row_lower=np.full(3, -np.inf),
        row_upper=np.array([4.0, 12.0, limit]),
        lower=np.zeros(2),
        upper=np.full(2, np.inf),
        rows={"plant": pd.Index([1, 2, 3])},
        columns={"x": pd.Index([""]), "y": pd.Index([""])},
    )


@pytest.mark.parametrize("method", ["simplex", "ipm", "choose"])
def test_hillier_lieberman(method):
    """The Wyndor example: (2, 6), 36, prices (0, 1.5, 1) (golden number 5)."""
    found = solve(hillier(), HighsOptions(method=method))
    assert found.objective == pytest.approx(-36)
    assert found.value == pytest.approx([2, 6])
    assert found.duals("plant").to_numpy() == pytest.approx([0, -1.5, -1])
    assert found.values("y")[""] == pytest.approx(6)
    assert found.duality_gap < 1e-9
    assert "HiGHS" in found.engine
    assert f"method={method}" in found.engine


def test_a_start_changes_nothing_but_the_way():
    cold = solve(hillier(17.0))
    warm = solve(hillier(17.0), start=solve(hillier()).basis)
    assert warm.objective == pytest.approx(cold.objective)
    assert warm.value == pytest.approx(cold.value)


def test_where_the_interior_point_gives_up_the_simplex_has_the_answer():
    """Two quotas that add up to a cap, between a floor and a ceiling that leave 0.03 t."""
    tight = LinearProgram(
        cost=np.zeros(2),
        matrix=csc_array(np.array([[1.0, 1], [0, 1], [1, 0]])),
        row_lower=np.array([419.63795159, 248.02790122, -np.inf]),
        row_upper=np.array([419.63795159, np.inf, 171.6100504]),
        lower=np.full(2, -np.inf),
        upper=np.full(2, np.inf),
        rows={"cap": pd.Index([""]), "floor": pd.Index([""]), "ceiling": pd.Index([""])},
        columns={"x": pd.Index([""]), "y": pd.Index([""])},
    )
    exact = HighsOptions(method="ipm", presolve="off", feasibility_tolerance=1e-10)
    found = solve(tight, exact)
    assert found.value == pytest.approx([171.61005037, 248.02790122], abs=1e-7)
    # What gave the numbers is what the run records.
    assert "method=simplex" in found.engine


def test_status_before_values():
    with pytest.raises(UnsolvedError, match="infeasible"):
        solve(hillier(-1.0))
    open_ended = hillier()
    open_ended.row_upper[:] = np.inf
    with pytest.raises(UnsolvedError, match=r"unbounded"):
        solve(open_ended)


def test_mps_has_plain_names():
    text = mps_text(hillier())
    assert "plant_3" in text
    assert text.isascii()


@pytest.mark.parametrize(
    ("rows", "start", "method"), [(10, None, "simplex"), (20_000, None, "ipm"), (20_000, 1, "simplex")]
)
def test_method_by_size(rows, start, method):
    """A basis can start the simplex only."""
    program = replace(hillier(), row_lower=np.zeros(rows))
    basis = None if start is None else Basis(start)
    assert HighsOptions().for_program(program, basis).method == method
    assert HighsOptions("choose").for_program(program, basis).method == "choose"


def test_the_number_of_threads_may_change_from_solve_to_solve():
    for threads in (1, 2, 1):
        found = solve(hillier(), HighsOptions(threads=threads, presolve="off"))
        assert found.objective == pytest.approx(-36)
        assert f"threads={threads}" in found.engine
