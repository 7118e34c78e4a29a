"""Whether a dataset has what the abatement costs of a study are made of."""

from __future__ import annotations

from capshare.base.collector import Collector
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import emissions_history
from capshare.indicators.dataset.production import production_table, vintage_problems
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.study.given_prices import given_price
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
    if asked.gdp_column not in dataset.table.columns:
        found.add("prices.gdp_column", "a column of the provinces' table", shown(asked.gdp_column),
                  suggestion(asked.gdp_column, dataset.table.columns))  # fmt: skip
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
    if asked.emissions == "inventory" and emissions_history(dataset).empty:
        found.add("prices.emissions", "a dataset with yearly emissions of an inventory",
                  f"dataset {dataset.name} without one",
                  'Use "fuels", or name its inventory under roles in its description.')  # fmt: skip
