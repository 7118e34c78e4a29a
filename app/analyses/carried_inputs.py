"""What a result carries of its inputs, so that a reader can follow every number back to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from capshare.analyses.published import reduction_potential
from capshare.chain.inputs import Inputs
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.indicators.expression import columns_of
from capshare.study.study import Study

ALWAYS = ("population_1e4", "gdp_1e8yuan", "ci_reduction_target_13fyp_pct")


def carried_inputs(study: Study, inputs: Inputs, ranked: pd.Index) -> dict[str, Any]:
    """Fields of a result that repeat its inputs.

    Parameters
    ----------
    study, inputs : of the run
    ranked : codes of the provinces whose potential was ranked; empty where it was not

    Returns
    -------
    dict of field of :class:`~capshare.model.outcome.result.Result` to its value: ``indicators`` (index
    code, one column per indicator, raw), ``indicator_expressions``, ``inputs_table`` (index code, the
    dataset's columns that the study uses and ``emissions_mt``), ``fields`` (index column),
    ``population_1e4``,
    ``gdp_1e8yuan`` (index code, or year and code), ``potential_indicators`` (index code, raw),
    ``potential_components`` (index component; ``eigenvalue, sign_correlation`` and one coefficient per
    indicator) and ``rules`` (planners' own)
    """
    table = inputs.dataset.table
    used = table[[name for name in table.columns if name in _columns(study)]]
    raw, components = _potential(study, inputs, ranked)
    return {
        "indicators": inputs.indicators,
        "indicator_expressions": {item.id: item.expression for item in study.indicators},
        "inputs_table": used.assign(emissions_mt=inputs.emissions_mt),
        "fields": inputs.dataset.fields.loc[
            [name for name in used.columns if name in inputs.dataset.fields.index]
        ],
        "population_1e4": table.get("population_1e4"),
        "gdp_1e8yuan": _gdp(inputs),
        "potential_indicators": raw,
        "potential_components": components,
        "rules": inputs.rules,
    }


def _columns(study: Study) -> set[str]:
    wanted = study.potential.indicators if study.potential else ()
    expressions: Iterable[str] = [item.expression for item in (*study.indicators, *wanted)]
    fuels = study.emissions.fuels if study.emissions.method == "fuels" else ()
    burnt = {f"{fuel}_{unit}" for fuel in fuels if fuel in FUEL_FACTORS for unit in ("1e4t", "1e8m3")}
    return burnt.union(ALWAYS, *map(columns_of, expressions))


def _gdp(inputs: Inputs) -> pd.Series | None:
    if inputs.gdp_1e8yuan is None:
        stated: pd.Series | None = inputs.dataset.table.get("gdp_1e8yuan")
        return stated
    gdp = {year: inputs.gdp_1e8yuan[year] for year in inputs.years}
    if len(gdp) > 1:
        every: pd.Series = pd.concat(gdp, names=["year", "code"])
        return every.rename("gdp_1e8yuan")
    only: pd.Series = gdp[inputs.years[0]]
    return only


def _potential(
    study: Study, inputs: Inputs, ranked: pd.Index
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    found = reduction_potential(study, inputs, ranked) if len(ranked) else None
    if found is None or found.components is None or inputs.potential_indicators is None:
        return None, None
    kept, components = list(found.kept), found.components
    frame = components.coefficients[kept].T.rename_axis(index="component", columns=None)
    frame.insert(0, "eigenvalue", components.eigenvalues[kept])
    frame.insert(1, "sign_correlation", components.sign_correlation[kept])
    return inputs.potential_indicators.loc[list(ranked)], frame
