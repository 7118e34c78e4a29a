"""Any solver that Pyomo knows, by name: status first, then values and duals in the arrays' order."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from capshare.base.errors import CapshareError, Problem
from capshare.base.temporary_files import temporary_files
from capshare.solvers.guard import limits_in_force, refuse_limit
from capshare.solvers.polish import polished
from capshare.solvers.program import LinearProgram, Solution, UnsolvedError, Vector, solution

INSTALL: Mapping[str, str] = {
    "appsi_highs": "Run: pip install highspy.",
    "cbc": "Install CBC, for example: apt-get install coinor-cbc, or conda install coin-or-cbc.",
    "glpk": "Install GLPK, for example: apt-get install glpk-utils, or conda install glpk.",
    "gurobi": "Install Gurobi and its licence: pip install gurobipy.",
    "highs": "Run: pip install highspy.",
}
# Solvers of linear programmes that a run's folder may name, wherever it comes from.
SAFE_TO_NAME = ("highs", "appsi_highs", "glpk", "cbc", "gurobi", "cplex", "scip", "xpress", "mosek", "copt")


class SolverNotAvailableError(CapshareError):
    """The named solver is unknown to Pyomo or not installed on this machine."""


def solve_named(
    model: Any, program: LinearProgram, name: str, options: Mapping[str, object] | None = None
) -> Solution:
    """Solve a linear programme with a solver named in Pyomo's way.

    Parameters
    ----------
    model : pyomo ConcreteModel with one objective, minimised; its variables hold the solution afterwards
    program : the same programme as arrays, with the names of the model's components
    name : of the solver, for example "glpk", "cbc", "gurobi" or "appsi_highs"
    options : handed to the solver as they are, by its own names of them

    Returns
    -------
    Solution; reduced costs and duality gap computed from the arrays, not taken from the solver

    Raises
    ------
    SolverNotAvailableError
        where Pyomo does not know the solver or does not find it.
    CapshareError
        where the solver refuses to start, because of an option for example.
    UnsolvedError
        with Pyomo's word for the termination where there is no optimum, or where it came without duals.
    LimitReachedError
        where the time in force (:mod:`capshare.solvers.guard`) was over before.
    """
    options = dict(options or {})
    engine = _engine(name)
    with _dual_suffix(model) as dual:
        _run(engine, model, name, options)
        value = _values(model, program)
        prices = _duals(model, program, dual)
    return polished(_oriented(program, value, prices, f"{name} {_version(engine)} ({_text(options)})"))


def _engine(name: str) -> Any:
    """Return Pyomo's interface to a solver, once it is known to be there."""
    import pyomo.environ as pyo
    from pyomo.common.log import LoggingIntercept

    # Pyomo logs a traceback for a name it does not know; the error below says it in a sentence.
    with LoggingIntercept(io.StringIO(), "pyomo", logging.WARNING):
        # Given a name that it does not know, Pyomo would start the program of that name, whatever it is.
        engine = pyo.SolverFactory(name) if name in pyo.SolverFactory else None
        available = engine is not None and bool(engine.available(exception_flag=False))
    if not available:
        remedy = INSTALL.get(name, "Correct the name, or install the solver so that Pyomo finds it.")
        raise SolverNotAvailableError(
            Problem("solver", name, "a solver that Pyomo knows and finds on this machine", "none", remedy)
        )
    return engine


def _run(engine: Any, model: Any, name: str, options: Mapping[str, object]) -> None:
    """Let the solver run; load what it found only if that is an optimum."""
    import pyomo.environ as pyo
    from pyomo.common.errors import ApplicationError
    from pyomo.common.log import LoggingIntercept

    log = io.StringIO()
    try:
        with temporary_files(), LoggingIntercept(log, "pyomo", logging.WARNING):
            # GLPK knows whole seconds only.
            seconds = math.ceil(limits_in_force().time_limit_s)
            results = engine.solve(model, load_solutions=False, options=dict(options), timelimit=seconds)
    except ApplicationError as refused:
        said = " ".join(log.getvalue().split()) or str(refused)
        remedy = "Correct the options of the solver, or solve with another."
        raise CapshareError(
            Problem("solver", name, f"a run with the options {_text(options)}", said, remedy)
        ) from refused
    condition = results.solver.termination_condition
    refuse_limit(str(condition))
    if condition != pyo.TerminationCondition.optimal:
        raise UnsolvedError(str(condition))
    model.solutions.load_from(results)


@contextmanager
def _dual_suffix(model: Any) -> Iterator[Any]:
    """Ask Pyomo for duals while the solver runs, and leave the model as it was."""
    import pyomo.environ as pyo

    suffix = model.component("dual")
    if suffix is not None:
        yield suffix
        return
    model.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
    try:
        yield model.dual
    finally:
        model.del_component("dual")


def _items(model: Any, components: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the model's variables or rows in the order of the arrays."""
    for component, labels in components.items():
        for label in labels:
            yield model.component(component)[_key(label)]


def _key(label: Hashable) -> Hashable:
    return None if label == "" else label


def _values(model: Any, program: LinearProgram) -> Vector:
    found = [item.value for item in _items(model, program.columns)]
    value = np.array([np.nan if number is None else number for number in found], dtype=float)
    # Pyomo does not pass on a variable that stands nowhere; wherever it lies in its bounds is optimal.
    unused = (np.asarray(abs(program.matrix).sum(axis=0)) == 0) & (program.cost == 0)
    value = np.where(unused & np.isnan(value), np.clip(0.0, program.lower, program.upper), value)
    if np.isnan(value).any():
        raise UnsolvedError("optimal without values")
    return value


def _duals(model: Any, program: LinearProgram, dual: Any) -> Vector:
    """Duals in the arrays' order; a row without a finite side is not passed on and costs nothing."""
    found = [dual.get(item) for item in _items(model, program.rows)]
    if all(number is None for number in found):
        raise UnsolvedError("optimal without duals")
    return np.array([0.0 if number is None else number for number in found], dtype=float)


def _oriented(program: LinearProgram, value: Vector, dual: Vector, engine: str) -> Solution:
    """Give the duals the sign of :class:`Solution`, whatever the solver's convention.

    For a minimisation only one sign is dual feasible: with the other, the dual objective is infinite or
    far from the primal one.
    """
    both = [solution(program, value, sign * dual, engine, None) for sign in (1.0, -1.0)]
    return min(both, key=lambda found: found.duality_gap)


def _version(engine: Any) -> str:
    parts = [str(part) for part in engine.version() or ()]
    while len(parts) > 2 and parts[-1] == "0":
        parts.pop()
    return ".".join(parts) or "of unknown version"


def _text(options: Mapping[str, object]) -> str:
    return ", ".join(f"{key}={value}" for key, value in options.items()) or "defaults"
