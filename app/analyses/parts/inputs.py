"""What an outcome repeats of its inputs, so that a reader can follow every number back to them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from capshare.analyses.parts.input_series import national_series, provincial_series
from capshare.chain.inputs import Inputs
from capshare.chain.prepared import PreparedStudy
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.sizes import SIZES, size_column
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.indicators.expression import columns_of
from capshare.model.outcome.inputs_used import InputsUsed
from capshare.study.study import Study


def inputs_used(found: PreparedStudy) -> InputsUsed:
    """The figures of the dataset that the study uses.

    Parameters
    ----------
    found : the study's chain
    """
    study, inputs = found.study, found.inputs
    table, fields = inputs.dataset.table, inputs.dataset.fields
    wanted = _columns(study).union(_always(inputs.dataset), _made_of(study, inputs.dataset))
    used = table[[name for name in table.columns if name in wanted]]
    return InputsUsed(
        table=used.assign(**_published(study, inputs.dataset), emissions_mt=inputs.emissions_mt),
        fields=fields.loc[[name for name in used.columns if name in fields.index]],
        indicators=inputs.indicators,
        expressions={item.id: item.expression for item in study.scored},
        gdp_1e8yuan=_gdp(inputs),
        constraints={year: rules for year, rules in inputs.rules.items() if rules},
        nowcast=_nowcast(inputs),
        market_parts=inputs.market_parts,
        electricity=inputs.base_year.electricity,
        national=national_series(study, inputs),
        provincial=provincial_series(study, inputs),
    )


def _published(study: Study, dataset: Dataset) -> dict[str, pd.Series]:
    """Emissions as a published table states them, by the names of table and column."""
    asked = study.emissions
    if asked.table is None or asked.column is None:
        return {}
    name = f"{asked.table}.{asked.column}"
    return {name: dataset.published[asked.table][asked.column].reindex(dataset.table.index)}


def _always(dataset: Dataset) -> set[str]:
    """Population, GDP, and what plans assigned, for a reader to judge the result by."""
    sizes = {column for name in SIZES if (column := size_column(dataset, name)) is not None}
    return sizes | {plan.column for plan in dataset.facts.roles.plans if plan.table == "provinces"}


def _made_of(study: Study, dataset: Dataset) -> set[str]:
    """What emissions and GDP of the base year are made of."""
    asked, baseline = study.emissions, study.baseline
    own = [asked.column if asked.table is None else None]
    if baseline is not None and baseline.method == "growth":
        own.append(size_column(dataset, baseline.gdp_column))
    return {name for name in own if name is not None}


def _columns(study: Study) -> set[str]:
    wanted = study.potential.indicators if study.potential else ()
    left_open = study.published.readings if study.published else ()
    read = [alternative for choice in left_open for alternative in choice.alternatives]
    expressions: Iterable[str] = [item.expression for item in (*study.scored, *wanted, *read)]
    fuels = study.emissions.fuels if study.emissions.method == "fuels" else ()
    burnt = {f"{fuel}_{unit}" for fuel in fuels if fuel in FUEL_FACTORS for unit in ("1e4t", "1e8m3")}
    return burnt.union(*map(columns_of, expressions))


def _nowcast(inputs: Inputs) -> pd.DataFrame | None:
    carried = inputs.base_year.nowcast
    if carried is None:
        return None
    return carried.factors.rename_axis(index={"year": "nowcast_year"})


def _gdp(inputs: Inputs) -> pd.Series | None:
    if inputs.gdp_1e8yuan is None:
        return None
    gdp: pd.Series = pd.concat({year: inputs.gdp_1e8yuan[year] for year in inputs.years})
    return gdp.rename_axis(["year", "code"]).rename("gdp_1e8yuan")
