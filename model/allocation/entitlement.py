"""What each province is entitled to in its block: affine in the quota of the block, clipped to bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.model.allocation.projection import Vector, project_arrays, room_problems


def entitlements(
    share: pd.Series,
    block: pd.Series,
    cap_mt: pd.Series,
    lower_mt: pd.Series,
    upper_mt: pd.Series,
    offset_mt: pd.Series | None = None,
) -> pd.DataFrame:
    r"""Entitlement of each province, as a number and as a function of its block's quota.

    .. math:: e_i = \kappa_i + \varphi_i X_g,\qquad
              e_i = \mathrm{clip}(o_i + \vartheta_g s_i, \ell_i, u_i),\qquad \sum_{i\in g} e_i = Q_g

    A clipped province has :math:`\varphi_i=0`; the others share what is left in proportion to
    :math:`s_i`. Written this way, the price of a block's cap says what editing the cap does. An offset moves
    a province by an amount that does not depend on the cap, as points of a cut do.

    Parameters
    ----------
    share : index province, raw share :math:`s_i`, any unit, ≥ 0
    block : index province, name of its block
    cap_mt : index block, Mt
    lower_mt, upper_mt : index province, Mt
    offset_mt : index province, :math:`o_i`, Mt; None: 0 everywhere

    Returns
    -------
    DataFrame, index province; ``entitlement_mt, constant_mt, slope, clipped``

    Raises
    ------
    CapshareError
        where the frames are of other provinces, or a block's bounds leave no room for its cap.
    """
    require_same_index("entitlements", share=share, block=block, lower_mt=lower_mt, upper_mt=upper_mt)
    require_numbers("entitlements", "share", share)
    require_numbers("entitlements", "lower_mt", lower_mt)
    labels, members = share.index, _members(block.reindex(share.index))
    names, w = labels.to_numpy(dtype=object), share.to_numpy(dtype=float)
    low, high = (bound.reindex(labels).to_numpy(dtype=float) for bound in (lower_mt, upper_mt))
    offset = np.zeros(len(w)) if offset_mt is None else offset_mt.reindex(labels).to_numpy(dtype=float)
    total = _totals(cap_mt, members)
    problems = [
        problem
        for name, at in members.items()
        for problem in room_problems(
            f"entitlements, block {name}",
            names[at],
            w[at],
            total[name] - offset[at].sum(),
            low[at] - offset[at],
            high[at] - offset[at],
        )
    ]
    if problems:
        raise CapshareError(problems)
    split = entitlement_arrays(w, list(members.values()), list(total.values()), low, high, offset)
    return pd.DataFrame(split._asdict(), index=labels)


class EntitlementArrays(NamedTuple):
    """Entitlements without labels, one per province: what :func:`entitlements` says, as arrays."""

    entitlement_mt: Vector
    constant_mt: Vector
    slope: Vector
    clipped: NDArray[np.object_]


def entitlement_arrays(
    w: Vector,
    members: Sequence[NDArray[np.intp]],
    total_mt: Iterable[float],
    low: Vector,
    high: Vector,
    offset: Vector | None = None,
) -> EntitlementArrays:
    """Entitlements as :func:`entitlements` has them, for bounds that leave room in every block.

    Parameters
    ----------
    w : raw shares, one per province, ≥ 0
    members : of each block, positions of its provinces
    total_mt : of each block, its cap, Mt
    low, high : one per province, Mt
    offset : one per province, Mt; None: 0 everywhere
    """
    offset = np.zeros(len(w)) if offset is None else offset
    amount, constant, slope = np.empty((3, len(w)))
    clipped = np.empty(len(w), dtype=object)
    for at, total in zip(members, total_mt, strict=True):
        # Bounds and total less the offsets are bounds and total of the proportional part.
        own, moved = offset[at], offset[at].sum()
        split = project_arrays(w[at], total - moved, low[at] - own, high[at] - own)
        amount[at], slope[at], clipped[at] = split.amount_mt + own, split.slope, split.clipped
        constant[at] = split.constant_mt + own - split.slope * moved
    return EntitlementArrays(amount, constant, slope, clipped)


def _totals(cap_mt: pd.Series, members: Mapping[str, NDArray[np.intp]]) -> dict[str, float]:
    without = [name for name in members if name not in cap_mt.index]
    if without:
        raise CapshareError(
            Problem("entitlements", "cap_mt", "a cap for every block", f"none for {without}",
                    "Supply the caps, in Mt.")
        )  # fmt: skip
    require_numbers("entitlements", "cap_mt", cap_mt)
    return {name: float(cap_mt[name]) for name in members}


def _members(block: pd.Series) -> dict[str, NDArray[np.intp]]:
    """Positions of each block's provinces."""
    codes, names = pd.factorize(block, sort=True)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))[:-1]
    return dict(zip(map(str, names), np.split(order, ends), strict=True))
