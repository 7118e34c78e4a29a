"""Every run of a solver ends: at a limit, which is told, or by Ctrl-C, which gets through."""

import os
import signal
import threading
import time
from collections import deque

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_array

from capshare.base.errors import CapshareError
from capshare.solvers.basis import row_sides
from capshare.solvers.guard import LimitReachedError, Limits, limits_in_force, within
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.program import LinearProgram
from capshare.solvers.safe_bound import safe_lower_bound

UNLIMITED = Limits(2**31 - 1, 2**31 - 1, 1e6)


def transport(n, seed=0):
    """n plants and n markets; about 2n pivots, and n²/10 of them take long."""
    rng = np.random.default_rng(seed)
    ones, eye = np.ones((1, n)), np.eye(n)
    return LinearProgram(
        cost=rng.random(n * n),
        matrix=csc_array(np.vstack([np.kron(eye, ones), np.kron(ones, eye)])),
        row_lower=np.ones(2 * n),
        row_upper=np.ones(2 * n),
        lower=np.zeros(n * n),
        upper=np.full(n * n, 2.0),
        rows={"plant": pd.RangeIndex(n), "market": pd.RangeIndex(n)},
        columns={"sent": pd.RangeIndex(n * n)},
    )


def endless():
    """A programme on which the interior point of HiGHS 1.15 goes round and round: costs of 0 to 1e14."""
    from capshare.model.groups.peng_wei import peng_wei

    x = np.vstack([[0, 1], [1, 0], np.random.default_rng(0).random((6, 2)) * 1e-7])
    return peng_wei(pd.DataFrame(x, index=list("abcdefgh")) / 1.16e-7, 3)


@pytest.mark.parametrize(
    ("method", "limits", "key"),
    [
        ("simplex", Limits(max_simplex_iterations=2), "max_simplex_iterations = 2"),
        ("ipm", Limits(max_interior_point_iterations=2), "max_interior_point_iterations = 2"),
        ("simplex", Limits(time_limit_s=1e-9), "time_limit_s = 1e-09"),
    ],
)
def test_a_run_that_reaches_a_limit_is_refused_by_the_name_of_its_key(method, limits, key):
    options = HighsOptions(method, presolve="off")
    assert solve(transport(8), options).duality_gap < 1e-9
    with pytest.raises(CapshareError, match=f"{key}.*or raise .*{key.split()[0]}"), within(limits):
        solve(transport(8), options)


def test_limits_hold_inside_their_block_only():
    with within(Limits(5, 6, 7.0)):
        assert limits_in_force() == Limits(5, 6, 7.0)
    assert limits_in_force() == Limits()


def test_a_side_that_runs_out_is_not_taken_for_one_without_a_solution():
    solved = solve(transport(8), HighsOptions("simplex", presolve="off"))
    with pytest.raises(CapshareError, match="time_limit_s") as refused, within(Limits(time_limit_s=1e-9)):
        row_sides(solved, [0], 0.01)
    assert isinstance(refused.value.__cause__, LimitReachedError)


@pytest.mark.slow
def test_the_time_of_one_run_does_not_count_for_the_next_of_the_same_engine():
    solved = solve(transport(8))
    with within(Limits(time_limit_s=0.5)):
        start = time.monotonic()
        while time.monotonic() - start < 0.7:
            row_sides(solved, range(8), 0.01)


def test_a_bound_that_runs_out_is_small_but_a_bound():
    program = endless()
    with within(Limits(max_interior_point_iterations=3)):
        found = safe_lower_bound(program)
    assert "ended iteration limit reached" in found.engine
    assert found.value <= 1.0


def after(seconds, number):
    timer = threading.Timer(seconds, os.kill, (os.getpid(), number))
    timer.daemon = True
    timer.start()


def test_ctrl_c_gets_through_while_highs_runs_without_end():
    after(0.3, signal.SIGINT)
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), within(UNLIMITED):
        safe_lower_bound(endless())
    assert time.monotonic() - start < 4
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_gets_through_while_the_simplex_runs():
    after(0.1, signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), within(UNLIMITED):
        deque(solve(transport(40, seed), HighsOptions("simplex", presolve="off")) for seed in range(1000))


def test_a_handler_of_ones_own_is_called_once_and_stays(monkeypatch):
    class StopError(Exception):
        pass

    def handler(number, frame):
        raise StopError(number)

    before = signal.signal(signal.SIGTERM, handler)
    try:
        after(0.3, signal.SIGTERM)
        with pytest.raises(StopError, match="15"), within(UNLIMITED):
            safe_lower_bound(endless())
        assert signal.getsignal(signal.SIGTERM) is handler
    finally:
        signal.signal(signal.SIGTERM, before)


def test_other_threads_solve_too():
    found = []
    worker = threading.Thread(target=lambda: found.append(solve(transport(5)).duality_gap))
    worker.start()
    worker.join()
    assert found[0] < 1e-9
