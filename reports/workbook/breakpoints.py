r"""The factor of a clipped proportional split, found on its sorted breakpoints.

.. math:: e_i = \mathrm{clip}(\vartheta w_i, \ell_i, u_i),\qquad \sum_i e_i = Q

The sum rises with the factor, by :math:`w_i` between :math:`\ell_i/w_i` and :math:`u_i/w_i`; it is
computed at every breakpoint, and the factor lies in the segment where the sum passes the total.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Relative; LibreOffice compares numbers up to 2^-48.
_SAME = 2.0**-48


@dataclass(frozen=True)
class Breakpoints:
    """Breakpoints of one split.

    Attributes
    ----------
    ends : index (member, end), floors first; ``weight, bound_mt, breakpoint`` (NaN: none), ``change``
    walk : index 1, 2, …; ``breakpoint`` sorted, ``rate`` after it, ``sum_mt`` at it
    segment : number of the row of the walk from which the factor is reached
    factor : Mt per unit of weight
    """

    ends: pd.DataFrame
    walk: pd.DataFrame
    segment: int
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
    ends = pd.concat([_ends(weight, lower_mt, 1.0), _ends(weight, upper_mt, -1.0)], keys=["floor", "ceiling"])
    ends = ends.swaplevel().rename_axis(["member", "end"])
    known = np.sort(ends["breakpoint"].dropna().to_numpy(dtype=float))
    # Where a bound has no breakpoint the last one is repeated, as the spreadsheet does.
    padding = np.repeat(known[-1:] if len(known) else np.zeros(1), len(ends) - len(known))
    point = np.concatenate([known, padding])
    place, change = (ends[name].to_numpy(dtype=float) for name in ("breakpoint", "change"))
    rate = np.array([max(0.0, change[_reached(place, at)].sum()) for at in point])
    sums = float(lower_mt.sum()) + np.concatenate([[0.0], np.cumsum(np.diff(point) * rate[:-1])])
    segment = max(int(np.searchsorted(sums, total_mt, side="right")), 1)
    factor = point[segment - 1]
    if rate[segment - 1] > 1e-12 * weight.sum():
        factor += (total_mt - sums[segment - 1]) / rate[segment - 1]
    walk = pd.DataFrame({"breakpoint": point, "rate": rate, "sum_mt": sums}, index=range(1, len(ends) + 1))
    return Breakpoints(ends, walk, segment, float(factor))


def _reached(place: NDArray[np.float64], at: float) -> NDArray[np.bool_]:
    """Which breakpoints are at or before one; spreadsheets take numbers that differ by rounding as equal."""
    return (place <= at) | np.isclose(place, at, rtol=_SAME, atol=0.0)


def _ends(weight: pd.Series, bound_mt: pd.Series, sign: float) -> pd.DataFrame:
    exists = (weight > 0) & np.isfinite(bound_mt)
    return pd.DataFrame(
        {
            "weight": weight,
            "bound_mt": bound_mt,
            "breakpoint": (bound_mt / weight).where(exists),
            "change": (sign * weight).where(exists, 0.0),
        }
    )
