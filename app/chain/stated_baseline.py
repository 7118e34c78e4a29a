"""Stated baseline: each province's emissions before abatement, from the study file itself."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.dataset import Dataset
from capshare.study.sections.years import Baseline


def stated_baseline(asked: Baseline, dataset: Dataset) -> pd.DataFrame:
    """Emissions before abatement as the study states them.

    Parameters
    ----------
    asked : the section ``[baseline]`` of a study
    dataset : whose provinces they are

    Returns
    -------
    DataFrame, code × year, Mt CO2

    Raises
    ------
    CapshareError
        where a province is unknown, named twice or not there.
    """
    codes = dataset.regions.resolve_all(asked.mt, "study", "baseline.mt")
    missing = [code for code in dataset.regions.codes if code not in codes]
    if missing:
        raise CapshareError(
            Problem("study", "baseline.mt", "emissions of every province",
                    f"none of {dataset.regions.label(code)}", "Add its years.")
            for code in missing
        )  # fmt: skip
    rows = {
        code: {int(year): value for year, value in series.items()}
        for code, series in zip(codes, asked.mt.values(), strict=True)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="code", columns="year")
