"""Published splits that datasets state, each with what was known in its base year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.column_names import year_of
from capshare.indicators.dataset.column_roles import Plan
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import emissions_history, inventory_sum
from capshare.indicators.dataset.published_split import SplitColumns
from capshare.indicators.dataset.sizes import SIZES, in_rule_unit
from capshare.indicators.emissions import balance_from_column, emissions_from_column
from capshare.model.backtest.published_split import PublishedSplit

# A national cut finer than this, read back from rounded figures, is rounding.
_CUT_DECIMALS = 2


def published_splits(datasets: Iterable[Dataset]) -> tuple[dict[str, PublishedSplit], dict[str, int]]:
    """The published splits of datasets that can be predicted from figures of their base year.

    A plan of several datasets is taken from the newest that knows the emissions of its base year.

    Parameters
    ----------
    datasets : state plans and splits among their roles

    Returns
    -------
    name → split, the plans of a dataset before its other splits, the oldest dataset last; and plan →
    base year of plans for which no dataset knows the emissions

    Raises
    ------
    CapshareError
        where a stated split lacks figures, or a region has no emissions that could be cut.
    """
    found: dict[str, PublishedSplit] = {}
    unknown: dict[str, int] = {}
    for dataset in sorted(datasets, key=lambda each: (-each.base_year, each.name)):
        for plan in dataset.facts.roles.plans:
            split = _of_plan(dataset, plan)
            if split is None:
                unknown.setdefault(plan.name, plan.first_year)
            else:
                found.setdefault(plan.name, split)
        for columns in dataset.facts.roles.splits:
            found.setdefault(columns.name, _of_columns(dataset, columns))
    for known in found.values():
        _require_emissions(known)
    return found, {name: year for name, year in unknown.items() if name not in found}


def _require_emissions(split: PublishedSplit) -> None:
    none = split.emissions_mt.index[~(split.emissions_mt > 0)]
    if len(none):
        expected = f"emissions above 0 in {split.first_year}"
        remedy = "Leave the region out of the table, or correct its emissions."
        raise CapshareError(
            Problem("dataset", f"{split.name}, {code}", expected, "0", remedy) for code in none
        )


def _of_plan(dataset: Dataset, plan: Plan) -> PublishedSplit | None:
    cuts = dataset.assigned_cuts(plan).dropna().astype(float)
    emissions = _inventory_of(dataset, plan.first_year, cuts.index)
    if emissions is None:
        return None
    return PublishedSplit(
        name=plan.name,
        kind="cuts",
        published=cuts.rename("cut_pct"),
        inputs=_inputs(dataset, emissions, plan.first_year, plan.figures_of),
        national_cut_pct=_national_cut_pct(dataset, plan),
        first_year=plan.first_year,
        last_year=plan.last_year,
    )


def _of_columns(dataset: Dataset, columns: SplitColumns) -> PublishedSplit:
    table = dataset.published[columns.table]
    if columns.emissions is None:
        emissions = _inventory_of(dataset, columns.first_year, table.index)
    else:
        emissions = emissions_from_column(table, columns.emissions)
    if emissions is None:
        expected = f"emissions of {columns.first_year} of every region of table {columns.table}"
        remedy = "Name a column of the table with them, or leave the split out."
        raise CapshareError(Problem(f"dataset {dataset.name}", columns.name, expected, "none", remedy))
    if columns.balance:
        published = balance_from_column(table, columns.column)
        quota_mt = emissions + published
    else:
        published = quota_mt = emissions_from_column(table, columns.column).rename("quota_mt")
    cut_pct = 100 * (1 - float(quota_mt.sum()) / float(emissions.sum()))
    return PublishedSplit(
        name=columns.name,
        kind="balances" if columns.balance else "quotas",
        published=published,
        inputs=_inputs(dataset, emissions, columns.first_year, columns.figures_of),
        national_cut_pct=round(cut_pct, _CUT_DECIMALS),
        first_year=columns.first_year,
        last_year=columns.year,
    )


def _inventory_of(dataset: Dataset, year: int, codes: pd.Index) -> pd.Series | None:
    """Emissions of a year, Mt; None where a region has none."""
    history = emissions_history(dataset)
    of_year = history[history.index.get_level_values("year") == year].droplevel("year").reindex(codes)
    return None if of_year.isna().any() else of_year.rename("emissions_mt")


def _inputs(dataset: Dataset, emissions: pd.Series, base: int, year: int) -> pd.DataFrame:
    """Columns that rules read, as far as every region has them."""
    columns = {"emissions_mt": emissions}
    for name, role in SIZES.items():
        series = _of_year(dataset, role, year)
        if series is not None:
            columns[name] = series.reindex(emissions.index)
    added_up = inventory_sum(dataset, 0, base)
    if added_up is not None:
        columns["cumulative_emissions_mt"] = added_up[0].reindex(emissions.index)
    return pd.DataFrame(columns).dropna(axis="columns")


def _of_year(dataset: Dataset, role: str, year: int) -> pd.Series | None:
    variable = dataset.facts.roles.find("panel", role)
    if variable is not None and dataset.panel_variables is not None:
        panel = dataset.panel_of(role)
        if year in panel:
            return in_rule_unit(panel[year], variable, dataset.panel_variables["unit"][variable])
    column = dataset.facts.roles.find("provinces", role)
    if column is None or year != year_of(column, dataset.base_year):
        return None
    return in_rule_unit(dataset.table[column], column)


def _national_cut_pct(dataset: Dataset, plan: Plan) -> float:
    rows = (
        pd.DataFrame(columns=["variable", "year", "value"]) if dataset.national is None else dataset.national
    )
    cut = rows.loc[(rows["variable"] == plan.national) & (rows["year"] == plan.last_year), "value"]
    if len(cut) != 1:
        expected = f"one figure of {plan.national} in {plan.last_year}"
        raise CapshareError(
            Problem(f"dataset {dataset.name}", plan.name, expected, str(len(cut)), "State the nation's cut.")
        )
    return float(cut.iloc[0])
