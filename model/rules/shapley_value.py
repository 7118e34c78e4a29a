"""Shapley value: what each player adds to a coalition, averaged over all orders of joining."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem

# The 2^15 coalitions take 0.2 s where a worth takes no time; each further player doubles them.
MOST_EXACT = 15

Worth = Callable[[frozenset[str]], float]


@dataclass(frozen=True)
class ShapleyValue:
    """The value of a game to its players.

    Attributes
    ----------
    value : index player, in the unit of the worth; adds up to the worth of all
    standard_error : index player, same unit; 0 where exact
    orders : how many orders of joining were drawn; 0 where exact
    """

    value: pd.Series
    standard_error: pd.Series
    orders: int


def shapley_value(players: Iterable[str], worth: Worth, orders: int = 2000, seed: int = 0) -> ShapleyValue:
    r"""Shapley value, exact for up to 15 players and from sampled orders of joining above.

    .. math:: \phi_i = \sum_{S\not\ni i}\frac{|S|!\,(n-|S|-1)!}{n!}\,\bigl[v(S\cup i)-v(S)\bigr]

    Parameters
    ----------
    players : names, each once; their order does not matter
    worth : v, of a coalition of names; that of nobody is 0 and not asked for
    orders : how many orders to draw above 15 players, at least 2
    seed : of the draws

    Returns
    -------
    ShapleyValue, players in alphabetical order

    Raises
    ------
    CapshareError
        where there is no player, one appears twice, or fewer than two orders are to be drawn.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. doi:10.1515/9781400881970-018
    Castro, J., Gómez, D., & Tejada, J. (2009). Computers & Operations Research 36(5), 1726-1730.
    doi:10.1016/j.cor.2008.04.004
    """
    names = sorted(players)
    if not names or len(set(names)) < len(names):
        remedy = "Name every player once."
        raise CapshareError(Problem("shapley_value", "players", "each player once", f"{names}", remedy))
    if len(names) <= MOST_EXACT:
        value = _exact(names, worth)
        return ShapleyValue(value, pd.Series(0.0, index=value.index, name="standard_error"), 0)
    if orders < 2:
        remedy = f"More than {MOST_EXACT} players need a sample."
        raise CapshareError(Problem("shapley_value", "orders", "at least 2 orders", f"{orders}", remedy))
    return _sampled(names, worth, orders, seed)


def _exact(names: list[str], worth: Worth) -> pd.Series:
    n = len(names)
    masks = np.arange(2**n)
    member = (masks[:, None] >> np.arange(n)) & 1 == 1
    worths = np.array([0.0, *(worth(frozenset(np.array(names)[row].tolist())) for row in member[1:])])
    size = member.sum(axis=1)
    weight = np.array([math.factorial(s) * math.factorial(n - s - 1) / math.factorial(n) for s in range(n)])
    value = []
    for player in range(n):
        without = masks[~member[:, player]]
        gain = worths[without | (1 << player)] - worths[without]
        value.append(float(weight[size[without]] @ gain))
    return pd.Series(value, index=pd.Index(names, name="player"), name="value")


def _sampled(names: list[str], worth: Worth, orders: int, seed: int) -> ShapleyValue:
    generator = np.random.default_rng(seed)
    gain = np.zeros((orders, len(names)))
    for drawn in range(orders):
        joined: frozenset[str] = frozenset()
        before = 0.0
        for player in generator.permutation(len(names)):
            joined |= {names[player]}
            after = worth(joined)
            gain[drawn, player], before = after - before, after
    index = pd.Index(names, name="player")
    error = gain.std(axis=0, ddof=1) / math.sqrt(orders)
    return ShapleyValue(
        value=pd.Series(gain.mean(axis=0), index=index, name="value"),
        standard_error=pd.Series(error, index=index, name="standard_error"),
        orders=orders,
    )
