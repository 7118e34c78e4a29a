"""What a planner should know about groups, in sentences."""

from __future__ import annotations

import pandas as pd

from capshare.model.groups.certificate import LARGEST, GroupCertificate
from capshare.model.groups.choice import gap_answer
from capshare.model.groups.diagnostics import GroupDiagnostics
from capshare.model.groups.kmeans import roman_value

# A province that leaves its group in more than a quarter of the draws could as well be counted elsewhere.
LOOSE = 0.75
# Hennig 2007: a group whose mean similarity is smaller should not be trusted.
UNTRUSTED_JACCARD = 0.6
BETTER = 1e-6


def group_notes(found: GroupDiagnostics, names: pd.Series) -> list[str]:
    """How firm the groups are, how many there should be, and what the weights do to them.

    Parameters
    ----------
    found : the diagnostics
    names : index code; names to call provinces by
    """
    return [
        *_optimality(found),
        _choice(found.choice),
        _gap(found.choice),
        _stability(found.stability, names),
        *_weak_groups(found.stability),
        *_weights(found),
    ]


def certificate_note(certificate: GroupCertificate, k: int) -> str:
    """Whether the grouping is proven to be the best.

    Parameters
    ----------
    certificate : of the grouping
    k : number of groups
    """
    if certificate.gap is None:
        return f"No proof that the groups are the best was attempted: it is up to {LARGEST} provinces."
    if certificate.proven:
        return (
            f"The groups are proven optimal: no other {k} groups have a smaller inertia "
            f"(bound {certificate.bound:.6g}, relative gap at most {certificate.tolerance:g})."
        )
    return (
        f"No other {k} groups have an inertia more than {certificate.gap:.2%} smaller (bound "
        f"{certificate.bound:.6g}); whether any is smaller at all, this bound cannot tell."
    )


def _optimality(found: GroupDiagnostics) -> list[str]:
    k, inertia = found.grouping.group.nunique(), found.grouping.inertia
    notes = [certificate_note(found.certificate, k)]
    best = float(found.choice.loc[found.choice["asked"], "inertia"].min())
    if best < inertia * (1 - BETTER):
        notes.append(
            f"Other starts found {k} groups with a smaller inertia ({best:.4f} instead of {inertia:.4f}): "
            "raise groups.restarts."
        )
    return notes


def _choice(choice: pd.DataFrame) -> str:
    k = int(choice.index[choice["asked"]][0]) if choice["asked"].any() else None
    silhouette, ratio = choice["silhouette"], choice["calinski_harabasz"]
    asked = f" and {silhouette[k]:.2f} at the {k} asked for" if k and k != silhouette.idxmax() else ""
    return (
        f"How many groups: the mean silhouette is highest at {silhouette.idxmax()} ({silhouette.max():.2f}"
        f"{asked}), Calinski-Harabasz at {ratio.idxmax()}."
    )


def _gap(choice: pd.DataFrame) -> str:
    answer, about = gap_answer(choice), "Gap statistic (Tibshirani, Walther & Hastie 2001): its rule"
    if answer is None:
        return f"{about} has no answer up to {choice.index.max()} groups."
    if answer == 1:
        return f"{about} answers 1, so the data support no number of groups."
    return f"{about} answers {answer} groups."


def _stability(stability: pd.DataFrame, names: pd.Series) -> str:
    least = stability[["stability_resampling", "stability_noise"]].min(axis="columns")
    loose = least[least < LOOSE].sort_values(kind="stable")
    text = (
        f"Regrouped, a province stays with its group in {stability['stability_resampling'].mean():.0%} of "
        f"the draws of provinces and in {stability['stability_noise'].mean():.0%} of those with 5 % noise"
    )
    if loose.empty:
        return f"{text}; none leaves in more than a quarter of either."
    listed = ", ".join(f"{names[str(code)]} {share:.0%}" for code, share in loose.head(6).items())
    more = f" and {len(loose) - 6} more" if len(loose) > 6 else ""
    return f"{text}; least firm: {listed}{more} (see group_stability.csv)."


def _weak_groups(stability: pd.DataFrame) -> list[str]:
    jaccard = stability.groupby("group")["group_jaccard"].first()
    weak = sorted(jaccard.index[jaccard < UNTRUSTED_JACCARD], key=roman_value)
    if not weak:
        return []
    listed = ", ".join(f"{group} ({jaccard[group]:.2f})" for group in weak)
    return [
        f"Groups that resampling dissolves (mean Jaccard similarity below {UNTRUSTED_JACCARD}): {listed}."
    ]


def _weights(found: GroupDiagnostics) -> list[str]:
    if found.adjusted_rand is None:
        return []
    first = "the same groups" if found.adjusted_rand == 1 else "other groups"
    return [
        f"Grouping on {found.other} indicators gives {first} (adjusted Rand index {found.adjusted_rand:.2f}; "
        "1 is the same, 0 is chance)."
    ]
