"""Solvers named in Pyomo's way: present or refused, status before values, one sign of the duals."""

import os

import numpy as np
import pandas as pd
import pyomo.environ as pyo
import pytest
from scipy.sparse import csc_array

from capshare.base.errors import CapshareError
from capshare.solvers import named
from capshare.solvers.guard import LimitReachedError
from capshare.solvers.named import SolverNotAvailableError, solve_named
from capshare.solvers.program import LinearProgram, UnsolvedError

GLPK = pytest.param("glpk", marks=pytest.mark.needs("glpsol"))
CBC = pytest.param("cbc", marks=pytest.mark.needs("cbc"))
ENGINES = [GLPK, CBC, "appsi_highs", "highs"]


def hillier(limit=18.0):
    """Hillier & Lieberman, golden number 5, as a Pyomo minimisation and as arrays."""
    m = pyo.ConcreteModel()
    m.x, m.y = pyo.Var(domain=pyo.NonNegativeReals), pyo.Var(domain=pyo.NonNegativeReals)
    m.objective = pyo.Objective(expr=-3 * m.x - 5 * m.y)
    m.plant = pyo.Constraint([1, 2, 3])
    m.plant[1], m.plant[2], m.plant[3] = m.x <= 4, 2 * m.y <= 12, 3 * m.x + 2 * m.y <= limit
    program = LinearProgram(
        cost=np.array([-3.0, -5.0]),
        matrix=csc_array(np.array([[1.0, 0], [0, 2], [3, 2]])),
        row_lower=np.full(3, -np.inf),
        row_upper=np.array([4.0, 12.0, limit]),
        lower=np.zeros(2),
        upper=np.full(2, np.inf),
        rows={"plant": pd.Index([1, 2, 3])},
        columns={"x": pd.Index([""]), "y": pd.Index([""])},
    )
    return m, program


@pytest.mark.parametrize("engine", ENGINES)
def test_hillier_lieberman(engine):
    """The Wyndor example: (2, 6), 36, prices (0, 1.5, 1); duals of upper sides are not positive."""
    model, program = hillier()
    found = solve_named(model, program, engine)
    assert found.objective == pytest.approx(-36)
    assert found.value == pytest.approx([2, 6])
    assert found.duals("plant").to_numpy() == pytest.approx([0, -1.5, -1])
    assert found.duality_gap < 1e-9
    assert found.basis is None
    assert model.component("dual") is None


@pytest.mark.parametrize("engine", [GLPK, CBC])
def test_engine_says_version_and_options(engine):
    text = {"glpk": r"glpk \d+\.\d+", "cbc": r"cbc \d+\.\d+\.\d+"}[engine]
    option = {"glpk": "tmlim", "cbc": "seconds"}[engine]
    found = solve_named(*hillier(), engine, {option: 60})
    assert pd.Series([found.engine]).str.fullmatch(rf"{text} \({option}=60\)").all()
    assert solve_named(*hillier(), engine).engine.endswith("(defaults)")


@pytest.mark.parametrize("engine", ENGINES)
def test_status_before_values(engine):
    model, program = hillier(-1.0)
    with pytest.raises(UnsolvedError, match="infeasible"):
        solve_named(model, program, engine)
    assert model.x.value is None
    model, program = hillier()
    model.plant[2].deactivate()
    model.plant[3].deactivate()
    with pytest.raises(UnsolvedError, match="unbounded"):
        solve_named(model, program, engine)


@pytest.mark.needs("glpsol")
def test_a_solver_stopped_early_has_no_values():
    with pytest.raises(LimitReachedError, match=r"maxEvaluations|maxIterations"):
        solve_named(*hillier(), "cbc", {"maxIterations": 0, "presolve": "off"})


def test_a_solver_nobody_has_is_wrong_input():
    with pytest.raises(SolverNotAvailableError, match=r"no-such-solver: .*Correct the name") as raised:
        solve_named(*hillier(), "no-such-solver")
    assert raised.value.exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="the program is a script of POSIX's shell")
def test_a_program_that_is_no_solver_is_not_started(tmp_path, monkeypatch):
    program = tmp_path / "anything"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for name in ("anything", str(program)):
        with pytest.raises(SolverNotAvailableError, match=r"anything: .*Correct the name"):
            solve_named(*hillier(), name)
    assert not (tmp_path / "started").exists()


def test_a_solver_that_is_not_installed_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("pyomo.solvers.plugins.solvers.GLPK.GLPKSHELL.available", lambda *_, **__: False)
    with pytest.raises(SolverNotAvailableError, match="glpk-utils"):
        solve_named(*hillier(), "glpk")


@pytest.mark.needs("glpsol")
def test_an_option_the_solver_refuses_is_named():
    with pytest.raises(CapshareError, match=r"nonsense=1; found .*Invalid option '--nonsense'"):
        solve_named(*hillier(), "glpk", {"nonsense": 1})


@pytest.mark.needs("glpsol")
def test_duals_of_the_other_convention_are_turned(monkeypatch):
    reported = named._duals
    monkeypatch.setattr(named, "_duals", lambda *given: -reported(*given))
    found = solve_named(*hillier(), "glpk")
    assert found.duals("plant").to_numpy() == pytest.approx([0, -1.5, -1])
    assert found.duality_gap < 1e-9


@pytest.mark.needs("glpsol")
def test_a_models_own_duals_stay():
    model, program = hillier()
    model.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
    solve_named(model, program, "glpk")
    assert model.dual[model.plant[3]] == pytest.approx(-1)


@pytest.mark.needs("glpsol")
def test_no_duals_is_no_solution(monkeypatch):
    monkeypatch.setattr(named, "_run", lambda *_: None)
    model, program = hillier()
    model.x.value, model.y.value = 2, 6
    with pytest.raises(UnsolvedError, match="without duals"):
        solve_named(model, program, "glpk")
    model.x.value = None
    with pytest.raises(UnsolvedError, match="without values"):
        solve_named(model, program, "glpk")


@pytest.mark.needs("glpsol")
def test_a_variable_that_stands_nowhere_and_a_row_without_sides_do_no_harm():
    model, program = hillier()
    model.idle = pyo.Var(bounds=(2, 5))
    model.loose = pyo.Constraint(expr=model.x + model.y <= np.inf)
    wider = LinearProgram(
        cost=np.append(program.cost, 0.0),
        matrix=csc_array(np.array([[1.0, 0, 0], [0, 2, 0], [3, 2, 0], [1, 1, 0]])),
        row_lower=np.full(4, -np.inf),
        row_upper=np.append(program.row_upper, np.inf),
        lower=np.array([0.0, 0, 2]),
        upper=np.array([np.inf, np.inf, 5]),
        rows={**program.rows, "loose": pd.Index([""])},
        columns={**program.columns, "idle": pd.Index([""])},
    )
    found = solve_named(model, wider, "glpk")
    assert found.values("idle")[""] == 2
    assert found.duals("loose")[""] == 0
    assert found.duality_gap < 1e-9
