"""HiGHS through highspy: arrays in, a labelled solution out, warm starts in between."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from capshare.solvers.program import Basis, LinearProgram, Solution, UnsolvedError, solution


@dataclass(frozen=True)
class HighsOptions:
    """Options of HiGHS that a study may set.

    Attributes
    ----------
    method : "simplex", "ipm" (interior point with crossover) or "choose"
    presolve : "on", "off" or "choose"
    feasibility_tolerance, optimality_tolerance : of rows and of reduced costs, in their units
    threads : 1 makes runs repeatable
    """

    method: Literal["simplex", "ipm", "choose"] = "simplex"
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


def solve(
    program: LinearProgram, options: HighsOptions | None = None, start: Basis | None = None
) -> Solution:
    """Solve a linear programme with HiGHS.

    Parameters
    ----------
    program : what to solve
    options : of the engine; the defaults are repeatable
    start : basis of a programme of the same structure; a warm start

    Returns
    -------
    Solution

    Raises
    ------
    UnsolvedError
        with status "infeasible", "unbounded" or HiGHS's own word, where there is no optimum.
    """
    options = options or HighsOptions()
    engine = load(program, options)
    if start is not None:
        start_from(engine, start)
    engine.run()
    status = engine.getModelStatus()
    if engine.modelStatusToString(status) != "Optimal":
        raise UnsolvedError(engine.modelStatusToString(status).lower())
    found, basis = engine.getSolution(), engine.getBasis()
    return solution(
        program,
        np.array(found.col_value),
        np.array(found.row_dual),
        f"HiGHS {engine.version()} ({options})",
        Basis(tuple(map(int, basis.col_status)), tuple(map(int, basis.row_status))),
    )


def load(program: LinearProgram, options: HighsOptions) -> Any:
    """Return a silent HiGHS with the programme and the options set, not yet run."""
    import highspy

    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    engine.silent()
    engine.setOptionValue("solver", options.method)
    engine.setOptionValue("presolve", options.presolve)
    engine.setOptionValue("primal_feasibility_tolerance", options.feasibility_tolerance)
    engine.setOptionValue("dual_feasibility_tolerance", options.optimality_tolerance)
    engine.setOptionValue("threads", options.threads)
    engine.passModel(highs_lp(program))
    return engine


def highs_lp(program: LinearProgram) -> Any:
    """Return the programme as highspy's own ``HighsLp``."""
    import highspy

    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = program.matrix.shape
    lp.col_cost_ = program.cost
    lp.col_lower_, lp.col_upper_ = program.lower, program.upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = program.matrix.indptr
    lp.a_matrix_.index_ = program.matrix.indices
    lp.a_matrix_.value_ = program.matrix.data
    return lp


def mps_text(program: LinearProgram) -> str:
    """Return the programme in free MPS format; names are ``component_label`` in plain ASCII."""
    engine = load(program, HighsOptions())
    for position, name in enumerate(_names(program.columns)):
        engine.passColName(position, name)
    for position, name in enumerate(_names(program.rows)):
        engine.passRowName(position, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "allocation.mps"
        engine.writeModel(str(path))
        return path.read_text(encoding="utf-8")


def _names(components: Any) -> list[str]:
    names = []
    for component, index in components.items():
        for position, label in enumerate(index):
            if label == "":
                names.append(component)
                continue
            parts = label if isinstance(label, tuple) else (label,)
            text = "_".join(str(part) for part in parts)
            # A planner's rule may be named in Chinese or with blanks, which MPS cannot hold.
            safe = text if text.isascii() and text.replace("_", "").isalnum() else str(position + 1)
            names.append(f"{component}_{safe}")
    return names


def start_from(engine: Any, start: Basis) -> None:
    """Give a loaded HiGHS a basis to start from."""
    import highspy

    basis = highspy.HighsBasis()
    basis.col_status = [highspy.HighsBasisStatus(status) for status in start.columns]
    basis.row_status = [highspy.HighsBasisStatus(status) for status in start.rows]
    basis.valid = True
    engine.setBasis(basis)
