"""What it takes to trust k-means groups, brought together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from capshare.model.groups.certificate import GroupCertificate, group_certificate
from capshare.model.groups.choice import LARGEST, group_choice
from capshare.model.groups.kmeans import Grouping, kmeans
from capshare.model.groups.stability import group_stability
from capshare.model.groups.validity import adjusted_rand

Seen = Literal["unweighted", "weighted"]


@dataclass(frozen=True)
class GroupDiagnostics:
    """How firm groups are, how many there should be, and what the weights do to them.

    Attributes
    ----------
    grouping : what is judged
    choice : index k; from :func:`~capshare.model.groups.choice.group_choice`, and ``asked``
    stability : index code; from :func:`~capshare.model.groups.stability.group_stability`, and
        ``group_unweighted, group_weighted``, the groups on the indicators as they are and times their weights
    certificate : whether no other grouping into as many groups is better
    other : whether the groups not used are the "weighted" or the "unweighted" ones
    adjusted_rand : agreement of the two, 1 for the same groups and 0 as by chance; None where the indicators
        that have weight do not tell as many provinces apart as there are groups
    """

    grouping: Grouping
    choice: pd.DataFrame
    stability: pd.DataFrame
    certificate: GroupCertificate
    other: Seen
    adjusted_rand: float | None


def group_diagnostics(
    normalised: pd.DataFrame,
    weight: pd.Series,
    score: pd.Series,
    grouping: Grouping,
    *,
    on: Seen,
    seed: int,
    draws: int,
) -> GroupDiagnostics:
    """Judge the groups that k-means found.

    Parameters
    ----------
    normalised : provinces × indicators, no unit
    weight : index indicator, no unit
    score : index province; orders the names of groups
    grouping : result of k-means on these indicators, into at least 2 and fewer groups than provinces
    on : whether k-means saw the indicators "unweighted" or "weighted"
    seed, draws : of everything drawn at random; draws at least 1

    Returns
    -------
    GroupDiagnostics

    Raises
    ------
    CapshareError
        where the provinces differ, or the groups are one or as many as the provinces.
    """
    seen: dict[Seen, pd.DataFrame] = {"unweighted": normalised, "weighted": normalised * weight}
    other: Seen = "unweighted" if on == "weighted" else "weighted"
    points, k = seen[on], grouping.group.nunique()
    stability = group_stability(points, grouping.group, seed, draws=draws)
    choice = group_choice(points, seed, largest=max(k, LARGEST), draws=draws)
    agreement = None
    if len(seen[other].drop_duplicates()) >= k:
        group = kmeans(seen[other], score, k, seed, grouping.restarts).group
        agreement = adjusted_rand(grouping.group, group)
        groups = {f"group_{on}": grouping.group, f"group_{other}": group}
        stability = stability.assign(**{name: groups[name] for name in sorted(groups)})
    return GroupDiagnostics(
        grouping=grouping,
        choice=choice.assign(asked=choice.index == k),
        stability=stability,
        certificate=group_certificate(points, k, grouping.inertia),
        other=other,
        adjusted_rand=agreement,
    )
