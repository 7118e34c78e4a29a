"""How far a run is from the published results its study names."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.analyses.parts.potential import reduction_potential
from capshare.analyses.parts.readings import distance_of_readings
from capshare.chain.inputs import Inputs
from capshare.chain.prepared import PreparedStudy
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.emissions import emissions_from_column
from capshare.model.allocation.allocate import Allocation
from capshare.model.outcome.balance import balances
from capshare.model.outcome.beside_published import BesidePublished
from capshare.model.outcome.plain_split import from_split
from capshare.model.outcome.published import TABLE1_CLASS, agreement, from_table1, published_table
from capshare.reports.words.vocabulary import reworded
from capshare.study.study import Study

# Readings of the published study's last stage, whose formula is not public.
WITHIN_RULES = ("score", "equal", "shadow-price", "sqrt-shadow-price")


def beside_published(
    found: PreparedStudy, provinces: pd.DataFrame, within: bool, read: bool
) -> BesidePublished | None:
    """The run beside the published results; None where the study names none.

    Parameters
    ----------
    found : the study's chain
    provinces : index code; ``group, quota_mt, balance_mt, balance_class`` of the last year
    within : whether to allocate under several rules inside the groups; only where these are the published
        ones, else the groups would make the difference
    read : whether to split the cap by every reading that the study names
    """
    study = found.study
    if study.published is None:
        return None
    published = _figures(study, found.inputs, study.published.table)
    score, rank = _both_rankings(study, found.inputs)
    side_by_side = None
    if within and study.groups.method == "given":
        allocations = {rule: found.engine.allocate(found.data(within=rule)) for rule in WITHIN_RULES}
        side_by_side = within_side_by_side(study, found.inputs, allocations)
    return BesidePublished(
        table=published_table(provinces, published),
        agreement=_in_its_words(agreement(provinces, published, score, rank), found.inputs.dataset),
        within=side_by_side,
        readings=distance_of_readings(found) if read else None,
    )


def _in_its_words(figures: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The figures with units and meanings that call regions what the dataset calls them."""
    those = dataset.facts.conventions
    words = {name: [reworded(said, "en", those) for said in figures[name]] for name in ("unit", "meaning")}
    return figures.assign(**words)


def _figures(study: Study, inputs: Inputs, table: str) -> pd.DataFrame:
    """Quotas, balances, classes and groups of a published table; classes by the study where it has none."""
    dataset, found = inputs.dataset, inputs.dataset.published[table]
    split = next((s for s in dataset.facts.roles.splits if s.table == table and not s.balance), None)
    if split is None or TABLE1_CLASS in found:
        return from_table1(found)
    quota = emissions_from_column(found, split.column).reindex(dataset.table.index)
    return from_split(quota, inputs.emissions_mt, study.balance.slight_mt, study.balance.severe_mt)


def _both_rankings(study: Study, inputs: Inputs) -> tuple[pd.Series | None, pd.Series | None]:
    """Our potential of the provinces that the published study ranks, and its ranks; None twice without."""
    if study.published is None or study.published.potential is None:
        return None, None
    rank = inputs.dataset.published[study.published.potential]["rank"]
    scored = reduction_potential(study, inputs, rank.index)
    return (None, None) if scored is None else (scored.table["score"], rank)


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
    published = _figures(study, inputs, study.published.table)
    rows = {}
    for within, allocation in allocations.items():
        quota = allocation.quantities["quota_mt"]
        data, limits = allocation.data.provinces, study.balance
        provinces = balances(quota, data["emissions_mt"], data["block"], limits.slight_mt, limits.severe_mt)
        value = agreement(provinces, published)["value"]
        rows[within] = {
            "classes_right": int(value["balance_classes_right"]),
            "signs_right": int(value["balance_signs_right"]),
            # Equal quotas have no order to compare.
            "rank_correlation": value.get("quota_rank_correlation"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("within")
