"""From indicators to scores: normalised in the direction that earns quota, weighted, added up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.chain.numbers import IndicatorNumbers
from capshare.indicators.normalise import min_max
from capshare.indicators.score import scores
from capshare.indicators.weights import weights


@dataclass(frozen=True)
class Weighed:
    """Indicators, weighted.

    Attributes
    ----------
    normalised : code × indicator, in [0, 1], no unit
    weight : index indicator, adds up to 1
    score : index code, in [0, 1]
    """

    normalised: pd.DataFrame
    weight: pd.Series
    score: pd.Series


def weigh(indicators: IndicatorNumbers) -> Weighed:
    """Normalise, weight and add up the indicators.

    Parameters
    ----------
    indicators : values with their directions, and how they are weighted

    Returns
    -------
    Weighed

    Raises
    ------
    CapshareError
        where a cell is no finite number, every indicator is constant, or given weights do not fit.
    """
    normalised = min_max(indicators.values, indicators.direction)
    weight = weights(normalised, indicators.weighting, indicators.given_weight)
    return Weighed(normalised, weight, scores(normalised, weight))
