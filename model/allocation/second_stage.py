"""The second stage: among allocations of least cost, the one closest to the entitlements."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from capshare.solvers.highs import extended_basis
from capshare.solvers.optimal_face import optimal_face
from capshare.solvers.program import Basis, LinearProgram, Solution, Vector


def closest_program(first: Solution, entitlement_mt: pd.Series) -> LinearProgram:
    r"""Programme of the second stage.

    .. math:: \min \sum_i \frac{d^+_i + d^-_i}{e_i}\quad\text{s.t.}\quad x_i - d^+_i + d^-_i = e_i

    over all solutions of least cost. A province entitled to nothing is measured against the mean
    entitlement.

    Parameters
    ----------
    first : solution of the allocation LP
    entitlement_mt : index province, Mt

    Returns
    -------
    LinearProgram; the columns of the first stage, then ``above`` and ``below``
    """
    provinces = first.program.columns["quota"]
    return closest_to(first, entitlement_mt.reindex(provinces).to_numpy(dtype=float))


def closest_to(first: Solution, entitlement: Vector) -> LinearProgram:
    """Programme of the second stage as :func:`closest_program` has it.

    Parameters
    ----------
    first : solution of the allocation LP
    entitlement : one per quota, Mt
    """
    face = optimal_face(first)
    provinces = face.columns["quota"]
    # Of a size near 1, which the engine's tolerances are made for.
    weight = entitlement.mean() / measured_by(entitlement)
    n = len(provinces)
    return LinearProgram(
        cost=np.concatenate([np.zeros(len(face.cost)), weight, weight]),
        matrix=_with_deviations(face.matrix, face.column("quota")),
        row_lower=np.concatenate([face.row_lower, entitlement]),
        row_upper=np.concatenate([face.row_upper, entitlement]),
        lower=np.concatenate([face.lower, np.zeros(2 * n)]),
        upper=np.concatenate([face.upper, np.full(2 * n, np.inf)]),
        rows={**face.rows, "deviation": provinces},
        columns={**face.columns, "above": provinces, "below": provinces},
    )


def measured_by(entitlement: Vector) -> Vector:
    """What deviations are measured against: the entitlement; the mean one of who is entitled to nothing.

    Parameters
    ----------
    entitlement : one per quota, Mt
    """
    return np.where(entitlement > 0, entitlement, entitlement.mean())


def feasible_start(first: Solution, program: LinearProgram) -> Basis:
    """The first stage's vertex as a basis of the second: of each province the deviation that it has is basic.

    Parameters
    ----------
    first : solution of the allocation LP, with its basis
    program : its second stage
    """
    quota = first.value[first.program.column("quota")]
    is_above = quota >= program.row_lower[program.row("deviation")]
    return extended_basis(first, np.concatenate([is_above, ~is_above]), np.zeros(len(quota), dtype=bool))


def _with_deviations(matrix: csc_array, quota: slice) -> csc_array:
    """The matrix with a row x_i − d⁺_i + d⁻_i for each quota, and the columns d⁺ and d⁻.

    Put together by hand: these few entries take scipy's block matrices longer than both stages' solution.
    """
    rows, columns = matrix.shape
    n = quota.stop - quota.start
    own = np.arange(rows, rows + n, dtype=matrix.indices.dtype)
    # The new rows lie below all others, so each entry is the last of its column.
    ends = matrix.indptr[quota.start + 1 : quota.stop + 1]
    starts = matrix.indptr.copy()
    starts[quota.start + 1 :] += np.minimum(np.arange(1, columns - quota.start + 1), n).astype(starts.dtype)
    ones = np.ones(n)
    return csc_array(
        (
            np.concatenate([np.insert(matrix.data, ends, 1.0), -ones, ones]),
            np.concatenate([np.insert(matrix.indices, ends, own), own, own]),
            np.concatenate([starts, starts[-1] + np.arange(1, 2 * n + 1, dtype=starts.dtype)]),
        ),
        shape=(rows + n, columns + 2 * n),
    )
