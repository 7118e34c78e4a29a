"""Parts that the array builders share: diagonals and labels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.allocation.constraints.record import Coefficients
from capshare.model.allocation.data import AllocationData


def provinces(data: AllocationData) -> pd.Index:
    """Labels of the provinces, or of their years in a joint allocation.

    Parameters
    ----------
    data : an allocation
    """
    return plain(data.provinces.index)


def blocks(data: AllocationData) -> pd.Index:
    """Labels of the blocks.

    Parameters
    ----------
    data : an allocation
    """
    return plain(data.caps_mt.index)


def each(n: int, value: float = 1.0) -> Coefficients:
    """The same coefficient in every row, of the variable of its position.

    Parameters
    ----------
    n : number of rows, and of the variable's columns
    value : the coefficient
    """
    own = np.arange(n)
    return Coefficients(own, own, np.full(n, value))


def both(first: Coefficients, second: Coefficients) -> Coefficients:
    """Coefficients of one variable at places that have none in common.

    Parameters
    ----------
    first, second : to be joined
    """
    return Coefficients(*(np.concatenate(pair) for pair in zip(first, second, strict=True)))


def plain(index: pd.Index) -> pd.Index:
    """The labels without the name of their index.

    Parameters
    ----------
    index : of any labels
    """
    return index.rename(None)
