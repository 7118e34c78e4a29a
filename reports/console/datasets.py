"""What ``capshare data`` prints: datasets, the columns of one with units and sources, its check of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from capshare.base.years import in_year
from capshare.reports.console.listing import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from capshare.indicators.dataset.dataset import Dataset
    from capshare.indicators.dataset.verification import DatasetVerification


def print_datasets(datasets: Sequence[Dataset], console: Console) -> None:
    """Print one line per dataset: name, title, year, numbers of regions and columns.

    Parameters
    ----------
    datasets : what to list
    console : where to print
    """
    rows = [(d.name, d.title, str(d.base_year), str(len(d.table)), str(d.table.shape[1])) for d in datasets]
    print_table(console, "", ("dataset", "title", "base year", "regions", "columns"), rows)
    console.print("Columns, units and sources of one: capshare data NAME", highlight=False)


def print_columns(dataset: Dataset, columns: pd.DataFrame, console: Console) -> None:
    """Print the columns of a dataset with unit, titles, source and status.

    Parameters
    ----------
    dataset : whose columns they are
    columns : ``column, unit, title_en, title_zh, source, status``
    console : where to print
    """
    _frame(console, f"{dataset.name}: {dataset.title}", columns)


def print_further(dataset: Dataset, tables: Mapping[str, pd.DataFrame], console: Console) -> None:
    """Print the columns of a dataset's other tables, the vintages of its figures, then its files.

    Parameters
    ----------
    dataset : whose tables they are
    tables : role of the table → columns as for `print_columns`
    console : where to print
    """
    for role, columns in tables.items():
        _frame(console, f"table {role}", columns)
    vintages = dataset.facts.vintages
    if vintages.spans:
        title = "Vintages: figures of two are never compared in one ratio"
        _frame(console, title, vintages.names[["title_en", "title_zh"]].reset_index())
        _frame(console, "", vintages.table())
    for name in dataset.files:
        console.print(f"{name}: {dataset.folder / name}", soft_wrap=True, markup=False, highlight=False)


def print_dataset_verification(dataset: Dataset, found: DatasetVerification, console: Console) -> None:
    """Print what a dataset's check of itself found, and how far its two inventories are apart.

    Parameters
    ----------
    dataset : that was checked
    found : as of :func:`capshare.indicators.dataset.verification.verify_dataset`
    console : where to print
    """
    checks = found.checks.assign(holds=found.checks["agrees"].map({True: "yes", False: "NO"}))
    for column in ("largest_difference", "allowed"):
        checks[column] = checks[column].map("{:.4g}".format)
    shown = ["kind", "what", "rows", "largest_difference", "allowed", "where", "holds"]
    _frame(console, f"{dataset.name}: {dataset.title}", checks[shown])
    if found.distances is not None:
        _distances(found.distances, dataset.regions.names["name_en"], console)
    if found.against_nation is not None:
        title = "The second inventory's regions against its nation"
        _frame(console, title, _rounded(found.against_nation).reset_index())


def _distances(distances: pd.DataFrame, names: pd.Series, console: Console) -> None:
    """The newest year that both inventories have, the lowest difference first, and the sum of the regions."""
    year = int(distances.index.get_level_values("year").max())
    apart = in_year(distances, year).sort_values("difference_pct")
    total = apart.sum()
    total["difference_pct"] = 100 * total["difference_mt"] / total["emissions_mt"]
    table = pd.concat([apart.rename(index=names.to_dict()), total.to_frame("all").T])
    _frame(console, f"The two inventories of {year}", _rounded(table).rename_axis("region").reset_index())


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Figures with one decimal, differences with their sign."""
    signs = {column: "+" if str(column).startswith("difference") else "" for column in table.columns}
    return pd.DataFrame(
        {column: table[column].map(f"{{:{sign}.1f}}".format) for column, sign in signs.items()}
    )


def _frame(console: Console, title: str, table: pd.DataFrame) -> None:
    rows = [tuple(map(str, row)) for row in table.to_numpy()]
    print_table(console, title, tuple(map(str, table.columns)), rows)
