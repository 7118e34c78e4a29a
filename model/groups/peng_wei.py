"""The linear relaxation of k-means by Peng and Wei."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, vstack

from capshare.solvers.program import LinearProgram

Places = NDArray[np.intp]


def peng_wei(points: pd.DataFrame, k: int) -> LinearProgram:
    r"""Relax k-means to a linear programme, one column for each unordered pair of provinces.

    .. math:: \min\tfrac12\sum_{ij}\lVert x_i-x_j\rVert^2y_{ij}\;\text{ s.t. }\;y=y^\top\ge0,\;
              y\mathbf 1=\mathbf 1,\;\operatorname{tr}y=k,\;y_{ij}\le y_{ii},\;
              y_{ij}+y_{il}\le y_{ii}+y_{jl}

    A grouping is the point with :math:`y_{ij}=1/|g|` for two members of a group g and 0 otherwise, and its
    cost is its inertia, so that no grouping has a smaller one than the optimum.

    Parameters
    ----------
    points : provinces × indicators, no unit
    k : number of groups

    Returns
    -------
    LinearProgram; column ``together`` is y, rows ``member``, ``groups``, ``pair`` and ``triangle``

    References
    ----------
    Peng, J., & Wei, Y. (2007). Approximating K-means-type clustering via semidefinite programming. SIAM
    Journal on Optimization 18(1), 186-205. doi:10.1137/050641983
    """
    n, code = len(points), points.index
    first, second = np.triu_indices(n)
    pair, triple = np.nonzero(~np.eye(n, dtype=bool)), _triples(n)
    total, free = np.append(np.ones(n), float(k)), len(pair[0]) + len(triple[0])
    x = points.to_numpy(dtype=float)
    return LinearProgram(
        cost=((x[first] - x[second]) ** 2).sum(axis=1),
        matrix=_matrix(n, pair, triple),
        row_lower=np.concatenate([total, np.full(free, -np.inf)]),
        row_upper=np.concatenate([total, np.zeros(free)]),
        lower=np.zeros(len(first)),
        # Implied by the rows (y_ij ≤ y_ii, y_ij + y_ii ≤ 1); written out, any duals give a finite bound.
        upper=np.where(first == second, 1.0, 0.5),
        rows={
            "member": code,
            "groups": pd.Index(["k"]),
            "pair": _labels(code, *pair),
            "triangle": _labels(code, *triple),
        },
        columns={"together": _labels(code, first, second)},
    )


def _matrix(n: int, pair: tuple[Places, ...], triple: tuple[Places, ...]) -> csc_array:
    first, second = np.triu_indices(n)
    place = np.empty((n, n), dtype=np.intp)
    place[first, second] = place[second, first] = np.arange(len(first))
    own = place.diagonal()
    (i, j), (a, b, c) = pair, triple
    blocks = [
        (place, [1.0] * n),
        (own[None, :], [1.0] * n),
        (np.stack([place[i, j], own[i]], axis=1), [1.0, -1.0]),
        (np.stack([place[a, b], place[a, c], own[a], place[b, c]], axis=1), [1.0, 1.0, -1.0, -1.0]),
    ]
    return csc_array(vstack([_rows(columns, value, len(first)) for columns, value in blocks]))


def _triples(n: int) -> tuple[Places, Places, Places]:
    """Every province with every unordered pair of others."""
    b, c = np.triu_indices(n, 1)
    a = np.repeat(np.arange(n), len(b))
    b, c = np.tile(b, n), np.tile(c, n)
    different = (a != b) & (a != c)
    return a[different], b[different], c[different]


def _rows(places: Places, value: list[float], columns: int) -> csr_array:
    """Rows with the same values, each at its own columns."""
    count, entries = places.shape
    start = np.arange(count + 1) * entries
    return csr_array((np.tile(value, count), places.ravel(), start), shape=(count, columns))


def _labels(code: pd.Index, *places: Places) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([code.take(place) for place in places])
