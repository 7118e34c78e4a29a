"""What an optimal basis tells: how far a price holds over bases that follow one another, and relaxed rows."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from capshare.solvers.basis import Relaxed, relaxed_objectives, row_sides
from capshare.solvers.highs import solve
from capshare.solvers.program import LinearProgram, UnsolvedError


def steps(needed):
    """Two steps of 1 at a cost of 10 each and one of 1 at 20, of which so much is needed."""
    return LinearProgram(
        cost=np.array([10.0, 10.0, 20.0]),
        matrix=csc_array(np.ones((1, 3))),
        row_lower=np.array([needed]),
        row_upper=np.array([np.inf]),
        lower=np.zeros(3),
        upper=np.ones(3),
        rows={},
        columns={},
    )


@pytest.mark.parametrize(
    ("needed", "right", "left", "to", "start"),
    [
        # Behind one step at 10 comes another: the price is the same, though the basis is not.
        (0.5, 10, 10, 2, 0),
        (1.5, 10, 10, 2, 0),
        # At the kink.
        (2.0, 20, 10, 3, 0),
        (2.5, 20, 20, 3, 2),
    ],
)
def test_a_price_holds_to_where_it_changes(needed, right, left, to, start):
    [found] = row_sides(solve(steps(needed)), [0], 0.01).to_dict("records")
    assert (found["right"], found["left"]) == (pytest.approx(right), pytest.approx(left))
    assert found["to"] == pytest.approx(to)
    assert found["from"] == pytest.approx(start, abs=1e-9)


def test_a_side_that_is_infeasible_has_no_price():
    [found] = row_sides(solve(steps(3.0)), [0], 0.01).to_dict("records")
    assert (found["right"], found["to"]) == (None, None)
    assert found["left"] == pytest.approx(20)


def test_least_cost_under_relaxations_one_at_a_time():
    row = np.array([0])
    wider = [Relaxed(row, np.array([lower]), np.array([np.inf])) for lower in (1.0, -np.inf, 2.5)]
    assert relaxed_objectives(solve(steps(2.5)), wider) == pytest.approx([10, 0, 30])


def test_what_has_no_split_is_no_relaxation():
    narrower = Relaxed(np.array([0]), np.array([4.0]), np.array([np.inf]))
    with pytest.raises(UnsolvedError, match="infeasible"):
        relaxed_objectives(solve(steps(2.5)), [narrower])
