"""What the solver decided, with the bounds it had to keep; quantities are values, the rest is live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.columns import MONEY, MT, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cells import SCIENTIFIC
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.matching import YEAR, summed
from capshare.reports.workbook.sheets.tiers import tier_fields, tier_names

SOLVED = ("quota_mt", "abatement_mt", "purchase_mt", "sale_mt", "uncovered_mt")
OUTCOME = ("year", "objective_1e8yuan", "penalty_1e8yuan", "duality_gap", "status", "solver")
_CARRIED = ("carried_in_mt", "carried_out_mt")
_NAMES = (
    *("block_key", "emissions_mt", "entitlement_mt", "least_mt", "most_mt", *SOLVED),
    *(
        "quota_share",
        "purchase_limit_mt",
        "coverage_mt",
        "cost_1e8yuan",
        "penalty_1e8yuan",
        "deviation_share",
    ),
)


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table, and below it how the solver ended.

    Parameters
    ----------
    builder : takes the places of ``allocation`` and ``outcome``
    """
    p = builder.data.provinces
    carried = _CARRIED if set(_CARRIED) <= set(p.columns) and p[list(_CARRIED)].to_numpy().any() else ()
    names = (*builder.identity, *_NAMES, *carried, *tier_names(builder))
    grid = builder.grid("allocation", "allocation", builder.data.rows, names)
    if builder.data.endings:
        builder.grid("outcome", "allocation", tuple(builder.data.endings), OUTCOME, grid.bottom + 3)


def allocation_sheet(builder: WorkbookBuilder) -> None:
    """One row per province and year.

    Parameters
    ----------
    builder : with the places of ``entitlements``, ``assumptions``, ``steps`` and what :func:`reserve` placed
    """
    data = builder.data
    p, identity = data.provinces, builder.province_fields()
    keys = builder.block_keys()
    entitlement = builder.grids["entitlements"]
    builder.open("allocation")
    builder.write(
        "allocation",
        [
            *identity,
            Field("block_key", keys, "live", lambda row: entitlement.peer("block_key", row)),
            builder.link("emissions_mt", "entitlements", "emissions_mt", p["emissions_mt"]),
            builder.link("entitlement_mt", "entitlements", "entitlement_mt", p["entitlement_mt"]),
            *_bounds(builder),
            *(Field(name, p[name].to_dict(), "solved", unit=MT) for name in SOLVED),
            *_derived(builder),
            *(Field(name, p[name].to_dict(), "solved", unit=MT) for name in _carried(builder)),
            *tier_fields(builder),
        ],
        frozen=len(identity),
        totals=("emissions_mt", "entitlement_mt", *SOLVED, "cost_1e8yuan", "penalty_1e8yuan"),
    )
    outcome(builder)


def _carried(builder: WorkbookBuilder) -> list[str]:
    """Columns of what is banked between years, where anything is."""
    return [name for name in _CARRIED if name in builder.grids["allocation"].names]


def outcome(builder: WorkbookBuilder) -> None:
    """How the solver ended, below the table.

    Parameters
    ----------
    builder : with the place of ``outcome``; without, nothing is written
    """
    grid = builder.grids.get("outcome")
    if grid is None:
        return
    builder.subtitle(builder.book[grid.sheet], grid.top - 1, "outcome")
    ends = builder.data.endings
    units = {"duality_gap": SCIENTIFIC, "objective_1e8yuan": MONEY, "penalty_1e8yuan": MONEY}
    figures = [
        Field(
            name,
            {year: _said(builder, getattr(end, name)) for year, end in ends.items()},
            "solved",
            unit=units.get(name, ""),
            heading=builder.say(f"outcome.{name}"),
            widens=False,
        )
        for name in OUTCOME[1:]
    ]
    builder.write("outcome", [Field("year", {year: year for year in ends}, unit=""), *figures])


def _said(builder: WorkbookBuilder, value: object) -> object:
    """A word for the state of a solution; names of solvers stay."""
    return builder.word(value) if isinstance(value, str) else value


def _bounds(builder: WorkbookBuilder) -> list[Field]:
    data, source = builder.data, builder.grids["entitlements"]
    p, deviation = data.provinces, data.max_deviation
    grid, allowed = builder.grids["allocation"], builder.named("max_deviation")
    unlimited = builder.words("no_limit")
    least, most = p["floor_mt"], p["ceiling_mt"]
    distance = data.targets.distance_mt if data.targets else 0.0
    if np.isfinite(deviation):
        least = least.clip(lower=(1 - deviation) * p["entitlement_mt"] - distance)
        most = most.clip(upper=(1 + deviation) * p["entitlement_mt"] + distance)

    def lowest(row: Label) -> str:
        floor, amount = source.peer("floor_mt", row), grid.at("entitlement_mt", row)
        if data.targets:
            distance = source.peer("distance_mt", row)
            return f"IF(ISNUMBER({distance}),MAX({floor},(1-{allowed})*{amount}-{distance}),{floor})"
        return f"IF(ISNUMBER({allowed}),MAX({floor},(1-{allowed})*{amount}),{floor})"

    def highest(row: Label) -> str:
        ceiling, amount = source.peer("ceiling_mt", row), grid.at("entitlement_mt", row)
        if data.targets:
            distance = source.peer("distance_mt", row)
            return f"IF(ISNUMBER({distance}),MIN({ceiling},(1+{allowed})*{amount}+{distance}),{ceiling})"
        within = f"IF(ISNUMBER({ceiling}),MIN({ceiling},(1+{allowed})*{amount}),(1+{allowed})*{amount})"
        return f"IF(ISNUMBER({allowed}),{within},IF(ISNUMBER({ceiling}),{ceiling},{unlimited}))"

    return [
        Field("least_mt", least.to_dict(), "live", lowest),
        Field("most_mt", most.to_dict(), "live", highest),
    ]


