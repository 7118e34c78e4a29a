"""The terms of a quadratic function of a technology's arguments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
import pandas as pd

from capshare.base.errors import CapshareError, Problem


def pairs(arguments: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of arguments, each with itself too.

    Parameters
    ----------
    arguments : of the function, in their order
    """
    return tuple(combinations_with_replacement(arguments, 2))


def terms(arguments: Sequence[str]) -> tuple[str, ...]:
    """Names of the function's terms: the constant, each argument, each pair.

    Parameters
    ----------
    arguments : of the function, in their order
    """
    return ("1", *arguments, *(f"{first} x {second}" for first, second in pairs(arguments)))


def scale(observations: pd.DataFrame, means: pd.Series) -> pd.DataFrame:
    """Divide every argument by its mean, after checking the cells.

    Parameters
    ----------
    observations : one column per argument at least, any index
    means : index argument

    Returns
    -------
    DataFrame
        the index of ``observations``, one column per argument in the order of ``means``, no unit

    Raises
    ------
    CapshareError
        If a column is absent or a cell is not a finite number of at least 0.
    """
    arguments = [str(name) for name in means.index]
    absent = [name for name in arguments if name not in observations.columns]
    if absent:
        raise CapshareError(
            Problem("observations", "columns", ", ".join(arguments), f"no {', '.join(absent)}", "Add them.")
        )
    known = observations[arguments].to_numpy(dtype=float)
    sound = (known >= 0) & (known < np.inf)
    if not sound.all():
        remedy = "Correct or drop it."
        raise CapshareError(
            Problem("observations", f"{label}, {name}", "a finite number >= 0", str(value), remedy)
            for column, name in enumerate(arguments)
            for label, value, is_sound in zip(
                observations.index, known[:, column], sound[:, column], strict=True
            )
            if not is_sound
        )  # fmt: skip
    return pd.DataFrame(known / means.to_numpy(dtype=float), index=observations.index, columns=arguments)


def cross_term(arguments: Sequence[str], name: str, other: str) -> str:
    """Name the term of a pair of arguments, given in either order.

    Parameters
    ----------
    arguments : of the function, in their order
    name, other : two of them
    """
    return " x ".join(sorted((name, other), key=list(arguments).index))


def level_terms(scaled: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Give what each coefficient is multiplied by in the function.

    Parameters
    ----------
    scaled : one column per argument, in multiples of their means

    Returns
    -------
    ndarray
        rows by :func:`terms` of the columns
    """
    arguments = _names(scaled)
    columns = [np.ones(len(scaled)), *(scaled[name].to_numpy() for name in arguments)]
    for first, second in pairs(arguments):
        product = scaled[first].to_numpy() * scaled[second].to_numpy()
        columns.append(product / 2 if first == second else product)
    return np.column_stack(columns)


def slope_terms(scaled: pd.DataFrame, argument: str) -> npt.NDArray[np.float64]:
    """Give what each coefficient is multiplied by in the slope of D in one argument.

    Parameters
    ----------
    scaled : one column per argument, in multiples of their means
    argument : one of them

    Returns
    -------
    ndarray
        rows by :func:`terms` of the columns
    """
    arguments, zero = _names(scaled), np.zeros(len(scaled))
    columns = [zero, *(np.full(len(scaled), float(name == argument)) for name in arguments)]
    for pair in pairs(arguments):
        other = pair[0] if pair[1] == argument else pair[1]
        columns.append(scaled[other].to_numpy() if argument in pair else zero)
    return np.column_stack(columns)


def _names(scaled: pd.DataFrame) -> list[str]:
    return [str(name) for name in scaled.columns]
