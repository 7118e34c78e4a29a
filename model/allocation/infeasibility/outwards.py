"""Numbers rounded away from what they were, so that a change typed in as printed is large enough."""

from __future__ import annotations

import numpy as np
import pandas as pd

# A change this much above a round number, relative to it, is that round number.
ROUNDING = 1e-9


def outwards(before: pd.Series, after: pd.Series, digits: int) -> pd.Series:
    """Round numbers away from what they were, to as many digits of the change.

    Parameters
    ----------
    before, after : one index, any unit
    digits : significant digits of ``after - before``

    Returns
    -------
    Series; what is printed of it to twelve digits is the number itself
    """
    change = (after - before).to_numpy(dtype=float)
    with np.errstate(divide="ignore"):
        exponent = np.where(change != 0, np.floor(np.log10(np.abs(change))), 0.0)
    unit = 10.0 ** (exponent - digits + 1)
    start = before.to_numpy(dtype=float) / unit
    # A quotient that exceeds a round number by rounding alone is that number.
    reach = np.abs(change) / unit * (1 - ROUNDING)
    round_up = np.ceil(start + reach - ROUNDING) * unit
    round_down = np.floor(start - reach + ROUNDING) * unit
    rounded = np.where(change > 0, round_up, round_down)
    printed = [plain(number) for number in rounded]
    return pd.Series(np.where(change != 0, printed, before.to_numpy(dtype=float)), index=before.index)


def plain(number: float) -> float:
    """The number as it reads with twelve digits: what is typed in from a message is what was tried.

    Parameters
    ----------
    number : any
    """
    return float(f"{number:.12g}")
