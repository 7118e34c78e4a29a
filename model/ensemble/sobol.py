"""What drives a spread: Sobol indices of groups of inputs, from pairs of draws that exchange one of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from capshare.solvers.program import Vector

RESAMPLES = 200
INTERVAL = (0.05, 0.95)
# Of the figure's own size, squared: less than this is rounding, no spread.
_NOTHING = 1e-18


class Sobol(NamedTuple):
    """Indices, inputs × figures, no unit; not a number where a figure does not vary.

    Attributes
    ----------
    first_order : part of the variance that goes if the input is known
    total : part that stays if all others are known
    low, high : 5 and 95 % of the total, by resampling the pairs
    """

    first_order: Vector
    total: Vector
    low: Vector
    high: Vector


def sobol_indices(one: Vector, other: Vector, mixed: Vector, seed: int) -> Sobol:
    r"""Estimate first-order indices by Saltelli's formula and total ones by Jansen's.

    .. math:: S_g = \frac{1}{NV}\sum_n f(B)_n(f(A_B^g)_n-f(A)_n),\qquad
              T_g = \frac{1}{2NV}\sum_n (f(A)_n-f(A_B^g)_n)^2

    An input may be a whole group of numbers, such as the errors of thirty provinces or the weights: all of
    them are exchanged at once.

    Parameters
    ----------
    one, other : f(A) and f(B), pairs × figures, at least one pair: the same figures of two independent draws
    mixed : inputs × pairs × figures; those of the first draw with one input of the second
    seed : of the resampling

    Returns
    -------
    Sobol

    References
    ----------
    Jansen, M. J. W. (1999). Computer Physics Communications 117, 35-43. doi:10.1016/S0010-4655(98)00154-4
    Saltelli, A., et al. (2010). Computer Physics Communications 181, 259-270. doi:10.1016/j.cpc.2009.09.018
    """
    pairs = len(one)
    # Around its mean a figure loses no digits when it is squared.
    middle = np.concatenate([one, other]).mean(axis=0)
    one, other, mixed = one - middle, other - middle, mixed - middle
    moved = mixed - one
    moved[np.square(moved) <= _NOTHING * np.square(middle)] = 0.0
    kept, common = np.square(moved) / 2, other * moved
    random = np.random.Generator(np.random.Philox(key=seed))
    times = random.multinomial(pairs, np.full(pairs, 1 / pairs), size=RESAMPLES) / pairs
    once = np.full((1, pairs), 1 / pairs)
    of_all, of_each = (_variance(each, one, other, np.square(middle)) for each in (once, times))
    resampled = (times @ kept) / of_each
    low, high = np.quantile(resampled, INTERVAL, axis=1)
    return Sobol((once @ common / of_all)[:, 0], (once @ kept / of_all)[:, 0], low, high)


def _variance(times: Vector, one: Vector, other: Vector, size: Vector) -> Vector:
    """Variance of all draws of each resample, resamples × figures; not a number where there is none."""
    mean = times @ (one + other) / 2
    variance = times @ (np.square(one) + np.square(other)) / 2 - np.square(mean)
    return np.where(variance > _NOTHING * size, variance, np.nan)
