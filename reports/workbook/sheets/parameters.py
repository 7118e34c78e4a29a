"""The study's numbers: the cap of every year, bounds, thresholds, one per row and to be edited there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from capshare.indicators.emissions import FUEL_FACTORS
from capshare.model.outcome.potential import HIGH_ABOVE, LOW_BELOW
from capshare.reports.words.columns import HUNDRED, MT, PRICE, SHARE
from capshare.reports.workbook.draft import HEADING_ROW, Draft
from capshare.reports.workbook.facts import Facts
from capshare.reports.workbook.grid import Field


@dataclass(frozen=True)
class Parameter:
    """One number of the study, in a unit."""

    value: float
    unit: str


def parameters(facts: Facts) -> dict[str, Parameter]:
    """The study's numbers by name.

    Parameters
    ----------
    facts : of the run

    Returns
    -------
    dict; a floor or ceiling only where it is one share for all provinces
    """
    numbers = {
        "max_deviation": Parameter(facts.max_deviation, SHARE),
        "trade_limit": Parameter(float(facts.setting("allocation.trade_limit", math.inf)), SHARE),
        "trade_cost": Parameter(float(facts.setting("allocation.trade_cost_yuan_per_t", 0.0)), PRICE),
        "penalty": Parameter(float(facts.setting("allocation.penalty_yuan_per_t", 0.0)), PRICE),
        "slight_mt": Parameter(float(facts.setting("balance.slight_mt", 100.0)), MT),
        "severe_mt": Parameter(float(facts.setting("balance.severe_mt", 300.0)), MT),
        "cause_mt": Parameter(float(facts.setting("balance.cause_mt", 400.0)), MT),
        "tier_high": Parameter(HIGH_ABOVE, HUNDRED),
        "tier_low": Parameter(LOW_BELOW, HUNDRED),
    }
    for name in ("floor", "ceiling"):
        share = common_share(facts, name)
        if share is not None:
            numbers[name] = Parameter(share, SHARE)
    for fuel, factor in fuel_factors(facts).items():
        numbers[f"factor_{fuel}"] = Parameter(factor, "t/t" if fuel != "natural_gas" else "kg/m3")
    return numbers


def common_share(facts: Facts, name: str) -> float | None:
    """The floor or ceiling as one share of emissions; None where provinces have their own."""
    share = facts.setting(f"allocation.{name}", None)
    if not isinstance(share, int | float):
        return None
    bound, emissions = facts.provinces[f"{name}_mt"], facts.provinces["emissions_mt"]
    if math.isinf(share):
        return float(share) if np.isinf(bound).all() else None
    return float(share) if np.allclose(bound, share * emissions, rtol=1e-12, atol=0.0) else None


def fuel_factors(facts: Facts) -> dict[str, float]:
    """Fuel → factor where emissions are fuels times factors and the fuels are among the inputs; else none."""
    if facts.setting("emissions.method", "") != "fuels":
        return {}
    given = facts.setting("emissions.factors", {})
    fuels = facts.setting("emissions.fuels", ())
    if not all(fuel_column(facts, fuel) for fuel in fuels):
        return {}
    return {fuel: float(given.get(fuel, FUEL_FACTORS.get(fuel, math.nan))) for fuel in fuels}


def fuel_column(facts: Facts, fuel: str) -> str:
    """The input column with a fuel's quantity; empty where there is none."""
    names = (f"{fuel}_1e4t", f"{fuel}_1e8m3")
    return next((name for name in names if name in facts.inputs), "")


def parameters_sheet(draft: Draft) -> None:
    """One row per number, with its meaning and unit."""
    numbers = parameters(draft.facts)
    names = ("parameter", "value", "unit", "meaning")
    sheet = draft.open("parameters")
    draft.grid("parameters", "parameters", tuple(numbers), names, HEADING_ROW)
    labels = {name: _texts(draft, name) for name in numbers}
    draft.write(
        "parameters",
        [
            Field("parameter", {name: label for name, (label, _) in labels.items()}),
            Field("value", {name: number.value for name, number in numbers.items()}, "input", unit=""),
            Field("unit", {name: draft.unit(number.unit) for name, number in numbers.items()}),
            Field("meaning", {name: meaning for name, (_, meaning) in labels.items()}),
        ],
        frozen=1,
    )
    grid = draft.grids["parameters"]
    for name, number in numbers.items():
        draft.put(sheet, grid.row(name), 2, number.value, "input", number.unit)


def _texts(draft: Draft, name: str) -> tuple[str, str]:
    if name.startswith("factor_"):
        fuel = draft.say(f"fuel.{name.removeprefix('factor_')}")
        return draft.say("parameter.factor", fuel=fuel), draft.say("parameter_meaning.factor")
    return draft.say(f"parameter.{name}"), draft.say(f"parameter_meaning.{name}")
