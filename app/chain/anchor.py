"""The price that the median of the provinces' prices is scaled to."""

from __future__ import annotations

import pandas as pd

from capshare.base.collector import Collector
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.units import is_price_of_tonne
from capshare.study.study import Study


def anchor_yuan_per_t(study: Study, dataset: Dataset, found: Collector) -> float | None:
    """The named price, yuan/t; None where prices stay as found.

    Parameters
    ----------
    study : names the price
    dataset : whose national table may have it
    found : keeps the problem of a price that it has not
    """
    asked = study.prices.anchor
    if asked == "none":
        return None
    if isinstance(asked, float):
        return asked
    national = dataset.national
    if national is not None:
        row = national[(national["variable"] == asked.series) & (national["year"] == asked.year)]
        if len(row) == 1 and is_price_of_tonne(row["unit"].iloc[0]):
            return float(row["value"].iloc[0])
    listed = [] if national is None else _prices_in(national)
    unit = dataset.facts.conventions.price_unit
    found.add("prices.anchor", f"a price in {unit} of the national table of dataset {dataset.name}",
              f"{asked.series} {asked.year}", f"Known: {', '.join(listed) or 'none'}.")  # fmt: skip
    return None


def _prices_in(national: pd.DataFrame) -> list[str]:
    prices = national[national["unit"].map(is_price_of_tonne)]
    return [f"{series} {year}" for series, year in zip(prices["variable"], prices["year"], strict=True)]
