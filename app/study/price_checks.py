"""Whether a dataset has what the abatement costs of a study are made of."""

from __future__ import annotations

from collections.abc import Mapping

from capshare.base.collector import Collector
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import emissions_history
from capshare.indicators.dataset.once_per_dataset import once_per_dataset
from capshare.indicators.dataset.production import (
    ACCOUNTS,
    production_accounts,
    production_table,
    vintage_problems,
)
from capshare.indicators.dataset.sizes import SIZES, lacking_size, size_column
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.study.given_prices import given_price
from capshare.study.sections.prices import Prices
from capshare.study.study import Study


def check_prices(study: Study, dataset: Dataset, found: Collector) -> None:
    """Everything about the section ``[prices]`` that can be told before any number is computed.

    Parameters
    ----------
    study, dataset : the study and the dataset that it names
    found : keeps the problems
    """
    asked = study.prices
    unknown = sorted({*asked.fuels, *asked.absent_as_zero} - set(FUEL_FACTORS))
    if unknown:
        known = ", ".join(FUEL_FACTORS)
        found.add("prices.fuels", f"fuels among {known}", ", ".join(unknown), "Correct them.")
    column = asked.gdp_column
    if size_column(dataset, column) is None:
        remedy = lacking_size(column) if column in SIZES else suggestion(column, dataset.table.columns)
        found.add("prices.gdp_column", "a column of the provinces' table", shown(column), remedy)
    if asked.method == "given":
        found.attempt(lambda: given_price(study, dataset, found.file))
    if asked.is_estimated:
        _check_estimate(study, dataset, found)


def _check_estimate(study: Study, dataset: Dataset, found: Collector) -> None:
    asked = study.prices
    if production_table(dataset) is None:
        found.add("prices.method", f'a dataset with a panel, for "{asked.method}"',
                  f"dataset {dataset.name} without one", 'Use "productivity" or "given".')  # fmt: skip
        return
    found.problems.extend(vintage_problems(dataset, (asked.years[0], asked.years[1])))
    _check_years(asked, dataset, found)
    if asked.emissions == "inventory" and emissions_history(dataset).empty:
        found.add("prices.emissions", "a dataset with yearly emissions of an inventory",
                  f"dataset {dataset.name} without one",
                  'Use "fuels", or name its inventory under roles in its description.')  # fmt: skip


def _check_years(asked: Prices, dataset: Dataset, found: Collector) -> None:
    """One message for all series that end too early or begin too late, not one for each cell."""
    first, last = asked.years
    known = dict(_known_years(dataset))
    begin = {"gdp": asked.accounts_from, "gfcf": asked.accounts_from, "gdp_index": asked.accounts_from + 1}
    if asked.emissions == "inventory":
        known["emissions"] = _inventory_years(dataset)
    short = {
        name: [year for year in range(begin.get(name, first), last + 1) if year not in years]
        for name, years in known.items()
        if years
    }
    listed = [f"no {name} in {_spans(missing)}" for name, missing in short.items() if missing]
    if listed:
        found.add("prices.years, prices.accounts_from", "years that every series of the estimate has",
                  "; ".join(listed), "Choose years that all of them have.")  # fmt: skip


@once_per_dataset
def _known_years(dataset: Dataset) -> Mapping[str, frozenset[int]]:
    """Years of each account."""
    rows = production_accounts(dataset)
    return {name: frozenset(rows.loc[rows["variable"] == name, "year"]) for name in ACCOUNTS}


@once_per_dataset
def _inventory_years(dataset: Dataset) -> frozenset[int]:
    return frozenset(emissions_history(dataset).index.get_level_values("year"))


def _spans(years: list[int]) -> str:
    """Years with those that follow one another as a span: 2001, 2005-2009."""
    begins = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(begins, ends, strict=True))
