"""All optimal solutions of a programme, held in HiGHS, which goes on from vertex to vertex."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from capshare.solvers.guard import refuse_limit, run
from capshare.solvers.highs import PRIMAL_SIMPLEX, HighsOptions, load, start_from
from capshare.solvers.optimal_face import NONZERO_PRICE, optimal_face
from capshare.solvers.program import Solution, UnsolvedError, Vector

# Of a sum that is held.
ROUNDING = 1e-12


class HeldFace:
    """The optimal solutions of a programme, searched again and again from where the last search ended.

    Parameters
    ----------
    solved : an optimal solution with its basis, the first vertex
    options : of HiGHS
    nonzero : duals and reduced costs above it count as such

    Raises
    ------
    ValueError
        where the solution has no basis.
    """

    def __init__(
        self, solved: Solution, options: HighsOptions | None = None, nonzero: float = NONZERO_PRICE
    ) -> None:
        if solved.basis is None:
            raise ValueError("the solution has no basis: solve it with HiGHS")
        options = options or HighsOptions()
        self._tolerance = options.feasibility_tolerance
        face = optimal_face(solved, nonzero)
        self._cost = np.zeros(len(face.cost))
        self._every = np.arange(len(face.cost), dtype=np.int32)
        self._engine: Any = load(
            replace(face, cost=self._cost), replace(options, method="simplex", presolve="off")
        )
        self._engine.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        start_from(self._engine, solved.basis)

    def vertex(self, columns: NDArray[np.intp], slope: Vector) -> Vector:
        """Where a linear function of some columns is least, one value per column.

        Parameters
        ----------
        columns : positions
        slope : of the function, one per column named, not all 0

        Raises
        ------
        UnsolvedError
            where the engine ends without an optimum.
        """
        cost = self._cost.copy()
        cost[columns] = slope / np.abs(slope).max()
        self._engine.changeColsCost(len(cost), self._every, cost)
        status = run(self._engine)
        refuse_limit(status)
        if status != "optimal":
            raise UnsolvedError(status)
        return np.array(self._engine.getSolution().col_value)

    def hold(self, columns: NDArray[np.intp], member: NDArray[np.intp], total: Vector) -> None:
        """Let sums of columns stay what they are, but for rounding.

        Parameters
        ----------
        columns : positions
        member : which sum each of them is a part of
        total : the sums
        """
        room = self._tolerance + ROUNDING * float(np.abs(total).max(initial=0.0))
        order = np.argsort(member, kind="stable")
        starts = np.searchsorted(member[order], np.arange(len(total)))
        self._engine.addRows(
            len(total), total - room, total + room, len(order),
            starts.astype(np.int32), columns[order].astype(np.int32), np.ones(len(order)),
        )  # fmt: skip
