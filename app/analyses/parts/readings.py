"""How far every reading of a published study is from its results."""

from __future__ import annotations

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.chain.indicator_values import indicator_values
from capshare.chain.numbers import IndicatorNumbers
from capshare.chain.prepared import PreparedStudy
from capshare.chain.split import split
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.outcome.balance import balances
from capshare.model.outcome.published import from_table1
from capshare.model.outcome.readings import NO_DISTANCES, distances
from capshare.study.readings import Indicators, readings


def distance_of_readings(found: PreparedStudy) -> pd.DataFrame | None:
    """Split the last year's cap by every reading of the published study, and compare.

    Parameters
    ----------
    found : the study's chain

    Returns
    -------
    DataFrame, index ``reading``, from 1, the study's own; ``indicators``, the ids that it scores by, and
    the columns of :func:`~capshare.model.outcome.readings.distances`, empty where the study's rules leave
    a reading no split; None where the study names no readings
    """
    published = found.study.published
    if published is None or not published.readings:
        return None
    table = from_table1(found.inputs.dataset.published[published.table])
    asked = readings(found.study.indicators, published.readings)
    values = _values(found, asked)
    rows = [
        {"indicators": ", ".join(each.id for each in indicators)} | _row(found, indicators, values, table)
        for indicators in asked
    ]
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="reading"))


def _values(found: PreparedStudy, asked: tuple[Indicators, ...]) -> pd.DataFrame:
    """Of every indicator of any reading, code × id."""
    every = {indicator.id: indicator for indicators in asked for indicator in indicators}
    problems = Collector(found.path.name)
    values = indicator_values(
        tuple(every.values()), found.inputs.dataset, found.inputs.emissions_mt, "published.readings", problems
    )
    problems.refuse()
    return values


def _row(
    found: PreparedStudy, indicators: Indicators, values: pd.DataFrame, published: pd.DataFrame
) -> dict[str, float | None]:
    numbers = IndicatorNumbers(
        values=values[[indicator.id for indicator in indicators]],
        direction={indicator.id: indicator.direction for indicator in indicators},
        weighting=found.numbers.indicators.weighting,
    )
    try:
        made = split(found.numbers.with_(indicators=numbers), found.split)
        data = made.data()
    except CapshareError:
        # Its groups' caps fit no bounds; that says nothing of the other readings, and the note counts it.
        return NO_DISTANCES
    try:
        quota = found.engine.allocate(data).quantities["quota_mt"]
    except NoSplitError:
        return NO_DISTANCES
    limits = found.study.balance
    emissions, group = data.provinces["emissions_mt"], made.blocks.group
    ours = balances(quota, emissions, group, limits.slight_mt, limits.severe_mt)
    return distances(ours, published)
