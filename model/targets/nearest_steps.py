"""The nearest rounding of cuts, found by search: what the integer programme finds, in a few milliseconds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Places = NDArray[np.intp]

# Cuts that differ by less are one, points: those of a bound tier come out of a solver.
SAME_POINTS = 1e-6
# Of several roundings that are as near, the one that goes less beyond.
LESS_BEYOND = 1e-6
# Of sums and bounds, points.
ROUNDING = 1e-9
# The search keeps what may still come within so much of the bound, then within a multiple of it, points.
FIRST_GAP, WIDER = 4e-4, 2.0
# Beyond so many roundings at once, as many cuts at the same part of a step make them, the search would take
# longer than the integer programme.
MOST_AT_ONCE = 8_000
# Multipliers that bounds are taken of, the nearest to the best: more of them drop hardly more roundings.
MULTIPLIERS = 16


class _Choices(NamedTuple):
    """What each cut may be rounded to, cuts from the least to the greatest, equal ones together.

    Attributes
    ----------
    owner : of each given cut, its position among these
    steps, distance : cuts × choices; whole steps, and weighted distance from the cut, inf where there is no
        such choice, points
    amount : cuts × choices; what a choice adds to the national cut, points
    """

    owner: Places
    steps: Vector
    distance: Vector
    amount: Vector


class _Bounds(NamedTuple):
    """The least that distances can add up to, by Lagrange multipliers of the national cut.

    Attributes
    ----------
    multiplier : one for each bound
    target : the side of the national cut that each is of, points
    further : cuts × choices × multipliers; least that all later cuts add
    least : of all roundings
    """

    multiplier: Vector
    target: Vector
    further: Vector
    least: float


def nearest_steps(
    cut_pct: Vector,
    share: Vector,
    national_cut_pct: float,
    *,
    step_points: float,
    band_pct: tuple[float, float],
    beyond_points: float,
) -> Vector | None:
    r"""Cuts in whole steps, as near to the given ones as the national cut and their order allow.

    .. math:: \min \sum_i b_i\,|c^r_i-c_i| \quad\text{s.t.}\quad
              \bar c \le \sum_i b_i c^r_i \le \bar c + \tau,\quad |c^r_i-c_i|\le\delta,\quad
              c_i \le c_j \Rightarrow c^r_i \le c^r_j

    Cut by cut, every rounding is kept whose distance, with the least that the others can add by a bound of
    Lagrange's, is near the least of all; the best of those is the best there is.

    Parameters
    ----------
    cut_pct : cuts to round, one per province, %
    share : b, of emissions at constant intensity, one per province, adds up to 1
    national_cut_pct : :math:`\bar c`, %
    step_points : δ, percentage points
    band_pct : least and most that a rounded cut may be, %
    beyond_points : τ, how far rounded cuts may go beyond the national one, percentage points

    Returns
    -------
    Rounded cuts, one per province, %; None where no rounding meets the national cut so nearly, or too many
    roundings are alike: both are for :func:`capshare.model.targets.rounding.rounded_cuts`
    """
    choices = _choices(cut_pct, share, step_points, band_pct)
    if choices is None:
        return None
    window = (national_cut_pct, national_cut_pct + beyond_points)
    bounds, gap = _bounds(choices, window), FIRST_GAP
    widest = float(np.where(np.isfinite(choices.distance), choices.distance, 0.0).max(axis=1).sum())
    while True:
        chosen = _search(choices, bounds, window, gap)
        if chosen is not None:
            steps = choices.steps[np.arange(len(choices.steps)), chosen][choices.owner]
            return np.asarray(steps * step_points)
        if gap > widest or not np.isfinite(bounds.least):
            return None
        gap *= WIDER


def _choices(cut: Vector, share: Vector, step: float, band: tuple[float, float]) -> _Choices | None:
    """The whole steps inside the band and within a step of each cut; None where a cut has none."""
    order = np.argsort(cut, kind="stable")
    place = np.concatenate([[0], np.cumsum(np.diff(cut[order]) > SAME_POINTS)])
    owner = np.empty(len(cut), dtype=np.intp)
    owner[order] = place
    count = int(place[-1]) + 1
    low, high = np.full(count, np.ceil(band[0] / step - ROUNDING)), np.full(count, np.inf)
    np.maximum.at(low, owner, np.ceil(cut / step - 1 - ROUNDING))
    np.minimum.at(high, owner, np.floor(np.minimum(cut / step + 1, band[1] / step) + ROUNDING))
    if (low > high).any():
        return None
    steps = low[:, None] + np.arange((high - low).max() + 1)
    away = share[:, None] * np.abs(step * steps[owner] - cut[:, None])
    distance = np.zeros(steps.shape)
    np.add.at(distance, owner, away)
    distance[steps > high[:, None]] = np.inf
    together: Vector = np.bincount(owner, share).astype(float)[:, None] * step * steps
    return _Choices(owner, steps, distance, together)


def _bounds(choices: _Choices, window: tuple[float, float]) -> _Bounds:
    distance, amount = choices.distance, choices.amount
    with np.errstate(invalid="ignore"):
        slopes = np.diff(distance, axis=1) / np.diff(amount, axis=1)
    multiplier = np.unique(np.concatenate([[0.0], slopes[np.isfinite(slopes)]]))
    target = np.where(multiplier < 0, window[1], window[0])
    further = np.zeros((*distance.shape, len(multiplier)))
    for cut in range(len(distance) - 1, 0, -1):
        later = distance[cut, :, None] - multiplier * amount[cut, :, None] + further[cut]
        for choice, steps in enumerate(choices.steps[cut - 1]):
            allowed = choices.steps[cut] >= steps
            further[cut - 1, choice] = later[allowed].min(axis=0, initial=np.inf)
    whole = distance[0, :, None] - multiplier * amount[0, :, None] + further[0]
    least = whole.min(axis=0) + multiplier * target
    first = max(int(least.argmax()) - MULTIPLIERS // 2, 0)
    near = slice(first, first + MULTIPLIERS)
    return _Bounds(multiplier[near], target[near], further[:, :, near], float(least.max()))


def _search(choices: _Choices, bounds: _Bounds, window: tuple[float, float], gap: float) -> Places | None:
    """The choice of each cut in the best rounding that is within the gap of the bound; None without one."""
    trail: list[tuple[Places, Places]] = []
    steps, distance, amount = np.full(1, -np.inf), np.zeros(1), np.zeros(1)
    for cut in range(len(choices.steps)):
        so_far = distance[:, None] + choices.distance[cut]
        together = amount[:, None] + choices.amount[cut]
        least = so_far[:, :, None] + bounds.further[cut]
        least = (least + bounds.multiplier * (bounds.target - together[:, :, None])).max(axis=2)
        kept = (least <= bounds.least + gap) & (choices.steps[cut] >= steps[:, None])
        before, choice = np.nonzero(kept)
        if not 0 < len(before) <= MOST_AT_ONCE:
            return None
        trail.append((before, choice))
        steps, distance, amount = choices.steps[cut, choice], so_far[kept], together[kept]
    inside = (amount >= window[0] - ROUNDING) & (amount <= window[1] + ROUNDING)
    total = np.where(inside, distance + LESS_BEYOND * (amount - window[0]), np.inf)
    best = int(total.argmin())
    # A rounding beyond the gap may be beaten by one that was not kept.
    if not distance[best] <= bounds.least + gap or not inside[best]:
        return None
    chosen = np.empty(len(trail), dtype=np.intp)
    for cut in range(len(trail) - 1, -1, -1):
        before, choice = trail[cut]
        chosen[cut], best = choice[best], before[best]
    return chosen
