"""The frontier of a sample: estimated with a time trend where it holds, and without one beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from capshare.model.abatement.aigner_chu import estimate_distance_function
from capshare.model.abatement.distance_function import DistanceFunction
from capshare.model.abatement.frontier_programme import AignerChu
from capshare.model.abatement.observations import ProvinceYears
from capshare.model.abatement.sample import Sample, sample_of
from capshare.model.abatement.technology import Technology

TimeTrend = Literal["auto", "on", "off"]
# A convention: six more coefficients lower the sum of distances a little on any data.
LEAST_GAIN = 0.01


@dataclass(frozen=True)
class Frontier:
    """A sample and the distance function of its tightest frontier.

    Attributes
    ----------
    sample : what it was estimated from, with the years among the inputs where the time trend is kept
    function : the estimate
    trend_gain : share of the sum of distances that a time trend takes off; None where it was not estimated
    """

    sample: Sample
    function: DistanceFunction
    trend_gain: float | None


def frontier(
    observed: ProvinceYears,
    technology: Technology,
    years: tuple[int, int],
    rules: AignerChu,
    time_trend: TimeTrend = "auto",
) -> Frontier:
    r"""Estimate the frontier of a sample, and decide on its time trend.

    With a trend the years elapsed are an input: the frontier may move outwards from year to year, never
    inwards. ``auto`` keeps it where it takes at least 1 % off the least sum of distances,

    .. math:: 1-\sum_k D^{trend}(v_k)\Big/\sum_k D(v_k)\ge 0.01

    Parameters
    ----------
    observed : province-years
    technology : without a time trend
    years : first and last year asked for
    rules : guards and null-jointness
    time_trend : whether the frontier may move: ``on``, ``off``, or ``auto``

    Returns
    -------
    Frontier

    Raises
    ------
    CapshareError
        As of :func:`~capshare.model.abatement.sample.sample_of`, or if no function keeps the rules.
    """
    still = sample_of(observed, technology, years)
    if time_trend == "off":
        return Frontier(still, _function(still, rules), None)
    moving = sample_of(observed, technology.with_trend(), years)
    function, with_trend = _function(still, rules), _function(moving, rules)
    gain = 0.0
    if function.total_distance > 0:
        gain = 1 - with_trend.total_distance / function.total_distance
    if time_trend == "on" or gain >= LEAST_GAIN:
        return Frontier(moving, with_trend, gain)
    return Frontier(still, function, gain)


def _function(sample: Sample, rules: AignerChu) -> DistanceFunction:
    return estimate_distance_function(
        sample.observations,
        sample.base,
        rules,
        technology=sample.technology,
        means=sample.means,
        counts=sample.counts,
    )
