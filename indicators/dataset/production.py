"""Production accounts: the output, investment, labour and energy that abatement costs are estimated from."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.dataset import Dataset

ACCOUNTS = ("gdp", "gdp_index", "gfcf", "employment", "energy_total")


def production_table(dataset: Dataset) -> str | None:
    """Role of the table that holds the accounts: one of their own, else the panel; None without either.

    Parameters
    ----------
    dataset : whose accounts are looked for
    """
    if "production" in dataset.tables:
        return "production"
    return None if dataset.panel is None else "panel"


def production_accounts(dataset: Dataset) -> pd.DataFrame:
    """Long table of the accounts.

    Parameters
    ----------
    dataset : with a table of role ``production``, or a panel

    Returns
    -------
    DataFrame
        ``code, year, variable, value, unit``; empty where the dataset has neither
    """
    table = production_table(dataset)
    if table == "production":
        return dataset.table_of("production")
    return pd.DataFrame() if dataset.panel is None else dataset.panel


def vintage_problems(dataset: Dataset, years: tuple[int, int]) -> Iterator[Problem]:
    """Accounts of two revisions of the statistics, within a series or between them.

    Parameters
    ----------
    dataset : whose accounts are compared
    years : first and last year compared
    """
    table, vintages = production_table(dataset), dataset.facts.vintages
    if table is None:
        return
    for variable in ACCOUNTS:
        try:
            vintages.require_one(table, variable, years)
        except CapshareError as error:
            yield from error.problems
    of_one = [variable for variable in ACCOUNTS if len(vintages.spans.get((table, variable), ())) < 2]
    mixed = vintages.mixed(table, of_one)
    if mixed:
        remedy = "Give all accounts of one vintage, in a table of role production."
        yield Problem(f"table {table}", "production accounts", "one vintage", "; ".join(mixed), remedy)
