"""Which benchmark a facility is measured by: its table's, its class's, its sector's, or the sector's mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from capshare.model.facilities.rules import OUTPUT, SectorRule

TABLE, CLASS, SECTOR, MEAN = SOURCES = ("table", "class", "sector", "mean of the table")


def mean_benchmark(emissions_t: pd.Series, output: pd.Series) -> float:
    r"""Mean intensity of facilities, weighted by output.

    .. math:: b = \frac{\sum_f E_f}{\sum_f y_f}

    Parameters
    ----------
    emissions_t : :math:`E_f`, t CO2, index facility
    output : :math:`y_f`, in the unit of the sector, above 0

    Returns
    -------
    t CO2 per unit of output
    """
    return float(emissions_t.sum() / output.sum())


def benchmarks(table: pd.DataFrame, rules: Mapping[str, SectorRule]) -> pd.DataFrame:
    """The benchmark of each facility, for its output and its heat, and where it is from.

    Parameters
    ----------
    table : index row; ``sector`` (a category), ``unit_class``, ``benchmark`` (NaN where the table states
        none), ``emissions_t``, ``output``
    rules : sector → its rule; every sector of the table has one

    Returns
    -------
    DataFrame: ``benchmark``, t CO2 per unit of output, ``heat_benchmark``, t CO2 per GJ, and
    ``benchmark_source``, one of `SOURCES`. A sector whose quota is by output never has the mean: NaN there
    is a class without a benchmark
    """
    found, heat = table["benchmark"].to_numpy(float, copy=True), np.zeros(len(table))
    source = np.where(np.isnan(found), -1, SOURCES.index(TABLE)).astype("int8")
    for sector, rule in rules.items():
        rows = (table["sector"] == sector).to_numpy()
        if len(rule.classes):
            classes = table.loc[rows, "unit_class"]
            heat[rows] = np.nan_to_num(_of_classes(rule, classes, "heat_benchmark"))
            _fill(found, source, rows, _of_classes(rule, classes, "benchmark"), CLASS)
        if rule.benchmark is not None:
            _fill(found, source, rows, rule.benchmark, SECTOR)
        elif rule.form != OUTPUT and rows.any():
            of_sector = table.loc[rows]
            _fill(found, source, rows, mean_benchmark(of_sector["emissions_t"], of_sector["output"]), MEAN)
    return pd.DataFrame(
        {
            "benchmark": found,
            "heat_benchmark": heat,
            "benchmark_source": pd.Categorical.from_codes(source, pd.Index(SOURCES)),
        },
        index=table.index,
        copy=False,
    )


def _of_classes(rule: SectorRule, classes: pd.Series, name: str) -> np.ndarray:
    """What a rule says of the class of each row, NaN of a class that it does not know."""
    return classes.astype(object).map(rule.classes[name]).to_numpy(float)


def _fill(
    found: np.ndarray, source: np.ndarray, rows: np.ndarray, benchmark: np.ndarray | float, name: str
) -> None:
    """Fill in a benchmark where rows of a sector have none so far."""
    places = np.flatnonzero(rows)
    given = np.broadcast_to(np.asarray(benchmark, dtype=float), places.shape)
    blank = np.isnan(found[places]) & ~np.isnan(given)
    found[places[blank]] = given[blank]
    source[places[blank]] = SOURCES.index(name)
