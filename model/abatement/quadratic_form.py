"""The terms of a quadratic function of capital, labour, energy, GDP and emissions."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
import pandas as pd

from capshare.base.errors import CapshareError, Problem

INPUTS = ("capital_1e8yuan", "labour_1e4", "energy_1e4tce")
GDP = "gdp_1e8yuan"
EMISSIONS = "emissions_mt"
ARGUMENTS = (*INPUTS, GDP, EMISSIONS)
PAIRS = tuple(combinations_with_replacement(ARGUMENTS, 2))
TERMS = ("1", *ARGUMENTS, *(f"{first} x {second}" for first, second in PAIRS))


def scale(observations: pd.DataFrame, means: pd.Series) -> pd.DataFrame:
    """Divide every argument by its mean, after checking the cells.

    Parameters
    ----------
    observations : columns ``ARGUMENTS``, any index
    means : index ``ARGUMENTS``

    Returns
    -------
    DataFrame
        the index of ``observations``, columns ``ARGUMENTS``, no unit

    Raises
    ------
    CapshareError
        If a column is absent or a cell is not a finite number of at least 0.
    """
    absent = [name for name in ARGUMENTS if name not in observations.columns]
    if absent:
        raise CapshareError(
            Problem("observations", "columns", ", ".join(ARGUMENTS), f"no {', '.join(absent)}", "Add them.")
        )
    known = observations[list(ARGUMENTS)].to_numpy(dtype=float)
    sound = (known >= 0) & (known < np.inf)
    if not sound.all():
        remedy = "Correct or drop it."
        raise CapshareError(
            Problem("observations", f"{label}, {name}", "a finite number >= 0", str(value), remedy)
            for column, name in enumerate(ARGUMENTS)
            for label, value, is_sound in zip(
                observations.index, known[:, column], sound[:, column], strict=True
            )
            if not is_sound
        )  # fmt: skip
    by_mean = known / means[list(ARGUMENTS)].to_numpy(dtype=float)
    return pd.DataFrame(by_mean, index=observations.index, columns=list(ARGUMENTS))


def cross_term(name: str, other: str) -> str:
    """Name the term of a pair of arguments, given in either order.

    Parameters
    ----------
    name, other : of ``ARGUMENTS``
    """
    pair = (name, other) if (name, other) in PAIRS else (other, name)
    return " x ".join(pair)


def level_terms(scaled: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Give what each coefficient is multiplied by in the function.

    Parameters
    ----------
    scaled : columns ``ARGUMENTS``, in multiples of their means

    Returns
    -------
    ndarray
        rows by ``TERMS``
    """
    columns = [np.ones(len(scaled)), *(scaled[name].to_numpy() for name in ARGUMENTS)]
    for first, second in PAIRS:
        product = scaled[first].to_numpy() * scaled[second].to_numpy()
        columns.append(product / 2 if first == second else product)
    return np.column_stack(columns)


def slope_terms(scaled: pd.DataFrame, argument: str) -> npt.NDArray[np.float64]:
    """Give what each coefficient is multiplied by in the slope of D in one argument.

    Parameters
    ----------
    scaled : columns ``ARGUMENTS``, in multiples of their means
    argument : one of ``ARGUMENTS``

    Returns
    -------
    ndarray
        rows by ``TERMS``
    """
    zero = np.zeros(len(scaled))
    columns = [zero, *(np.full(len(scaled), float(name == argument)) for name in ARGUMENTS)]
    for pair in PAIRS:
        other = pair[0] if pair[1] == argument else pair[1]
        columns.append(scaled[other].to_numpy() if argument in pair else zero)
    return np.column_stack(columns)
