r"""The factor of a clipped proportional split, found on its breakpoints.

.. math:: e_i = \mathrm{clip}(\vartheta w_i, \ell_i, u_i),\qquad \sum_i e_i = Q,\qquad
    S(\vartheta) = \sum_i \ell_i + \sum_{\ell_i/w_i\le\vartheta} w_i\Bigl(\vartheta-\frac{\ell_i}{w_i}\Bigr)
    - \sum_{u_i/w_i\le\vartheta} w_i\Bigl(\vartheta-\frac{u_i}{w_i}\Bigr)

The sum S is computed at every breakpoint, and the factor lies between the last where it does not exceed the
total and the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.model.allocation.projection import ROUNDING


@dataclass(frozen=True)
class Breakpoints:
    """Breakpoints of one split.

    Attributes
    ----------
    members : index member; ``weight, lower_mt, upper_mt``, ``floor_point`` (bound over weight; 0 without
        weight), ``ceiling_weight`` (0 without an upper bound), ``ceiling_point``, ``sum_at_floor_mt``,
        ``sum_at_ceiling_mt``
    point : the last breakpoint at or before the factor
    rate : weights of those still free after it
    sum_mt : the sum of the split at it, Mt
    factor : Mt per unit of weight
    """

    members: pd.DataFrame
    point: float
    rate: float
    sum_mt: float
    factor: float


def breakpoints(weight: pd.Series, total_mt: float, lower_mt: pd.Series, upper_mt: pd.Series) -> Breakpoints:
    """Walk along the breakpoints of a split.

    Parameters
    ----------
    weight, lower_mt, upper_mt : index member; weights in any unit, bounds in Mt, the upper may be infinite
    total_mt : Q, Mt

    Returns
    -------
    Breakpoints
    """
    w, low, high = (values.to_numpy(dtype=float) for values in (weight, lower_mt, upper_mt))
    limited = np.where(np.isfinite(high), w, 0.0)
    floor_point = np.divide(low, w, out=np.zeros_like(w), where=w > 0)
    ceiling_point = np.divide(high, limited, out=np.zeros_like(w), where=limited > 0)
    members = pd.DataFrame(
        {
            "weight": w,
            "lower_mt": low,
            "upper_mt": high,
            "floor_point": floor_point,
            "ceiling_weight": limited,
            "ceiling_point": ceiling_point,
            "sum_at_floor_mt": _sums(floor_point, w, floor_point, limited, ceiling_point) + low.sum(),
            "sum_at_ceiling_mt": _sums(ceiling_point, w, floor_point, limited, ceiling_point) + low.sum(),
        },
        index=weight.index,
    )
    point = _last_point(members, total_mt)
    rate = float(w[floor_point <= point].sum() - limited[ceiling_point <= point].sum())
    sum_mt = float(_sums(np.array([point]), w, floor_point, limited, ceiling_point)[0] + low.sum())
    factor = point + ((total_mt - sum_mt) / rate if rate > ROUNDING * w.sum() else 0.0)
    return Breakpoints(members, point, rate, sum_mt, factor)


def _last_point(members: pd.DataFrame, total_mt: float) -> float:
    """The largest breakpoint at which the sum has not passed the total."""
    points = members[["floor_point", "ceiling_point"]].to_numpy(dtype=float)
    sums = members[["sum_at_floor_mt", "sum_at_ceiling_mt"]].to_numpy(dtype=float)
    reached = sums <= total_mt + ROUNDING * abs(total_mt)
    return float(points[reached].max()) if reached.any() else float(points.min())


def _sums(
    at: NDArray[np.float64],
    weight: NDArray[np.float64],
    floor_point: NDArray[np.float64],
    limited: NDArray[np.float64],
    ceiling_point: NDArray[np.float64],
) -> NDArray[np.float64]:
    """By how much the split exceeds its lower bounds at some factors, Mt."""
    return _gained(at, weight, floor_point) - _gained(at, limited, ceiling_point)


def _gained(
    at: NDArray[np.float64], weight: NDArray[np.float64], point: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights times how far each breakpoint lies behind, summed over those that are reached."""
    order = np.argsort(point, kind="stable")
    reached = np.searchsorted(point[order], at, side="right")
    weights, amounts = (
        np.concatenate([[0.0], np.cumsum(values[order])]) for values in (weight, weight * point)
    )
    gained: NDArray[np.float64] = at * weights[reached] - amounts[reached]
    return gained
