"""Irreducible conflicts and least relaxations on programmes small enough to see through."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from capshare.solvers import conflict
from capshare.solvers.conflict import irreducible_conflict, is_feasible, least_relaxation
from capshare.solvers.program import LinearProgram, UnsolvedError


def programme(matrix, row_lower, row_upper, rows):
    """A programme in free variables x."""
    matrix = np.array(matrix, dtype=float)
    count = matrix.shape[1]
    return LinearProgram(
        cost=np.ones(count),
        matrix=csc_array(matrix),
        row_lower=np.array(row_lower, dtype=float),
        row_upper=np.array(row_upper, dtype=float),
        lower=np.full(count, -np.inf),
        upper=np.full(count, np.inf),
        rows={name: pd.Index(labels) for name, labels in rows.items()},
        columns={"x": pd.RangeIndex(count)},
    )


def collide():
    """x₀ + x₁ ≤ 4 against x₀ ≥ 2 and x₁ ≥ 3; the limit x₀ ≤ 9 has no part in it."""
    return programme(
        [[1, 1], [1, 0], [0, 1], [1, 0]],
        [-np.inf, 2, 3, -np.inf],
        [4, np.inf, np.inf, 9],
        {"sum": [""], "least": ["a", "b"], "most": ["a"]},
    )


def test_the_rows_that_collide_are_named():
    found = irreducible_conflict(collide(), ["most", "least", "sum"])
    assert found == [("least", "a"), ("least", "b"), ("sum", "")]


def test_other_rows_always_hold_and_are_not_named():
    assert irreducible_conflict(collide(), ["least", "absent"]) == [("least", "a"), ("least", "b")]


def test_what_is_tried_first_is_done_without():
    """x ≥ 1 collides with x ≤ 0 of two kinds; either will do."""
    twice = programme([[1], [1], [1]], [1, -np.inf, -np.inf], [np.inf, 0, 0], {"a": [1], "b": [2], "c": [3]})
    assert irreducible_conflict(twice, ["b", "c", "a"])[-1] == ("a", 1)
    assert len(irreducible_conflict(twice, ["b", "c", "a"])) == 2


def test_a_single_row_may_contradict_the_bounds():
    alone = replace(collide(), lower=np.array([10.0, 0]), row_upper=np.array([20.0, np.inf, np.inf, 9]))
    assert irreducible_conflict(alone, ["most", "least", "sum"]) == [("most", "a")]


def test_no_conflict_is_an_error_not_an_empty_answer():
    with pytest.raises(ValueError, match="feasible: no rows collide"):
        irreducible_conflict(replace(collide(), row_lower=np.full(4, -np.inf)), ["least"])
    with pytest.raises(ValueError, match="infeasible even without most"):
        irreducible_conflict(collide(), ["most"])


def test_least_relaxation_by_hand():
    """One unit is missing: raising the sum is dearer than lowering a bound; b gives way by 0.4 at most."""
    directions = csc_array(np.array([[-1.0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]))
    found = least_relaxation(collide(), directions, np.array([3.0, 2, 1]), np.array([np.inf, np.inf, 0.4]))
    assert found == pytest.approx([0, 0.6, 0.4])


def test_directions_that_do_not_lead_there_are_none():
    aside = csc_array(np.array([[0.0], [0], [0], [1]]))
    assert least_relaxation(collide(), aside, np.ones(1), np.array([np.inf])) is None


def test_an_engine_without_an_answer_is_not_taken_for_infeasible(monkeypatch):
    def stop(*_):
        raise UnsolvedError("time limit reached")

    monkeypatch.setattr(conflict, "solve", stop)
    with pytest.raises(UnsolvedError, match="time limit"):
        is_feasible(collide())
    with pytest.raises(UnsolvedError, match="time limit"):
        least_relaxation(collide(), csc_array(np.eye(4)), np.ones(4), np.ones(4))


def kept(program, positions):
    """Only these rows hold."""
    lower, upper = np.full_like(program.row_lower, -np.inf), np.full_like(program.row_upper, np.inf)
    lower[positions], upper[positions] = program.row_lower[positions], program.row_upper[positions]
    return replace(program, row_lower=lower, row_upper=upper)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(4, 9))
def test_random_conflicts_are_irreducible(seed, columns, count):
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-3, 4, size=(count, columns))
    lower = rng.integers(-2, 6, size=count).astype(float)
    random = programme(matrix, lower, np.full(count, np.inf), {"row": list(range(count))})
    assume(not is_feasible(random))
    members = [label for _, label in irreducible_conflict(random, ["row"])]
    assert not is_feasible(kept(random, members))
    for dropped in members:
        assert is_feasible(kept(random, [row for row in members if row != dropped]))
