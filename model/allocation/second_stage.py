"""The second stage: among allocations of least cost, the one closest to the entitlements."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import block_array, csc_array, eye_array

from capshare.solvers.optimal_face import optimal_face
from capshare.solvers.program import LinearProgram, Solution


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
    face = optimal_face(first)
    provinces = face.columns["quota"]
    entitlement = entitlement_mt.reindex(provinces).to_numpy(dtype=float)
    measure = np.where(entitlement > 0, entitlement, entitlement.mean())
    rows, columns, n = *face.matrix.shape, len(provinces)
    quota = face.column("quota")
    pick = csc_array((np.ones(n), (np.arange(n), np.arange(quota.start, quota.stop))), shape=(n, columns))
    matrix = block_array([[face.matrix, csc_array((rows, n)), csc_array((rows, n))],
                          [pick, -eye_array(n), eye_array(n)]], format="csc")  # fmt: skip
    return LinearProgram(
        cost=np.concatenate([np.zeros(columns), 1 / measure, 1 / measure]),
        matrix=matrix,
        row_lower=np.concatenate([face.row_lower, entitlement]),
        row_upper=np.concatenate([face.row_upper, entitlement]),
        lower=np.concatenate([face.lower, np.zeros(2 * n)]),
        upper=np.concatenate([face.upper, np.full(2 * n, np.inf)]),
        rows={**face.rows, "deviation": provinces},
        columns={**face.columns, "above": provinces, "below": provinces},
    )
