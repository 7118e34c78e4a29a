"""Integer programmes through HiGHS, for the few decisions that come in steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from capshare.solvers.guard import refuse_limit, run
from capshare.solvers.highs import HighsOptions, load
from capshare.solvers.program import LinearProgram, UnsolvedError, Vector

# Whole numbers are found to this distance from one, and rounded to it.
INTEGRALITY = 1e-9


def solve_integer(
    program: LinearProgram, is_integer: NDArray[np.bool_], options: HighsOptions | None = None
) -> Vector:
    """Solve a linear programme in which some columns are whole numbers, to a proven optimum.

    Parameters
    ----------
    program : what to solve
    is_integer : one per column
    options : of the engine; the defaults are repeatable

    Returns
    -------
    values, one per column; whole numbers are exactly whole

    Raises
    ------
    UnsolvedError
        with status "infeasible", "unbounded" or HiGHS's own word, where there is no optimum.
    LimitReachedError
        where the limits in force (:mod:`capshare.solvers.guard`) end the run before there is an answer.
    """
    import highspy

    engine = load(program, options or HighsOptions())
    engine.setOptionValue("solver", "choose")
    engine.setOptionValue("mip_feasibility_tolerance", INTEGRALITY)
    engine.setOptionValue("mip_rel_gap", 0.0)
    whole = np.flatnonzero(is_integer).astype(np.int32)
    kinds = np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    engine.changeColsIntegrality(len(whole), whole, kinds)
    status = run(engine)
    refuse_limit(status)
    if status != "optimal":
        raise UnsolvedError(status)
    value = np.array(engine.getSolution().col_value)
    value[is_integer] = np.round(value[is_integer])
    return value
