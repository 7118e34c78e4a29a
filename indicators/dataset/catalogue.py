"""Catalogue: the datasets that ship with the package, and what a dataset holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from capshare.indicators.dataset.dataset import Dataset

_DATA = Path(__file__).parents[1] / "data"


def shipped_datasets() -> tuple[str, ...]:
    """Names of the datasets that ship with the package.

    Returns
    -------
    names, sorted
    """
    return tuple(sorted(path.parent.name for path in _DATA.glob("*/datapackage.json")))


def shipped_folder(name: str) -> Path:
    """Folder of a shipped dataset.

    Parameters
    ----------
    name : one of `shipped_datasets`

    Returns
    -------
    folder that holds its datapackage.json
    """
    return _DATA / name


def describe(dataset: Dataset) -> pd.DataFrame:
    """What each column of the provinces' table is.

    Parameters
    ----------
    dataset : any dataset

    Returns
    -------
    DataFrame, one row per column of the table, in its order; ``column, unit, title_en, title_zh,
    source, status``
    """
    return _listed(dataset.fields.loc[dataset.table.columns])


def describe_further(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """What each column or variable of the other tables is.

    Parameters
    ----------
    dataset : any dataset

    Returns
    -------
    role of the table → DataFrame as of `describe`; the panel first, where there is one
    """
    panel = {} if dataset.panel_variables is None else {"panel": _listed(dataset.panel_variables)}
    return panel | {role: _listed(table.described) for role, table in dataset.tables.items()}


def _listed(described: pd.DataFrame) -> pd.DataFrame:
    wanted = ["column", "unit", "title_en", "title_zh", "source", "status"]
    return described.rename_axis("column").reset_index()[wanted]
