"""How far a run is from the published results its study names."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.chain.inputs import Inputs
from capshare.model.allocation.allocate import Allocation
from capshare.model.outcome.balance import balance_mt, classify
from capshare.model.outcome.potential import Potential, orient, potential
from capshare.model.outcome.published import agreement, from_table1, published_table
from capshare.study.study import Study

# Readings of the published study's last stage, whose formula is not public.
WITHIN_RULES = ("score", "equal", "shadow-price", "sqrt-shadow-price")


def reduction_potential(study: Study, inputs: Inputs, codes: pd.Index) -> Potential | None:
    """Potential of some provinces by the study's indicators; None where it has none."""
    if study.potential is None or inputs.potential_indicators is None:
        return None
    kept = study.potential.components
    oriented = orient(
        inputs.potential_indicators.loc[codes], {i.id: i.direction for i in study.potential.indicators}
    )
    return potential(oriented, "kaiser" if kept == "kaiser" else kept.variance)


def compare(
    study: Study, inputs: Inputs, provinces: pd.DataFrame
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """Table of both results and their distance in figures; None twice where nothing is published.

    Parameters
    ----------
    study, inputs : of the run
    provinces : index code; ``group, quota_mt, balance_mt, balance_class``
    """
    if study.published is None:
        return None, None
    published = from_table1(inputs.dataset.published[study.published.table])
    both = published_table(provinces, published)
    if study.published.potential is None:
        return both, agreement(provinces, published)
    rank = inputs.dataset.published[study.published.potential]["rank"]
    scored = reduction_potential(study, inputs, rank.index)
    score = None if scored is None else scored.table["score"]
    return both, agreement(provinces, published, score, None if score is None else rank)


def within_side_by_side(study: Study, inputs: Inputs, allocations: Mapping[str, Allocation]) -> pd.DataFrame:
    """Distance to the published quotas under several rules inside the groups.

    Parameters
    ----------
    study, inputs : of the run
    allocations : ``within`` rule → its allocation

    Returns
    -------
    DataFrame, index ``within``; ``classes_right, signs_right`` (of all provinces), ``rank_correlation``
    (empty where a rule gives every province the same quota)
    """
    if study.published is None:
        return pd.DataFrame()
    published = from_table1(inputs.dataset.published[study.published.table])
    rows = {}
    for within, allocation in allocations.items():
        quota = allocation.quantities["quota_mt"]
        balance = balance_mt(quota, allocation.data.provinces["emissions_mt"])
        provinces = pd.DataFrame(
            {
                "group": allocation.data.provinces["block"],
                "quota_mt": quota,
                "balance_mt": balance,
                "balance_class": classify(balance, study.balance.slight_mt, study.balance.severe_mt),
            }
        )
        value = agreement(provinces, published)["value"]
        rows[within] = {
            "classes_right": int(value["balance_classes_right"]),
            "signs_right": int(value["balance_signs_right"]),
            # Equal quotas have no order to compare.
            "rank_correlation": value.get("quota_rank_correlation"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("within")
