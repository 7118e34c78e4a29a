"""Reduction potential of a variant's provinces in deficit, on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.chain.inputs import Inputs
from capshare.model.outcome.balance import in_deficit
from capshare.model.outcome.potential import orient, potential
from capshare.model.outcome.potential_arrays import PotentialArrays, potential_arrays
from capshare.solvers.program import Vector
from capshare.study.study import Study


@dataclass(frozen=True)
class PotentialNumbers:
    """What potential is computed from, provinces in the order of their codes.

    Attributes
    ----------
    values : provinces × indicators, each in its own unit
    less : whether less of it means more potential, one per indicator
    names : of the indicators
    keep : "kaiser", or the share of the variance that the components explain
    """

    values: Vector
    less: NDArray[np.bool_]
    names: tuple[str, ...]
    keep: Literal["kaiser"] | float


def potential_numbers(study: Study, inputs: Inputs) -> PotentialNumbers | None:
    """The numbers of a study's potential; None where it does not ask for it.

    Parameters
    ----------
    study, inputs : a study and what it reads
    """
    table, asked = inputs.potential_indicators, study.potential
    if table is None or asked is None:
        return None
    direction = {indicator.id: indicator.direction for indicator in asked.indicators}
    kept = asked.components
    return PotentialNumbers(
        values=table.sort_index().to_numpy(dtype=float),
        less=np.array([direction[name] == "less" for name in table.columns]),
        names=tuple(map(str, table.columns)),
        keep="kaiser" if kept == "kaiser" else kept.variance,
    )


def deficit_potential(balance_mt: Vector, numbers: PotentialNumbers) -> PotentialArrays:
    """Score and rank the provinces in deficit.

    Parameters
    ----------
    balance_mt : quota less emissions, one per province, Mt
    numbers : of the potential

    Returns
    -------
    PotentialArrays, one per province; score NaN and rank 0 where a province is not in deficit, or too few are
    for a ranking

    Raises
    ------
    CapshareError
        where the numbers do not make a ranking, as the labelled chain says it.
    """
    score, rank = np.full(len(balance_mt), np.nan), np.zeros(len(balance_mt), dtype=np.intp)
    deficit = in_deficit(balance_mt)
    values = numbers.values[deficit]
    by_name = np.argsort(np.array(numbers.names))
    found = None
    if np.isfinite(values).all():
        found = potential_arrays(np.where(numbers.less, -values, values), by_name, numbers.keep)
    if found is None:
        frame = pd.DataFrame(values, columns=list(numbers.names))
        words = dict(zip(numbers.names, np.where(numbers.less, "less", "more").tolist(), strict=True))
        potential(orient(frame, words), numbers.keep)
        return PotentialArrays(score, rank)
    score[deficit], rank[deficit] = found
    return PotentialArrays(score, rank)
