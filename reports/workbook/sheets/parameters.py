"""The study's numbers: the cap of every year, bounds, thresholds, one per row and to be edited there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from capshare.indicators.emissions import FUEL_FACTORS
from capshare.model.outcome.potential import HIGH_ABOVE, LOW_BELOW
from capshare.reports.words.columns import HUNDRED, MT, PERCENT, POINTS, PRICE, SHARE
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.workbook_data import WorkbookData


@dataclass(frozen=True)
class Parameter:
    """One number of the study, in a unit."""

    value: float
    unit: str


def parameters(data: WorkbookData) -> dict[str, Parameter]:
    """The study's numbers by name.

    Parameters
    ----------
    data : of the run

    Returns
    -------
    dict; a floor or ceiling only where it is one share for all provinces
    """
    numbers = {
        "max_deviation": Parameter(data.max_deviation, SHARE),
        "trade_limit": Parameter(float(data.setting("allocation.trade_limit", math.inf)), SHARE),
        "trade_cost": Parameter(float(data.setting("allocation.trade_cost_yuan_per_t", 0.0)), PRICE),
        "penalty": Parameter(float(data.setting("allocation.penalty_yuan_per_t", 0.0)), PRICE),
        "slight_mt": Parameter(float(data.setting("balance.slight_mt", 100.0)), MT),
        "severe_mt": Parameter(float(data.setting("balance.severe_mt", 300.0)), MT),
        "cause_mt": Parameter(float(data.setting("balance.cause_mt", 400.0)), MT),
        "tier_high": Parameter(HIGH_ABOVE, HUNDRED),
        "tier_low": Parameter(LOW_BELOW, HUNDRED),
    }
    if data.targets is not None:
        least, most = data.targets.band_pct
        numbers |= {
            "spread_points": Parameter(data.targets.spread_points, POINTS),
            "distance_points": Parameter(data.targets.distance_points, POINTS),
            "band_least": Parameter(least, PERCENT),
            "band_most": Parameter(most, PERCENT),
        }
    for name in ("floor", "ceiling"):
        share = common_share(data, name)
        if share is not None:
            numbers[name] = Parameter(share, SHARE)
    for fuel, factor in fuel_factors(data).items():
        numbers[f"factor_{fuel}"] = Parameter(factor, "t/t" if fuel != "natural_gas" else "kg/m3")
    return numbers


def common_share(data: WorkbookData, name: str) -> float | None:
    """The floor or ceiling as one share of base-year emissions; None where provinces have their own.

    Parameters
    ----------
    data : of the run; emissions and bounds in Mt CO2
    name : "floor" or "ceiling"
    """
    share = data.setting(f"allocation.{name}", None)
    if not isinstance(share, int | float):
        return None
    bound = data.provinces[f"{name}_mt"]
    emissions = data.inputs["emissions_mt"].reindex(bound.index.get_level_values("code")).to_numpy()
    if math.isinf(share):
        return float(share) if np.isinf(bound).all() else None
    return float(share) if np.allclose(bound, share * emissions, rtol=1e-12, atol=0.0) else None


def fuel_factors(data: WorkbookData) -> dict[str, float]:
    """Fuel → factor where emissions are fuels times factors and the fuels are among the inputs; else none.

    Parameters
    ----------
    data : of the run
    """
    if data.setting("emissions.method", "") != "fuels":
        return {}
    given = data.setting("emissions.factors", {})
    fuels = data.setting("emissions.fuels", ())
    if not all(fuel_column(data, fuel) for fuel in fuels):
        return {}
    return {fuel: float(given.get(fuel, FUEL_FACTORS.get(fuel, math.nan))) for fuel in fuels}


def fuel_column(data: WorkbookData, fuel: str) -> str:
    """The input column with a fuel's quantity; empty where there is none.

    Parameters
    ----------
    data : of the run
    fuel : as the study names it, "coal"
    """
    names = (f"{fuel}_1e4t", f"{fuel}_1e8m3")
    return next((name for name in names if name in data.inputs), "")


def parameters_sheet(builder: WorkbookBuilder) -> None:
    """One row per number, with its meaning and unit.

    Parameters
    ----------
    builder : takes the place of ``parameters``
    """
    numbers = parameters(builder.data)
    names = ("parameter", "value", "unit", "meaning")
    sheet = builder.open("parameters")
    builder.grid("parameters", "parameters", tuple(numbers), names, HEADING_ROW)
    labels = {name: _texts(builder, name) for name in numbers}
    builder.write(
        "parameters",
        [
            Field("parameter", {name: label for name, (label, _) in labels.items()}),
            Field("value", {name: number.value for name, number in numbers.items()}, "input", unit=""),
            Field("unit", {name: builder.unit(number.unit) for name, number in numbers.items()}),
            Field("meaning", {name: meaning for name, (_, meaning) in labels.items()}),
        ],
        frozen=1,
    )
    grid = builder.grids["parameters"]
    for name, number in numbers.items():
        builder.put(sheet, grid.row(name), 2, number.value, "input", number.unit)


def _texts(builder: WorkbookBuilder, name: str) -> tuple[str, str]:
    if name.startswith("factor_"):
        fuel = builder.say(f"fuel.{name.removeprefix('factor_')}")
        return builder.say("parameter.factor", fuel=fuel), builder.say("parameter_meaning.factor")
    return builder.say(f"parameter.{name}"), builder.say(f"parameter_meaning.{name}")
