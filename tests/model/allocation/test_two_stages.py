"""The second stage goes on from the first's vertex, and may not be told apart from one that starts afresh."""

import numpy as np
import pytest

from capshare.model.allocation import two_stages
from capshare.model.allocation.data_arrays import share_of_emissions
from capshare.model.allocation.programme import first_stage
from capshare.model.allocation.second_stage import closest_program, closest_to, feasible_start
from capshare.model.allocation.two_stages import closest_value, quantities
from capshare.solvers.highs import HighsOptions, load, solve, start_from
from capshare.solvers.program import UnsolvedError


def test_the_start_is_a_feasible_vertex(small):
    first = first_stage(small)
    program = closest_to(first, small.arrays.entitled.entitlement_mt)
    engine = load(program, HighsOptions("simplex", presolve="off"))
    start_from(engine, feasible_start(first, program))
    engine.setOptionValue("simplex_iteration_limit", 0)
    engine.run()
    assert engine.getInfo().sum_primal_infeasibilities == 0.0


def test_going_on_gives_the_deviation_of_starting_afresh(small):
    first = first_stage(small)
    entitled = small.provinces["entitlement_mt"]
    afresh = solve(closest_program(first, entitled))
    program = closest_to(first, small.arrays.entitled.entitlement_mt)
    onwards = solve(program, HighsOptions(), feasible_start(first, program), from_feasible=True)
    assert onwards.objective == pytest.approx(afresh.objective, rel=1e-9)


@pytest.mark.parametrize("method", ["simplex", "ipm"])
def test_where_going_on_fails_it_starts_afresh(small, monkeypatch, method):
    first, options = first_stage(small), HighsOptions(method)
    expected = quantities(closest_value(first, small.arrays), first.program, small.arrays)
    asked = []

    def refusing(program, options=None, start=None, *, from_feasible=False):
        asked.append(from_feasible)
        if from_feasible:
            raise UnsolvedError("unknown")
        return solve(program, options, start)

    monkeypatch.setattr(two_stages, "solve", refusing)
    found = quantities(closest_value(first, small.arrays, options), first.program, small.arrays)
    assert asked == ([True, False] if method == "simplex" else [False])
    assert found.quota_mt == pytest.approx(expected.quota_mt, rel=1e-7)


def test_a_province_without_emissions_has_no_share_of_them():
    assert share_of_emissions(np.array([0.0, 2.0]), np.inf).tolist() == [0.0, np.inf]
    assert share_of_emissions(np.array([0.0, 2.0]), 0.5).tolist() == [0.0, 1.0]
