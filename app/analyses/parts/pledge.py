"""What a pledge against an earlier year asks of the years of a plan: arithmetic on published figures."""

from __future__ import annotations

import pandas as pd

from capshare.chain.prepared import PreparedStudy
from capshare.model.cap.intensity_plan import pledge_asks_pct

# Roles of the national table that the arithmetic needs.
_ROLES = ("pledged_cut", "official_cut", "intensity_change")


def pledge_beside_plan(found: PreparedStudy) -> pd.DataFrame | None:
    """What a pledge for the last year asks from the base year on, beside what the plan asks.

    Parameters
    ----------
    found : a study's chain

    Returns
    -------
    DataFrame, index ``year`` (that of the pledge, one row); ``reference_year, pledged_cut_pct``, the
        last official cut (``official_year, official_cut_pct``), the cut that yearly changes since then have
        reached (``base_year, base_cut_pct``), ``pledge_asks_pct`` and ``plan_asks_pct`` of the years from the
        base year on; None where the study sets no targets, or the dataset lacks a pledge for the last year or
        a figure on the way to it
    """
    study, dataset, last = found.study, found.inputs.dataset, found.inputs.years[-1]
    roles, base = dataset.facts.roles, study.study.base_year
    if study.targets is None or any(roles.find("national", role) is None for role in _ROLES):
        return None
    pledged, official, change = (dataset.national_series(role) for role in _ROLES)
    known = official[official.index <= base]
    if last not in pledged.index or known.empty or roles.reference_year is None:
        return None
    since = int(known.index.max())
    between = list(range(since + 1, base + 1))
    if not set(between) <= set(change.index):
        return None
    reached, asks = pledge_asks_pct(float(pledged[last]), float(known[since]), change.loc[between])
    row = {
        "reference_year": roles.reference_year,
        "pledged_cut_pct": float(pledged[last]),
        "official_year": since,
        "official_cut_pct": float(known[since]),
        "base_year": base,
        "base_cut_pct": reached,
        "pledge_asks_pct": asks,
        "plan_asks_pct": float(found.inputs.cap["cut_pct"][last]),
    }
    return pd.DataFrame([row], index=pd.Index([last], name="year"))
