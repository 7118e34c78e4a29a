"""HiGHS through highspy: arrays in, a labelled solution out, warm starts in between."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from capshare.base.temporary_files import temporary_folder
from capshare.solvers.guard import refuse_limit, run
from capshare.solvers.program import Basis, LinearProgram, Solution, UnsolvedError, solution

Mask = NDArray[np.bool_]

# Measured on allocations, both to a basic solution: simplex is ahead up to about this size; at 70 000 rows
# interior point with crossover takes a quarter of its time. HiGHS's own "choose" is the simplex at any size.
IPM_FROM_ROWS = 10_000
# HiGHS's word where a method ends without an answer.
_GAVE_UP = "unknown"
# HiGHS's number for it.
PRIMAL_SIMPLEX = 4


@dataclass(frozen=True)
class HighsOptions:
    """Options of HiGHS that a study may set.

    Attributes
    ----------
    method : "simplex", "ipm" (interior point with crossover), "choose" (HiGHS's choice) or "by-size": simplex
        up to ``IPM_FROM_ROWS`` rows or from a given basis, interior point beyond
    presolve : "on", "off" or "choose"
    feasibility_tolerance, optimality_tolerance : of rows and of reduced costs, in their units
    threads : 1 makes runs repeatable
    """

    method: Literal["by-size", "simplex", "ipm", "choose"] = "by-size"
    presolve: Literal["on", "off", "choose"] = "choose"
    feasibility_tolerance: float = 1e-9
    optimality_tolerance: float = 1e-9
    threads: int = 1

    def __str__(self) -> str:
        return (
            f"method={self.method}, presolve={self.presolve}, "
            f"feasibility={self.feasibility_tolerance:g}, optimality={self.optimality_tolerance:g}, "
            f"threads={self.threads}"
        )

    def for_program(self, program: LinearProgram, start: Basis | None = None) -> HighsOptions:
        """Return the options with the method settled for a programme's size.

        Parameters
        ----------
        program : its number of rows decides
        start : a basis, with which the simplex is taken at any size
        """
        if self.method != "by-size":
            return self
        warm = start is not None or len(program.row_lower) <= IPM_FROM_ROWS
        return replace(self, method="simplex" if warm else "ipm")


def solve(
    program: LinearProgram,
    options: HighsOptions | None = None,
    start: Basis | None = None,
    *,
    from_feasible: bool = False,
) -> Solution:
    """Solve a linear programme with HiGHS.

    Parameters
    ----------
    program : what to solve
    options : of the engine; the defaults are repeatable
    start : basis of a programme of the same structure; a warm start
    from_feasible : whether the start is feasible, so that the primal simplex is the quickest from there

    Returns
    -------
    Solution

    Raises
    ------
    UnsolvedError
        with status "infeasible", "unbounded" or HiGHS's own word, where there is no optimum.
    LimitReachedError
        where the limits in force (:mod:`capshare.solvers.guard`) end the run before there is an answer.
    """
    options = (options or HighsOptions()).for_program(program, start)
    engine = load(program, options)
    if start is not None:
        start_from(engine, start)
    if from_feasible:
        engine.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
    status = run(engine)
    if "infeasible" in status and options.presolve != "off":
        # Presolve has been seen to call rules infeasible that contradict each other by rounding alone.
        engine.setOptionValue("presolve", "off")
        status = run(engine)
    if status == _GAVE_UP and options.method != "simplex":
        # The interior point does so where it cannot come as close as the tolerances ask; corners are exact.
        options = replace(options, method="simplex")
        engine.setOptionValue("solver", options.method)
        status = run(engine)
    refuse_limit(status)
    if status != "optimal":
        raise UnsolvedError(status)
    found, basis = engine.getSolution(), engine.getBasis()
    return solution(
        program,
        np.array(found.col_value),
        np.array(found.row_dual),
        f"HiGHS {engine.version()} ({options})",
        Basis(basis),
    )


def load(program: LinearProgram, options: HighsOptions) -> Any:
    """Return a silent HiGHS with the programme and the options set, not yet run.

    Parameters
    ----------
    program, options : to set
    """
    import highspy

    options = options.for_program(program)
    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    engine.silent()
    engine.setOptionValue("solver", options.method)
    engine.setOptionValue("presolve", options.presolve)
    engine.setOptionValue("primal_feasibility_tolerance", options.feasibility_tolerance)
    engine.setOptionValue("dual_feasibility_tolerance", options.optimality_tolerance)
    _schedule(engine, options.threads)
    engine.setOptionValue("threads", options.threads)
    _pass(program, engine)
    return engine


def _pass(program: LinearProgram, engine: Any) -> None:
    """Hand the arrays over whole; a ``HighsLp`` would take the matrix number by number."""
    import highspy

    rows, columns = program.matrix.shape
    continuous = np.zeros(columns, dtype=np.int32)
    engine.passModel(
        columns, rows, program.matrix.nnz,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
        program.cost, program.lower, program.upper, program.row_lower, program.row_upper,
        program.matrix.indptr, program.matrix.indices, program.matrix.data, continuous,
    )  # fmt: skip


_scheduled_threads: int | None = None


def _schedule(engine: Any, threads: int) -> None:
    """Let HiGHS change its number of threads: its only scheduler keeps the number it started with."""
    global _scheduled_threads
    if threads != _scheduled_threads:
        engine.resetGlobalScheduler(True)
        _scheduled_threads = threads


def mps_text(program: LinearProgram) -> str:
    """Return the programme in free MPS format; names are ``component_label`` in plain ASCII.

    Parameters
    ----------
    program : a label that is no plain ASCII is written as its position
    """
    engine = load(program, HighsOptions())
    for position, name in enumerate(_names(program.columns)):
        engine.passColName(position, name)
    for position, name in enumerate(_names(program.rows)):
        engine.passRowName(position, name)
    with temporary_folder() as folder:
        path = folder / "allocation.mps"
        engine.writeModel(str(path))
        text = path.read_text(encoding="utf-8")
        # HiGHS does not say that the disk was full.
        if not text.endswith("ENDATA\n"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return text


def _names(components: Any) -> list[str]:
    names = []
    for component, index in components.items():
        for position, label in enumerate(index):
            if label == "":
                names.append(component)
                continue
            parts = label if isinstance(label, tuple) else (label,)
            text = "_".join(str(part) for part in parts).replace(":", "_")
            # A planner's rule may be named in Chinese or with blanks, which MPS cannot hold.
            safe = text if text.isascii() and text.replace("_", "").isalnum() else str(position + 1)
            names.append(f"{component}_{safe}")
    return names


def start_from(engine: Any, start: Basis) -> None:
    """Give a loaded HiGHS a basis to start from.

    Parameters
    ----------
    engine : HiGHS, loaded with a programme of the basis's shape
    start : of an earlier run of HiGHS
    """
    engine.setBasis(start.statuses)


def extended_basis(solved: Solution, basic_columns: Mask, basic_rows: Mask) -> Basis:
    """The basis of a solution for a programme with further columns and rows behind its own.

    Parameters
    ----------
    solved : with its basis
    basic_columns, basic_rows : whether each further column and row is basic; the others are at their lower
        bounds
    """
    import highspy

    if solved.basis is None:
        raise ValueError("the solution has no basis: solve it with HiGHS")
    before: Any = solved.basis.statuses
    basic, lower = highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kLower
    statuses: Any = highspy.HighsBasis()
    statuses.col_status = [*before.col_status, *(basic if is_basic else lower for is_basic in basic_columns)]
    statuses.row_status = [*before.row_status, *(basic if is_basic else lower for is_basic in basic_rows)]
    statuses.valid = True
    return Basis(statuses)
