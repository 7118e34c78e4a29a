"""What decides the split of the last year: cost curves, freedom at the same cost, constraints."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.drivers import ComparedCurves, Drivers
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MONEY, MT, PERCENT, PRICE
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field

_RANGE = ("quota_low_mt", "quota_high_mt")


def has_drivers(drivers: Drivers) -> bool:
    """Whether there is anything for the sheet.

    Parameters
    ----------
    drivers : of a run
    """
    parts = (drivers.curves, drivers.quota_ranges, drivers.constraint_costs)
    return any(part is not None for part in parts)


def drivers_sheet(builder: WorkbookBuilder) -> None:
    """Provinces under every curve, then the prices under each, then what constraints cost; solved values.

    Parameters
    ----------
    builder : of a run; nothing is written where the run has nothing of it
    """
    drivers = builder.data.outcome.drivers
    if not has_drivers(drivers):
        return
    sheet = builder.open("drivers")
    codes = sorted({str(code) for _, code in builder.data.rows})
    fields = [*builder.code_fields(codes), *_ranges(drivers.quota_ranges)]
    if drivers.curves is not None:
        fields += _quotas(builder, drivers.curves)
    builder.grid("drivers", "drivers", codes, [field.name for field in fields])
    builder.write("drivers", fields, frozen=2)
    top = HEADING_ROW + len(codes) + 4
    if drivers.curves is not None:
        builder.subtitle(sheet, top - 1, "curve_prices")
        top = _prices(builder, drivers.curves.prices, top) + 4
    if drivers.constraint_costs is not None:
        builder.subtitle(sheet, top - 1, "constraint_costs")
        _constraints(builder, drivers.constraint_costs, top)


def _ranges(ranges: pd.DataFrame | None) -> list[Field]:
    if ranges is None:
        return []
    return [Field(name, ranges[name].to_dict(), "solved", unit=MT) for name in _RANGE]


def _quotas(builder: WorkbookBuilder, curves: ComparedCurves) -> list[Field]:
    table = curves.quotas.droplevel("year")
    fields = []
    for curve in table.index.get_level_values("curve").unique():
        own, called = table.xs(curve, level="curve"), term("curves", curve, builder.lang)
        for name, unit in (("quota_mt", MT), ("cut_pct", PERCENT), ("abatement_mt", MT)):
            if name in own:
                heading = builder.say(f"heading.curve_{name}", curve=called)
                fields.append(
                    Field(f"{name}_{curve}", own[name].to_dict(), "solved", unit=unit, heading=heading)
                )
    fragile = table["fragile"].groupby(level="code").any()
    return [*fields, Field("fragile", fragile.map(bool).to_dict(), "solved", unit="")]


def _prices(builder: WorkbookBuilder, prices: pd.DataFrame, top: int) -> int:
    """The table of prices, and the row it ends in."""
    rows, lang = prices.droplevel("year"), builder.lang
    labels = list(rows.index)
    names = ("curve", "group", "price_yuan_per_t", "cost_1e8yuan", "moved_mt")
    grid = builder.grid("curve_prices", "drivers", labels, names, top)
    builder.write(
        "curve_prices",
        [
            Field("curve", {label: term("curves", label[0], lang) for label in labels}),
            Field("group", {label: term("terms", label[1], lang) for label in labels}),
            Field("price_yuan_per_t", rows["price_yuan_per_t"].to_dict(), "solved", unit=PRICE),
            Field("cost_1e8yuan", rows["cost_1e8yuan"].to_dict(), "solved", unit=MONEY),
            Field("moved_mt", rows["moved_mt"].to_dict(), "solved", unit=MT),
        ],
    )
    return grid.bottom


def _constraints(builder: WorkbookBuilder, costs: pd.Series, top: int) -> None:
    labels = list(map(str, costs.index))
    builder.grid("constraint_costs", "drivers", labels, ("constraint", "saved_1e8yuan"), top)
    called = {label: term("constraints", label, builder.lang) for label in labels}
    builder.write(
        "constraint_costs",
        [
            Field("constraint", called, heading=builder.say("heading.without")),
            Field("saved_1e8yuan", costs.to_dict(), "solved", unit=MONEY),
        ],
    )
