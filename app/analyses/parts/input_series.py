"""Series of the dataset and of the scenario that the years of a run follow, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from capshare.chain.electricity import CONSUMPTION, GENERATION
from capshare.chain.inputs import Inputs
from capshare.chain.national_growth import followed_years, follows_growth
from capshare.indicators.dataset.electricity import electricity_source
from capshare.indicators.dataset.scenarios import SCENARIO, read_growth
from capshare.study.past_emissions import past_emissions
from capshare.study.rule_sources import since
from capshare.study.study import Study

_NATIONAL = ["purpose", "series_year", "table", "variable", "value", "unit", "source"]
_PROVINCIAL = ["purpose", "code", "series_year", "table", "variable", "value", "unit"]


def national_series(study: Study, inputs: Inputs) -> pd.DataFrame | None:
    """Figures of the nation that emissions, GDP and the cap follow, and where they stand.

    Parameters
    ----------
    study, inputs : a study and what it reads

    Returns
    -------
    DataFrame, index (purpose, series_year); ``table, variable, value, unit, source``: ``growth`` of the
        scenario, ``nowcast_growth`` and ``nowcast_change`` of the years before the base year,
        ``official_cut`` that pledges start from, ``anchor`` of prices, ``grid_factor`` of electricity where
        the study takes the nation's; None where the study follows none
    """
    parts = (_scenario, _nowcast, _cut, _anchor, _national_grid_factor)
    rows = [row for part in parts for row in part(study, inputs)]
    if not rows:
        return None
    return pd.DataFrame(rows, columns=_NATIONAL).set_index(_NATIONAL[:2])


def provincial_series(study: Study, inputs: Inputs) -> pd.DataFrame | None:
    """Figures of the provinces in other years that emissions and GDP follow, and where they stand.

    Parameters
    ----------
    study, inputs : a study and what it reads

    Returns
    -------
    DataFrame, index (purpose, code, series_year); ``table, variable, value, unit``: of ``past_growth``, which
        tells the provinces' GDP apart, of the ``second_inventory`` that a nowcast follows, of ``generation``,
        ``consumption`` and ``grid_factor`` of electricity that crosses borders, of ``power_and_heat`` and the
        ``inventory_total`` that it is a part of, and ``cumulative_emissions`` up to the year stated, which
        are of no single cell; None where the study follows none
    """
    rows = []
    asked, carried = study.baseline, study.nowcast
    if asked is not None and asked.method == "growth" and asked.growth_window:
        first, last = asked.growth_window
        rows += _of_panel(inputs, "past_growth", "gdp_index", range(first + 1, last + 1))
    if carried is not None and carried.provincial == "second-inventory":
        name = inputs.dataset.facts.roles.require("panel", "second_inventory", inputs.dataset.name)
        rows += _of_panel(
            inputs, "second_inventory", name, range(carried.from_year, study.study.base_year + 1)
        )
    rows += [*_electricity(inputs), *_grid_factors(study, inputs), *_power_and_heat(study, inputs)]
    rows += _past(study, inputs)
    if not rows:
        return None
    return pd.DataFrame(rows, columns=_PROVINCIAL).set_index(_PROVINCIAL[:3]).sort_index()


def _scenario(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    if not follows_growth(study):
        return []
    growth = read_growth(*_scenario_file(inputs.files))
    return [
        ("growth", year, SCENARIO, "gdp_growth_pct", float(row["gdp_growth_pct"]), "%", str(row["source"]))
        for year, row in growth.loc[list(followed_years(study))].iterrows()
    ]


def _scenario_file(files: Mapping[str, bytes]) -> tuple[bytes, str]:
    name = next(name for name in files if name.startswith(f"{SCENARIO}/"))
    return files[name], name.removeprefix(f"{SCENARIO}/")


def _nowcast(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    if study.nowcast is None:
        return []
    roles = {"nowcast_growth": "gdp_growth", "nowcast_change": "intensity_change"}
    years = range(study.nowcast.from_year + 1, study.study.base_year + 1)
    return [row for purpose, role in roles.items() for row in _of_role(inputs, purpose, role, years)]


def _cut(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    if study.cap.method != "intensity" or study.cap.start != "official":
        return []
    return _of_role(inputs, "official_cut", "official_cut", [study.study.base_year])


def _anchor(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    asked = study.prices.anchor
    if isinstance(asked, str | float):
        return []
    return _of_nation(inputs, "anchor", asked.series, [asked.year])


def _of_role(inputs: Inputs, purpose: str, role: str, years: Iterable[int]) -> list[tuple[object, ...]]:
    dataset = inputs.dataset
    return _of_nation(inputs, purpose, dataset.facts.roles.require("national", role, dataset.name), years)


def _of_nation(inputs: Inputs, purpose: str, name: str, years: Iterable[int]) -> list[tuple[object, ...]]:
    table, wanted = inputs.dataset.national, set(years)
    if table is None:
        return []
    rows = table[(table["variable"] == name) & table["year"].isin(wanted)].sort_values("year")
    return [
        (purpose, int(row["year"]), "national", name, float(row["value"]), row["unit"], row.get("source", ""))
        for _, row in rows.iterrows()
    ]


def _electricity(inputs: Inputs) -> list[tuple[object, ...]]:
    table = inputs.base_year.electricity
    if table is None:
        return []
    rows: list[tuple[object, ...]] = []
    for purpose, role in (("consumption", CONSUMPTION), ("generation", GENERATION)):
        year = int(table[f"{purpose}_year"].iloc[0])
        where, name, values, unit = electricity_source(inputs.dataset, role, year)
        rows += [
            (purpose, str(code), year, where, name, float(value), unit) for code, value in values.items()
        ]
    return rows


def _grid_factors(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    table = inputs.base_year.electricity
    if table is None or study.electricity is None or study.electricity.factor == "national":
        return []
    dataset, year = inputs.dataset, int(table["factor_year"].iloc[0])
    name = dataset.facts.roles.require("emission_factors", "electricity", dataset.name)
    rows = dataset.table_of("emission_factors")
    rows = rows[(rows["variable"] == name) & (rows["year"] == year)]
    return [
        ("grid_factor", str(row["code"]), year, "emission_factors", name, float(row["value"]), row["unit"])
        for _, row in rows.iterrows()
    ]


def _national_grid_factor(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    table = inputs.base_year.electricity
    if table is None or study.electricity is None or study.electricity.factor != "national":
        return []
    return _of_role(inputs, "grid_factor", "electricity_factor", [int(table["factor_year"].iloc[0])])


def _power_and_heat(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    """Emissions of power and heat and of the whole inventory, each province's of the year that has both."""
    parts, dataset = inputs.market_parts, inputs.dataset
    if parts is None or "inventory" not in set(parts["source"]):
        return []
    years = parts.loc[parts["source"] == "inventory", "source_year"].droplevel("sector").astype(int)
    table, rows = dataset.table_of("inventory"), list[tuple[object, ...]]()
    for purpose, role in (("power_and_heat", "power_and_heat"), ("inventory_total", "emissions")):
        name = dataset.facts.roles.require("inventory", role, dataset.name)
        values = table[name].to_dict()
        rows += [
            (purpose, str(code), int(year), "inventory", name, float(values[code, year]), "Mt CO2")
            for code, year in years.items()
        ]
    return rows


def _past(study: Study, inputs: Inputs) -> list[tuple[object, ...]]:
    past = past_emissions(study, inputs.dataset, since(study))
    if past is None:
        return []
    name, last = str(past.emissions_mt.name), past.years[-1]
    return [
        ("cumulative_emissions", str(code), last, "study", name, float(value), "Mt CO2")
        for code, value in past.emissions_mt.items()
    ]


def _of_panel(inputs: Inputs, purpose: str, name: str, years: Iterable[int]) -> list[tuple[object, ...]]:
    table, wanted = inputs.dataset.panel, set(years)
    if table is None:
        return []
    rows = table[(table["variable"] == name) & table["year"].isin(wanted)]
    return [
        (purpose, str(row["code"]), int(row["year"]), "panel", name, float(row["value"]), row["unit"])
        for _, row in rows.iterrows()
    ]
