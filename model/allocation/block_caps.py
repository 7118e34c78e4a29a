"""How the national cap is divided between blocks of provinces."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_same_index
from capshare.model.allocation.projection import Projection, Vector, project

Places = NDArray[np.intp]


def by_sum(score: pd.Series, group: pd.Series) -> pd.Series:
    r"""Weight of a block: the sum of its members' scores, unchanged when a group is split in two.

    .. math:: w_g = \sum_{i\in g} s_i

    Parameters
    ----------
    score : index province, no unit
    group : index province, name of the block

    Returns
    -------
    Series, index group, no unit
    """
    require_same_index("by_sum", score=score, group=group)
    return _of_blocks(sums_array, score, group)


def by_centroid(score: pd.Series, group: pd.Series) -> pd.Series:
    r"""Weight of a block: the mean of its members' scores, whatever their number.

    .. math:: w_g = \frac{1}{|g|}\sum_{i\in g} s_i

    Parameters
    ----------
    score : index province, no unit
    group : index province, name of the block

    Returns
    -------
    Series, index group, no unit
    """
    require_same_index("by_centroid", score=score, group=group)
    return _of_blocks(means_array, score, group)


def sums_array(score: Vector, block: Places) -> Vector:
    """Weights as :func:`by_sum` has them, one per block.

    Parameters
    ----------
    score : one per province, no unit
    block : one per province, position of its block
    """
    return np.bincount(block, score).astype(float)


def means_array(score: Vector, block: Places) -> Vector:
    """Weights as :func:`by_centroid` has them, one per block.

    Parameters
    ----------
    score : one per province, no unit
    block : one per province, position of its block; each block has one
    """
    return sums_array(score, block) / np.bincount(block)


def _of_blocks(weights: Callable[[Vector, Places], Vector], score: pd.Series, group: pd.Series) -> pd.Series:
    block, names = pd.factorize(group.reindex(score.index), sort=True)
    index = pd.Index(names, name=group.name)
    return pd.Series(weights(score.to_numpy(dtype=float), block), index=index, name=score.name)


SPLITS: Mapping[str, Callable[[pd.Series, pd.Series], pd.Series]] = {
    "sum": by_sum,
    "centroid": by_centroid,
}
SPLIT_ARRAYS: Mapping[str, Callable[[Vector, Places], Vector]] = {
    "sum": sums_array,
    "centroid": means_array,
}


def given_shares(shares: Mapping[str, float], group: pd.Series) -> pd.Series:
    """Weight of a block as given, in any unit (per cent, fraction, Mt).

    Parameters
    ----------
    shares : group → share
    group : index province, name of the block

    Returns
    -------
    Series, index group

    Raises
    ------
    CapshareError
        where the shares do not name exactly the groups, or are not positive.
    """
    names, found = set(group), set(shares)
    wrong = sorted(name for name, share in shares.items() if not share > 0)
    if names == found and not wrong:
        return pd.Series(dict(shares), dtype=float).sort_index()
    text = f"{sorted(found)}, not positive: {wrong}"
    raise CapshareError(
        Problem("groups.shares", "", f"a positive share for each of {sorted(names)}", text,
                "Give every group one share.")
    )  # fmt: skip


def block_caps(weight: pd.Series, cap_mt: float, lower_mt: pd.Series, upper_mt: pd.Series) -> Projection:
    r"""Divide the cap in proportion to the blocks' weights, within the sums of their members' bounds.

    .. math:: Q_g = \mathrm{clip}\Bigl(\vartheta w_g, \sum_{i\in g}\ell_i, \sum_{i\in g}u_i\Bigr),
              \qquad \sum_g Q_g = Q

    Parameters
    ----------
    weight : index group
    cap_mt : Q, Mt
    lower_mt, upper_mt : index group; sums of the members' floors and ceilings, Mt

    Returns
    -------
    Projection, index group; ``clipped`` tells which blocks were moved

    Raises
    ------
    CapshareError
        where the floors exceed the cap or the ceilings do not reach it.
    """
    return project(weight, cap_mt, lower_mt, upper_mt, source="block_caps")
