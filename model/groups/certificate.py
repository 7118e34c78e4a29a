"""Whether a grouping is proven to be the best: a lower bound on the k-means inertia from an LP."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers
from capshare.model.groups.peng_wei import peng_wei
from capshare.solvers.safe_bound import safe_lower_bound

# The rows grow with the cube of the provinces: 1 s of solving at 45, 4 s at 60, 38 s at 100.
LARGEST = 60
# A relative gap below this counts as none; inertias of different groupings differ by far more.
PROVEN_GAP = 1e-6
# Squared distances are counted up to this multiple of the inertia, far above what keeps two provinces apart
# in the relaxation. Beyond it, orders of magnitude keep the interior point from getting anywhere.
FAR = 1e6


@dataclass(frozen=True)
class GroupCertificate:
    """How far a grouping may be from the best one, without unit as the indicators are.

    Attributes
    ----------
    attempted : whether a bound was computed; up to ``LARGEST`` provinces
    proven : whether the gap is at most ``tolerance``: no grouping into k is better. Where it is False the
        grouping may still be the best, as the relaxation is not always tight
    inertia : of the grouping
    bound : no grouping has a smaller inertia; None where not attempted; small, down to 0, where the solver
        ran out of iterations or time
    gap : (inertia - bound) / inertia; None where not attempted
    tolerance : relative gap that counts as none
    solver : name, version and options of the engine; empty where not attempted
    """

    attempted: bool
    proven: bool
    inertia: float
    bound: float | None
    gap: float | None
    tolerance: float
    solver: str


def group_certificate(
    points: pd.DataFrame, k: int, inertia: float, largest: int = LARGEST
) -> GroupCertificate:
    """Bound the inertia of k-means from below by its linear relaxation.

    The relaxation is that of :mod:`capshare.model.groups.peng_wei`. The bound is safe: valid whatever the
    solver's tolerance and rounding, and wherever it stopped (:mod:`capshare.solvers.safe_bound`). A smaller
    cost has a smaller optimum, so it stays one with distances counted up to a limit.

    Parameters
    ----------
    points : provinces × indicators, no unit
    k : number of groups
    inertia : within-group sum of squares of the grouping to be judged
    largest : number of provinces beyond which no bound is attempted

    Returns
    -------
    GroupCertificate

    Raises
    ------
    CapshareError
        where k is not between 1 and the number of provinces, or the inertia is negative.

    References
    ----------
    Peng, J., & Wei, Y. (2007). Approximating K-means-type clustering via semidefinite programming. SIAM
    Journal on Optimization 18(1), 186-205. doi:10.1137/050641983
    """
    require_numbers("group_certificate", "points", points)
    if not (1 <= k <= len(points) and inertia >= 0):
        raise CapshareError(
            Problem("group_certificate", "k, inertia", f"1 ≤ k ≤ {len(points)} and an inertia of 0 or more",
                    f"{k}, {inertia:g}", "Pass the result of k-means on these points.")
        )  # fmt: skip
    if len(points) > largest:
        return GroupCertificate(False, False, inertia, None, None, PROVEN_GAP, "")
    if inertia == 0:
        return GroupCertificate(True, True, inertia, 0.0, 0.0, PROVEN_GAP, "none needed")
    # Relative to the inertia, so that the solver's tolerances mean the same on any scale.
    with np.errstate(over="ignore"):
        program = peng_wei(points.sort_index() / np.sqrt(inertia), k)
    found = safe_lower_bound(replace(program, cost=np.minimum(program.cost, FAR)))
    # No inertia is negative, and none is above that of a grouping, which has rounding of its own.
    bound = min(max(found.value, 0.0), 1.0)
    gap = 1.0 - bound
    return GroupCertificate(True, gap <= PROVEN_GAP, inertia, bound * inertia, gap, PROVEN_GAP, found.engine)
