"""Values of a study's indicators, from their expressions over the dataset's columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from capshare.base.collector import Collector
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.expression import columns_of, evaluate
from capshare.study.sections.source import Indicator
from capshare.study.study import Study


def indicator_values(
    asked: Sequence[Indicator], dataset: Dataset, emissions_mt: pd.Series, place: str, found: Collector
) -> pd.DataFrame:
    """Evaluate indicators.

    Parameters
    ----------
    asked : indicators of one list of the study
    dataset : with the columns that they name
    emissions_mt : index code, Mt CO2; the study's own, of the base year
    place : of the list in the study file, named in messages
    found : takes every problem

    Returns
    -------
    DataFrame, code × indicator, each in its own unit; empty cells where there is a problem
    """
    columns, table = {}, dataset.table.assign(emissions_mt=emissions_mt)
    for indicator in asked:
        where = f"{place}, {indicator.id}, expression"
        step = partial(evaluate, indicator.expression, table, found.file, where)
        columns[indicator.id] = found.attempt(step)
        if columns[indicator.id] is not None:
            mixed = dataset.facts.vintages.mixed("provinces", columns_of(indicator.expression))
            if mixed:
                found.add(where, "columns of one vintage", "; ".join(mixed), "Take all of one vintage.")
    frame = pd.DataFrame(columns, index=table.index)
    scored = not place.startswith(("potential", "published"))
    if scored and len(frame) > 1 and (frame.nunique(dropna=False) == 1).all():
        constant = ", ".join(map(str, frame))
        found.add(place, "an indicator that differs between provinces", f"{constant}, each constant",
                  "Choose at least one that varies.")  # fmt: skip
    return frame


def potential_values(
    study: Study, dataset: Dataset, emissions_mt: pd.Series, found: Collector
) -> pd.DataFrame | None:
    """Indicators of the potential; those that readings of a published study allow are looked at as well.

    Parameters
    ----------
    study : its ``[potential]`` and ``[[published.readings]]``
    dataset, emissions_mt, found : as of :func:`indicator_values`

    Returns
    -------
    DataFrame as of :func:`indicator_values`; None where the study has no potential
    """
    wanted = study.potential.indicators if study.potential else ()
    potential = indicator_values(wanted, dataset, emissions_mt, "potential.indicators", found)
    left_open = study.published.readings if study.published else ()
    for place, choice in enumerate(left_open, start=1):
        where = f"published.readings {place}.alternatives"
        indicator_values(choice.alternatives, dataset, emissions_mt, where, found)
    return potential if study.potential else None
