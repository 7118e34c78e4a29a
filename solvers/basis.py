"""What an optimal basis tells beyond its prices: their parts, and how far they hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.solvers.guard import refuse_limit, run
from capshare.solvers.highs import HighsOptions, load, start_from
from capshare.solvers.program import LinearProgram, Solution, UnsolvedError, Vector

# Cost per unit; below it a dual is rounding.
NO_PRICE = 1e-9
# Of a price: what differs by less is one.
SAME_PRICE = 1e-6


def duals_of_cost(solved: Solution, cost: Vector) -> Vector:
    r"""Part of the duals that comes from a part of the cost.

    .. math:: y(c) = c_B B^{-1}

    is linear in the cost, so the parts of an objective have parts of the price.

    Parameters
    ----------
    solved : an optimal solution with its basis
    cost : part of the programme's cost, one per column

    Returns
    -------
    array, one per row; sums to the duals over parts that sum to the cost

    Raises
    ------
    ValueError
        where the solution has no basis.
    """
    engine = _at_basis(solved)
    _, basic = engine.getBasicVariables()
    basic = np.asarray(basic)
    # Negative numbers are rows, whose slack costs nothing.
    basic_cost = np.where(basic >= 0, cost[np.maximum(basic, 0)], 0.0)
    _, dual = engine.getBasisTransposeSolve(basic_cost)
    return np.asarray(dual, dtype=float)


def row_range(solved: Solution, row: int) -> tuple[float, float]:
    """Values of a row's binding side between which the basis, and so the price, stays.

    Parameters
    ----------
    solved : an optimal solution with its basis
    row : position of the row

    Returns
    -------
    (from, to) in the row's unit

    Raises
    ------
    ValueError
        where the solution has no basis.
    """
    return _range(_at_basis(solved), row)


def row_sides(solved: Solution, rows: Iterable[int], delta: float) -> pd.DataFrame:
    r"""One-sided derivatives of the optimal cost by a row's right-hand side, and how far they hold.

    .. math:: \frac{C(r+\delta)-C(r)}{\delta},\qquad \frac{C(r)-C(r-\delta)}{\delta}

    Parameters
    ----------
    solved : an optimal solution with its basis
    rows : positions; both finite sides of a row are moved together
    delta : step of the right-hand side, in its unit

    Returns
    -------
    DataFrame, index position; ``right, left``, cost per unit; ``to, from``, the right-hand sides up to
        which the right and down to which the left derivative holds, whatever bases follow one another; None
        where that side is infeasible

    Raises
    ------
    ValueError
        where the solution has no basis.
    """
    engine, program = _at_basis(solved), solved.program
    found = {}
    for row in rows:
        sides: dict[str, float | None] = {}
        for side, limit, sign in (("right", "to", 1.0), ("left", "from", -1.0)):
            engine.changeRowBounds(
                row, program.row_lower[row] + sign * delta, program.row_upper[row] + sign * delta
            )
            status = run(engine)
            refuse_limit(status)
            if status == "optimal":
                sides[side] = sign * (engine.getInfo().objective_function_value - solved.objective) / delta
                sides[limit] = _held_to(engine, program, row, sign, delta)
            else:
                sides[side] = sides[limit] = None
            engine.changeRowBounds(row, program.row_lower[row], program.row_upper[row])
        found[row] = sides
    return pd.DataFrame.from_dict(
        found, orient="index", columns=["right", "left", "to", "from"], dtype=object
    )


def _held_to(engine: Any, program: LinearProgram, row: int, sign: float, delta: float) -> float:
    """The right-hand side, in one direction, at which a row's price ends; the engine stands beside it."""
    price, sides = float(engine.getSolution().row_dual[row]), (program.row_lower[row], program.row_upper[row])
    here = (sides[0] if np.isfinite(sides[0]) else sides[1]) + sign * delta
    # At a degenerate vertex HiGHS may give a range that does not reach where it stands.
    end = float(sign * max(sign * here, sign * _range(engine, row)[int(sign > 0)]))
    # A row without a price binds at the end of its slack, where it gets one.
    while np.isfinite(end) and abs(price) > NO_PRICE:
        engine.changeRowBounds(row, *(end + sign * delta if np.isfinite(side) else side for side in sides))
        status = run(engine)
        refuse_limit(status)
        if status != "optimal" or abs(engine.getSolution().row_dual[row] - price) > SAME_PRICE * abs(price):
            break
        further = _range(engine, row)[int(sign > 0)]
        if sign * (further - end) <= delta:
            break
        end = further
    return end


class Relaxed(NamedTuple):
    """Rows with wider sides than a programme gives them.

    Attributes
    ----------
    rows : positions
    lower, upper : one per row named
    """

    rows: NDArray[np.intp]
    lower: Vector
    upper: Vector


def relaxed_objectives(solved: Solution, relaxations: Iterable[Relaxed]) -> list[float]:
    """Least cost under each of several relaxations, one at a time.

    Parameters
    ----------
    solved : an optimal solution with its basis, where each search starts
    relaxations : each with rows of the programme

    Returns
    -------
    objectives, one per relaxation; -inf where nothing bounds the cost any more

    Raises
    ------
    ValueError
        where the solution has no basis.
    UnsolvedError
        where the engine ends without an optimum for another reason.
    """
    engine, program, found = _at_basis(solved), solved.program, []
    for rows, lower, upper in relaxations:
        _bound_rows(engine, rows, lower, upper)
        status = run(engine)
        refuse_limit(status)
        if status not in ("optimal", "unbounded"):
            raise UnsolvedError(status)
        found.append(
            float(engine.getInfo().objective_function_value) if status == "optimal" else float("-inf")
        )
        _bound_rows(engine, rows, program.row_lower[rows], program.row_upper[rows])
        if solved.basis is not None:
            start_from(engine, solved.basis)
    return found


def _bound_rows(engine: Any, rows: NDArray[np.intp], lower: Vector, upper: Vector) -> None:
    engine.changeRowsBounds(len(rows), rows.astype(np.int32), lower, upper)


def _range(engine: Any, row: int) -> tuple[float, float]:
    _, ranging = engine.getRanging()
    return float(ranging.row_bound_dn.value_[row]), float(ranging.row_bound_up.value_[row])


def _at_basis(solved: Solution) -> Any:
    """HiGHS at the solution's basis; no pivot is left to make."""
    if solved.basis is None:
        raise ValueError("the solution has no basis: solve it with HiGHS")
    engine = load(solved.program, HighsOptions("simplex", presolve="off"))
    start_from(engine, solved.basis)
    refuse_limit(run(engine))
    return engine
