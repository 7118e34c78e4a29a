"""Every scalar of the workbook, once: the numbers of the study, to be edited, and constants of the method."""

from __future__ import annotations

import math

import numpy as np

from capshare.base.conventions import conventions
from capshare.indicators.emissions import FUEL_FACTORS
from capshare.model.outcome.balance import BALANCED_MT
from capshare.model.outcome.distance import RANK_DIGITS
from capshare.model.outcome.potential import HIGH_ABOVE, LOW_BELOW
from capshare.reports.words.columns import HUNDRED, MT, PERCENT, POINTS, PRICE, SHARE
from capshare.reports.workbook.assumption import Assumption
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import SCIENTIFIC, column_form
from capshare.reports.workbook.chain_assumptions import chain_assumptions
from capshare.reports.workbook.check import LIMITS
from capshare.reports.workbook.further_assumptions import further_assumptions, of_targets_alone
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.layout import make_room
from capshare.reports.workbook.sheets.table_sums import CONTROL_ROUNDING, FORMULA_ROUNDING
from capshare.reports.workbook.whose_assumptions import whose_assumptions
from capshare.reports.workbook.workbook_data import WorkbookData

_TINY = 1e-3


def assumptions(data: WorkbookData) -> dict[str, Assumption]:
    """The scalars of the workbook, each once, by the name that formulas use.

    Parameters
    ----------
    data : of the run

    Returns
    -------
    dict; a floor or ceiling only where it is one share for all provinces
    """
    own = {**_of_the_study(data), **_of_targets(data), **_of_fuels(data), **_constants()}
    return of_targets_alone(
        data, {**own, **chain_assumptions(data), **further_assumptions(data), **whose_assumptions(data)}
    )


def _of_the_study(data: WorkbookData) -> dict[str, Assumption]:
    def setting(key: str, otherwise: float, unit: str) -> Assumption:
        return Assumption(float(data.setting(key, otherwise)), unit, conventions().outward(key))

    numbers = {
        "max_deviation": setting("allocation.max_deviation", math.inf, SHARE),
        "trade_limit": setting("allocation.trade_limit", math.inf, SHARE),
        "trade_cost": setting("allocation.trade_cost_yuan_per_t", 0.0, PRICE),
        "penalty": setting("allocation.penalty_yuan_per_t", 0.0, PRICE),
        "slight_mt": setting("balance.slight_mt", 100.0, MT),
        "severe_mt": setting("balance.severe_mt", 300.0, MT),
        "cause_mt": setting("balance.cause_mt", 400.0, MT),
    }
    for name in ("floor", "ceiling"):
        share = common_share(data, name)
        if share is not None:
            numbers[f"{name}_of_all"] = Assumption(share, SHARE, f"allocation.{name}")
    return numbers


def _of_targets(data: WorkbookData) -> dict[str, Assumption]:
    if data.targets is None:
        return {}
    least, most = data.targets.band_pct
    return {
        "spread_points": Assumption(data.targets.spread_points, POINTS, "burden.spread_points"),
        "distance_points": Assumption(data.targets.distance_points, POINTS, "targets.distance_points"),
        "band_least": Assumption(least, PERCENT, "targets.band_pct.1"),
        "band_most": Assumption(most, PERCENT, "targets.band_pct.2"),
    }


def _of_fuels(data: WorkbookData) -> dict[str, Assumption]:
    units = {"natural_gas": "kg/m3"}
    return {
        f"factor_{fuel}": Assumption(factor, units.get(fuel, "t/t"), f"emissions.factors.{fuel}")
        for fuel, factor in fuel_factors(data).items()
    }


def _constants() -> dict[str, Assumption]:
    """What formulas of the method contain besides 0 and 1."""
    return {
        "percent": Assumption(100.0, ""),
        "millions": Assumption(float(conventions().millions), ""),
        "mt_per_1e4t": Assumption(0.01, ""),
        "mt_per_1e8m3": Assumption(0.1, ""),
        "balanced_mt": Assumption(BALANCED_MT, MT),
        "tier_high": Assumption(HIGH_ABOVE, HUNDRED),
        "tier_low": Assumption(LOW_BELOW, HUNDRED),
        **{name: Assumption(limit, "") for name, limit in LIMITS.items()},
        "rank_digits": Assumption(RANK_DIGITS, ""),
        "control_rounding": Assumption(CONTROL_ROUNDING, ""),
        "formula_rounding": Assumption(FORMULA_ROUNDING, ""),
    }


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


def assumptions_sheet(builder: WorkbookBuilder) -> None:
    """One row per number, with its name, meaning, unit and key in the study.

    Parameters
    ----------
    builder : takes the place of ``assumptions``
    """
    numbers = assumptions(builder.data)
    sheet = builder.open("assumptions")
    names = ("assumption", "value", "unit", "defined_name", "study_key", "meaning")
    grid = builder.grid("assumptions", "assumptions", tuple(numbers), names, HEADING_ROW)
    labels = {name: _texts(builder, name) for name in numbers}
    builder.write(
        "assumptions",
        [
            Field("assumption", {name: label for name, (label, _) in labels.items()}),
            Field(
                "value",
                {name: number.value for name, number in numbers.items()},
                "input",
                unit="",
                key=lambda name: numbers[name].key,
                units=lambda name: numbers[name].unit,
            ),
            Field("unit", {name: builder.unit(number.unit) for name, number in numbers.items()}),
            Field("defined_name", {name: conventions().outward(name) for name in numbers}),
            Field("study_key", {name: number.key for name, number in numbers.items()}),
            Field("meaning", {name: meaning for name, (_, meaning) in labels.items()}),
        ],
        frozen=1,
    )
    for name, number in numbers.items():
        # A tolerance would look like 0 in the digits of its unit.
        unit = SCIENTIFIC if 0 < abs(number.value) < _TINY else number.unit
        kind = sheet.cell(grid.row(name), 2).kind
        builder.put(sheet, grid.row(name), 2, number.value, kind, unit)
        make_room(sheet, 2, number.value, column_form(unit, [number.value]))
        builder.name_cell(name, grid, "value", name)


def _texts(builder: WorkbookBuilder, name: str) -> tuple[str, str]:
    if name.startswith("number_"):
        return builder.say("assumption.number"), builder.say("assumption_meaning.number")
    if name.startswith("factor_"):
        fuel = builder.say(f"fuel.{name.removeprefix('factor_')}")
        return builder.say("assumption.factor", fuel=fuel), builder.say("assumption_meaning.factor")
    return builder.say(f"assumption.{name}"), builder.say(f"assumption_meaning.{name}")
