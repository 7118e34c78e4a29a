"""Where a study says the columns and parameters of its rules come from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.emissions import emissions_from_column
from capshare.study.study import Study

PUBLISHED, HISTORY = "published", "historical-responsibility"
# Settings of a rule that say where its column comes from; the others are parameters of its formula.
SOURCES: Mapping[str, tuple[str, ...]] = {PUBLISHED: ("table", "column", "mt"), HISTORY: ("since",)}


def rule_parameters(study: Study, name: str, known: Collection[str]) -> dict[str, Any]:
    """Parameters of a rule's formula as the study sets them; what is drawn follows the study's seed.

    Parameters
    ----------
    study : with a section of the rule, or none
    name : of the rule
    known : names of its parameters
    """
    own = {key: value for key, value in study.rules.get(name, {}).items() if key not in SOURCES.get(name, ())}
    return {"seed": study.study.seed, **own} if "seed" in known else own


def since(study: Study) -> int | None:
    """First year of cumulative emissions, where the study says one.

    Parameters
    ----------
    study : its settings of the rule of historical responsibility are read
    """
    year = study.rules.get(HISTORY, {}).get("since")
    return year if isinstance(year, int) else None


def published_quota_mt(study: Study, dataset: Dataset, file: str) -> pd.Series | None:
    """Quotas of the table that the study names, or states itself in ``[rules.published]``; else None.

    Parameters
    ----------
    study, dataset : of the run
    file : study file, named in messages

    Returns
    -------
    Series ``published_quota_mt``, index code, Mt CO2

    Raises
    ------
    CapshareError
        where there is no such table or column, or its regions are not those of the dataset.
    """
    own, place = study.rules.get(PUBLISHED, {}), f"rules.{PUBLISHED}"
    stated = own.get("mt")
    if isinstance(stated, Mapping):
        codes = dataset.regions.resolve_all(stated, file, f"{place}.mt")
        quota = pd.Series(list(stated.values()), index=list(codes), dtype=float)
        return _of_all_regions(quota, dataset, file, f"{place}.mt")
    name = own.get("table")
    if name is None and (study.published is None or study.published.table not in dataset.published):
        return None
    if name is None and study.published is not None:
        name, place = study.published.table, "published.table"
    if name not in dataset.published:
        expected = f"a published table of dataset {dataset.name}"
        remedy = suggestion(str(name), dataset.published)
        raise CapshareError(Problem(file, f"{place}.table", expected, shown(name), remedy))
    table = dataset.published[str(name)]
    column = str(own.get("column", "")) or _quota_column(dataset, str(name))
    if column not in table:
        expected = f"a column of table {name} with quotas in a mass of CO2"
        remedy = suggestion(column, map(str, table.columns))
        raise CapshareError(Problem(file, place, expected, shown(column), remedy))
    return _of_all_regions(emissions_from_column(table, column), dataset, file, place)


def _quota_column(dataset: Dataset, table: str) -> str:
    """Column of quotas that the dataset states for a published table; nothing where it states none."""
    splits = (split for split in dataset.facts.roles.splits if split.table == table and not split.balance)
    return next((split.column for split in splits), "")


def _of_all_regions(quota: pd.Series, dataset: Dataset, file: str, place: str) -> pd.Series:
    regions = dataset.table.index
    without, besides = regions.difference(quota.index), quota.index.difference(regions)
    if len(without) or len(besides):
        named = {"without": map(dataset.regions.label, without), "with": map(str, besides)}
        parts = {word: ", ".join(names) for word, names in named.items()}
        found = ", ".join(f"a table {word} {names}" for word, names in parts.items() if names)
        expected = f"a quota for each of the {len(regions)} regions of dataset {dataset.name}"
        raise CapshareError(Problem(file, place, expected, found, "Complete the table, or leave it out."))
    return quota.reindex(regions).rename("published_quota_mt")