def _derived(builder: WorkbookBuilder) -> list[Field]:
    data, grid = builder.data, builder.grids["allocation"]
    p, limit = data.provinces, float(data.setting("allocation.trade_limit", np.inf))
    total = p["quota_mt"].groupby("year").transform("sum")
    # 0 × inf is no number: a province without emissions needs no purchases.
    purchases = (p["emissions_mt"] * limit).where(
        p["emissions_mt"] > 0, limit * 0 if np.isfinite(limit) else limit
    )
    deviation = (p["quota_mt"] / p["entitlement_mt"].where(p["entitlement_mt"] > 0) - 1).fillna(0.0)
    penalty = builder.named("penalty")
    return [
        Field("quota_share", (p["quota_mt"] / total).to_dict(), "live", lambda row: _share(builder, row)),
        Field("purchase_limit_mt", purchases.to_dict(), "live", lambda row: _limit(builder, row)),
        Field(
            "coverage_mt",
            coverage_mt(builder).to_dict(),
            "live",
            lambda row: _coverage(builder, row),
        ),
        Field("cost_1e8yuan", p["cost_1e8yuan"].to_dict(), "live", lambda row: _cost(builder, row), MONEY),
        Field(
            "penalty_1e8yuan",
            p["penalty_1e8yuan"].to_dict(),
            "live",
            lambda row: f"{grid.at('uncovered_mt', row)}*{penalty}/{builder.named('millions')}",
        ),
        Field("deviation_share", deviation.to_dict(), "live", lambda row: _deviation(builder, row), SHARE),
    ]


def _share(builder: WorkbookBuilder, row: Label) -> str:
    grid = builder.grids["allocation"]
    return f"{grid.at('quota_mt', row)}/{summed(grid, 'quota_mt', grid, row, YEAR)}"


def _limit(builder: WorkbookBuilder, row: Label) -> str:
    limit = builder.named("trade_limit")
    emissions = builder.grids["allocation"].at("emissions_mt", row)
    return f"IF(ISNUMBER({limit}),{limit}*{emissions},{builder.words('no_limit')})"


def _coverage(builder: WorkbookBuilder, row: Label) -> str:
    quota, abated, bought, sold, uncovered = (builder.grids["allocation"].at(name, row) for name in SOLVED)
    signs = dict(zip(_CARRIED, "+-", strict=True))
    grid = builder.grids["allocation"]
    carried = "".join(f"{signs[name]}{grid.at(name, row)}" for name in _carried(builder))
    return f"{quota}+{bought}-{sold}+{abated}+{uncovered}{carried}-{grid.at('emissions_mt', row)}"


def _cost(builder: WorkbookBuilder, row: Label) -> str:
    return summed(builder.grids["steps"], "used_cost_1e8yuan", builder.grids["allocation"], row)


def _deviation(builder: WorkbookBuilder, row: Label) -> str:
    quota, amount = (builder.grids["allocation"].at(name, row) for name in ("quota_mt", "entitlement_mt"))
    return f"IF({amount}>0,{quota}/{amount}-1,0)"


def coverage_mt(builder: WorkbookBuilder) -> pd.Series:
    """What a province holds, abates and pays for beyond its emissions, index (year, code), Mt CO2.

    Parameters
    ----------
    builder : its data is read: what the solver decided, and what is carried between years (Mt CO2)
    """
    p = builder.data.provinces
    covered = p["quota_mt"] + p["purchase_mt"] - p["sale_mt"] + p["abatement_mt"] + p["uncovered_mt"]
    for name, sign in zip(_CARRIED, (1.0, -1.0), strict=True):
        covered = covered + sign * p[name] if name in _carried(builder) else covered
    return covered - p["emissions_mt"]


def trade_cost_1e8yuan(builder: WorkbookBuilder) -> pd.Series:
    """What trading costs every year, index year, 1e8 yuan.

    Parameters
    ----------
    builder : its data is read: `purchase_mt` (Mt CO2) and the cost per purchase (yuan/t)
    """
    each = float(builder.data.setting("allocation.trade_cost_yuan_per_t", 0.0))
    return builder.data.provinces["purchase_mt"].groupby("year").sum() * each / conventions().millions
