"""What a planner should know about groups."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution, detail
from capshare.model.groups.certificate import LARGEST, GroupCertificate
from capshare.model.groups.choice import gap_answer
from capshare.model.groups.diagnostics import GroupDiagnostics
from capshare.model.groups.kmeans import roman_value

# A province that leaves its group in more than a quarter of the draws could as well be counted elsewhere.
LOOSE = 0.75
# Hennig 2007: a group whose mean similarity is smaller should not be trusted.
UNTRUSTED_JACCARD = 0.6
# Relative; inertias that differ by less are those of the same groups, rounded.
BETTER = 1e-6


def group_notes(found: GroupDiagnostics) -> list[Note]:
    """How firm the groups are, how many there should be, and what the weights do to them.

    Parameters
    ----------
    found : the diagnostics
    """
    return [
        *_optimality(found),
        _choice(found.choice),
        _gap(found.choice),
        _stability(found.stability),
        *_weak_groups(found.stability),
        *_weights(found),
    ]


def certificate_note(certificate: GroupCertificate, k: int) -> Note:
    """Whether the grouping is proven to be the best.

    Parameters
    ----------
    certificate : of the grouping
    k : number of groups
    """
    if certificate.gap is None:
        return detail("proof_not_tried", count=LARGEST)
    if certificate.proven:
        return detail("proven", count=k, bound=certificate.bound, tolerance=certificate.tolerance)
    return caution("proof_gap", count=k, bound=certificate.bound, gap=certificate.gap)


def _optimality(found: GroupDiagnostics) -> list[Note]:
    k, inertia = found.grouping.group.nunique(), found.grouping.inertia
    notes = [certificate_note(found.certificate, k)]
    best = float(found.choice.loc[found.choice["asked"], "inertia"].min())
    if best < inertia * (1 - BETTER):
        notes.append(caution("other_starts", count=k, best=best, inertia=inertia))
    return notes


def _choice(choice: pd.DataFrame) -> Note:
    k = int(choice.index[choice["asked"]][0]) if choice["asked"].any() else None
    silhouette = choice["silhouette"]
    values = {
        "best": silhouette.idxmax(),
        "value": silhouette.max(),
        "variance": choice["calinski_harabasz"].idxmax(),
    }
    if k and k != silhouette.idxmax():
        return detail("how_many_asked", **values, asked=k, own=silhouette[k])
    return detail("how_many", **values)


def _gap(choice: pd.DataFrame) -> Note:
    answer = gap_answer(choice)
    if answer is None:
        return caution("gap_beyond", largest=choice.index.max())
    return caution("gap_none") if answer == 1 else detail("gap_answer", answer=answer)


def _stability(stability: pd.DataFrame) -> Note:
    least = stability[["stability_resampling", "stability_noise"]].min(axis="columns")
    loose = least[least < LOOSE].sort_values(kind="stable")
    means = {
        "resampling": stability["stability_resampling"].mean(),
        "noise": stability["stability_noise"].mean(),
    }
    if loose.empty:
        return detail("regrouped_firm", **means)
    return caution("regrouped_loose", **means, provinces=list(loose.items()))


def _weak_groups(stability: pd.DataFrame) -> list[Note]:
    jaccard = stability.groupby("group")["group_jaccard"].first()
    weak = sorted(jaccard.index[jaccard < UNTRUSTED_JACCARD], key=roman_value)
    if not weak:
        return []
    return [caution("dissolved", limit=UNTRUSTED_JACCARD, groups=[(group, jaccard[group]) for group in weak])]


def _weights(found: GroupDiagnostics) -> list[Note]:
    if found.adjusted_rand is None:
        return []
    if found.adjusted_rand == 1:
        return [detail("grouped_alike", other=found.other, index=found.adjusted_rand)]
    return [caution("grouped_otherwise", other=found.other, index=found.adjusted_rand)]
