"""Prices given: a column of the dataset, each price with the source that it comes from."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.study.study import Study

SOURCE = "source"


def given_price(study: Study, dataset: Dataset, file: str) -> pd.Series:
    """Price of every province, as the study's table gives it.

    Parameters
    ----------
    study : names the column, and the table where it is a published one
    dataset : has them
    file : named in messages

    Returns
    -------
    Series
        ``price_yuan_per_t``, index code, yuan/t

    Raises
    ------
    CapshareError
        where the table or column is unknown, or a price is missing, is not a finite number of at least 0, or
        says no source: a number that nobody can look up is no evidence.
    """
    asked = study.prices
    if asked.table is None:
        return _of_provinces(str(asked.column), dataset, file)
    if asked.table not in dataset.published:
        expected = f"a published table of dataset {dataset.name}"
        raise CapshareError(
            Problem(
                file, "prices.table", expected, shown(asked.table), suggestion(asked.table, dataset.published)
            )
        )
    rows = dataset.published[asked.table]
    absent = [name for name in (str(asked.column), SOURCE) if name not in rows.columns]
    if absent:
        raise CapshareError(
            Problem(file, "prices.column" if name == asked.column else "prices.table",
                    f"a column {name} of table {asked.table}", "none", suggestion(name, rows.columns))
            for name in absent
        )  # fmt: skip
    price = pd.to_numeric(rows[str(asked.column)], errors="coerce").reindex(dataset.table.index)
    said = rows[SOURCE].reindex(dataset.table.index).fillna("").astype(str).str.strip()
    return _checked(price, said, f"table {asked.table}", dataset)


def _of_provinces(column: str, dataset: Dataset, file: str) -> pd.Series:
    """A column of the provinces' table, whose description says where all of it comes from."""
    if column not in dataset.table.columns:
        expected = "a column of the provinces' table"
        raise CapshareError(
            Problem(file, "prices.column", expected, shown(column), suggestion(column, dataset.table.columns))
        )
    source = str(dataset.fields.at[column, SOURCE]).strip()
    if not source:
        remedy = (
            f"Say in the description of {column} where it comes from, or name a table with a column source."
        )
        raise CapshareError(Problem(file, "prices.column", f"a source of {column}", "none", remedy))
    price = dataset.table[column]
    return _checked(price, pd.Series(source, index=price.index), "provinces", dataset)


def _checked(price: pd.Series, said: pd.Series, table: str, dataset: Dataset) -> pd.Series:
    problems = []
    for code, value in price.items():
        place = f"{dataset.regions.label(str(code))}"
        if not 0 <= value < float("inf"):
            remedy = "Give each province its price."
            problems.append(
                Problem(table, f"{place}, price", "a price of at least 0 yuan/t", f"{value:g}", remedy)
            )
        if not said[str(code)]:
            remedy = "Say where the price comes from, or leave the table out."
            problems.append(Problem(table, f"{place}, {SOURCE}", "the source of the price", "none", remedy))
    if problems:
        raise CapshareError(problems)
    return price.rename("price_yuan_per_t")
