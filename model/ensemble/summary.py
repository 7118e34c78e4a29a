"""What thousands of draws say of each province: quantiles, chances, and who shares a group with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.solvers.program import Vector

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}


def quantile_rows(names: Sequence[str], figure: str, values: Vector) -> pd.DataFrame:
    """Quantiles of a figure.

    Parameters
    ----------
    names : of provinces or blocks
    figure : its name, with its unit
    values : draws × names; not a number where a draw has none

    Returns
    -------
    DataFrame ``code, figure, p05, p25, p50, p75, p95``, in the unit of the figure; names without any number
    are left out
    """
    some = np.asarray(np.isfinite(values).any(axis=0))
    found = np.empty((len(QUANTILES), 0))
    if some.any():
        found = np.nanquantile(values[:, some], list(QUANTILES.values()), axis=0)
    kept = [name for name, has in zip(names, some.tolist(), strict=True) if has]
    return pd.DataFrame({"code": kept, "figure": figure, **dict(zip(QUANTILES, found, strict=True))})


def probability_rows(
    names: Sequence[str], counts: Mapping[str, NDArray[np.int64]], draws: int
) -> pd.DataFrame:
    """Probabilities of events that were counted.

    Parameters
    ----------
    names : of provinces
    counts : event → in how many draws each province had it
    draws : with a solution

    Returns
    -------
    DataFrame ``code, event, probability``, by province and in the order of the events; what never came about
    is left out
    """
    table = np.column_stack(list(counts.values()))
    # Each of thousands of regions has few of as many ranks: what never came about takes no memory.
    place, event = np.nonzero(table)
    return pd.DataFrame(
        {
            "code": np.array(names, dtype=object)[place],
            "event": np.array(list(counts), dtype=object)[event],
            "probability": table[place, event] / draws,
        }
    )


def together(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many draws two provinces are in the same group.

    Parameters
    ----------
    group : draws × provinces, numbers of groups from 0; names of groups have no meaning across draws
    """
    count = np.zeros((group.shape[1],) * 2)
    for number in range(group.max(initial=-1) + 1):
        # Products of whole numbers have no fast routine; those of floats do, and are exact up to 2 ** 53.
        member = (group == number).astype(float)
        count += member.T @ member
    return count.astype(np.int64)
