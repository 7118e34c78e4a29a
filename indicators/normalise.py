"""Min-max normalisation of indicators in the direction that earns quota."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers
from capshare.base.notes import Note, caution
from capshare.base.shown import shown

Array = NDArray[np.float64]


def min_max(values: pd.DataFrame, direction: Mapping[str, str]) -> pd.DataFrame:
    r"""Rescale each indicator to [0, 1] in the direction that earns quota.

    .. math:: z_{ij} = \frac{x_{ij}-\min_i x_{ij}}{\max_i x_{ij}-\min_i x_{ij}}

    and :math:`1-z_{ij}` for direction "less". A constant column becomes 0 throughout: it tells no
    province from another.

    Parameters
    ----------
    values : provinces × indicators, any unit
    direction : indicator → "more" (of it earns more quota) or "less"

    Returns
    -------
    DataFrame, provinces × indicators, no unit, in [0, 1]

    Raises
    ------
    CapshareError
        where a cell is not a finite number, an indicator has no direction, or all are constant.

    """
    require_numbers("min_max", "values", values)
    _require_directions(values, direction)
    constant = constant_columns(values)
    if len(constant) == values.shape[1]:
        raise CapshareError(
            Problem("min_max", "values", "an indicator that differs between provinces",
                    f"{constant}, each constant", "Choose at least one indicator that varies.")
        )  # fmt: skip
    less = np.array([direction[name] == "less" for name in values.columns])
    z = min_max_array(values.to_numpy(dtype=float), less)
    return pd.DataFrame(z, index=values.index, columns=values.columns)


def min_max_array(values: Array, less: NDArray[np.bool_]) -> Array:
    """Rescale each column as :func:`min_max` does.

    Parameters
    ----------
    values : provinces × indicators, finite, any unit
    less : one per indicator, whether less of it earns more quota
    """
    low, high = values.min(axis=0), values.max(axis=0)
    varies = high > low
    z: Array = (values - low) / np.where(varies, high - low, 1.0)
    return np.where(less & varies, 1.0 - z, z)


def constant_columns(values: pd.DataFrame) -> list[str]:
    """Indicators that are the same in every province.

    Parameters
    ----------
    values : provinces × indicators, any unit
    """
    return [str(name) for name in values.columns[values.max() == values.min()]]


def constant_notes(values: pd.DataFrame) -> tuple[Note, ...]:
    """Which indicators tell no province from another, and so carry no weight.

    Parameters
    ----------
    values : provinces × indicators, any unit
    """
    constant = constant_columns(values)
    return (caution("constant", indicators=constant),) if constant else ()


def _require_directions(values: pd.DataFrame, direction: Mapping[str, str]) -> None:
    problems = [
        Problem("min_max", f"direction of {name}", '"more" or "less"', shown(direction.get(name)),
                "Say whether more or less of it earns quota.")
        for name in values.columns
        if direction.get(name) not in ("more", "less")
    ]  # fmt: skip
    if problems:
        raise CapshareError(problems)
