"""What the solver decided, with the bounds it had to keep; quantities are values, the rest is live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.reports.words.columns import MONEY, MT, SHARE
from capshare.reports.workbook.cells import SCIENTIFIC
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.steps import own_rows

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


def reserve(draft: Draft) -> None:
    """Place the table, and below it how the solver ended."""
    p = draft.facts.provinces
    carried = _CARRIED if set(_CARRIED) <= set(p.columns) and p[list(_CARRIED)].to_numpy().any() else ()
    grid = draft.grid("allocation", "allocation", draft.facts.rows, (*draft.identity, *_NAMES, *carried))
    if draft.facts.endings:
        draft.grid("outcome", "allocation", tuple(draft.facts.endings), OUTCOME, grid.bottom + 3)


def allocation_sheet(draft: Draft) -> None:
    """One row per province and year."""
    facts = draft.facts
    p, identity = facts.provinces, draft.province_fields()
    keys = {row: facts.key(*facts.block_of[row]) for row in facts.rows}
    entitlement = draft.grids["entitlements"]
    draft.open("allocation")
    draft.write(
        "allocation",
        [
            *identity,
            Field("block_key", keys, "live", lambda row: entitlement.ref("block_key", row)),
            draft.link("emissions_mt", "entitlements", "emissions_mt", p["emissions_mt"]),
            draft.link("entitlement_mt", "entitlements", "entitlement_mt", p["entitlement_mt"]),
            *_bounds(draft),
            *(Field(name, p[name].to_dict(), "solved", unit=MT) for name in SOLVED),
            *_derived(draft),
            *(Field(name, p[name].to_dict(), "solved", unit=MT) for name in _carried(draft)),
        ],
        frozen=len(identity),
    )
    outcome(draft)


def _carried(draft: Draft) -> list[str]:
    """Columns of what is banked between years, where anything is."""
    return [name for name in _CARRIED if name in draft.grids["allocation"].names]


def outcome(draft: Draft) -> None:
    """How the solver ended, below the table."""
    grid = draft.grids.get("outcome")
    if grid is None:
        return
    draft.subtitle(draft.book[grid.sheet], grid.top - 1, "outcome")
    ends = draft.facts.endings
    units = {"duality_gap": SCIENTIFIC, "objective_1e8yuan": MONEY, "penalty_1e8yuan": MONEY}
    figures = [
        Field(
            name,
            {year: getattr(end, name) for year, end in ends.items()},
            "solved",
            unit=units.get(name, ""),
            heading=draft.say(f"outcome.{name}"),
            widens=False,
        )
        for name in OUTCOME[1:]
    ]
    draft.write("outcome", [Field("year", {year: year for year in ends}, unit=""), *figures])


def _bounds(draft: Draft) -> list[Field]:
    facts, source = draft.facts, draft.grids["entitlements"]
    p, deviation = facts.provinces, facts.max_deviation
    grid, allowed = draft.grids["allocation"], draft.grids["parameters"].ref("value", "max_deviation")
    unlimited = draft.words("no_limit")
    least, most = p["floor_mt"], p["ceiling_mt"]
    if np.isfinite(deviation):
        least = least.clip(lower=(1 - deviation) * p["entitlement_mt"])
        most = most.clip(upper=(1 + deviation) * p["entitlement_mt"])

    def lowest(row: Label) -> str:
        floor, amount = source.ref("floor_mt", row), grid.at("entitlement_mt", row)
        return f"IF(ISNUMBER({allowed}),MAX({floor},(1-{allowed})*{amount}),{floor})"

    def highest(row: Label) -> str:
        ceiling, amount = source.ref("ceiling_mt", row), grid.at("entitlement_mt", row)
        within = f"IF(ISNUMBER({ceiling}),MIN({ceiling},(1+{allowed})*{amount}),(1+{allowed})*{amount})"
        return f"IF(ISNUMBER({allowed}),{within},IF(ISNUMBER({ceiling}),{ceiling},{unlimited}))"

    return [
        Field("least_mt", least.to_dict(), "live", lowest),
        Field("most_mt", most.to_dict(), "live", highest),
    ]


def _derived(draft: Draft) -> list[Field]:
    facts, grid = draft.facts, draft.grids["allocation"]
    p, limit = facts.provinces, float(facts.setting("allocation.trade_limit", np.inf))
    total = p["quota_mt"].groupby("year").transform("sum")
    # 0 × inf is no number: a province without emissions needs no purchases.
    purchases = (p["emissions_mt"] * limit).where(
        p["emissions_mt"] > 0, limit * 0 if np.isfinite(limit) else limit
    )
    covered = p["quota_mt"] + p["purchase_mt"] - p["sale_mt"] + p["abatement_mt"] + p["uncovered_mt"]
    for name, sign in zip(_CARRIED, (1.0, -1.0), strict=True):
        covered = covered + sign * p[name] if name in _carried(draft) else covered
    deviation = (p["quota_mt"] / p["entitlement_mt"].where(p["entitlement_mt"] > 0) - 1).fillna(0.0)
    penalty = draft.grids["parameters"].ref("value", "penalty")
    return [
        Field("quota_share", (p["quota_mt"] / total).to_dict(), "live", lambda row: _share(draft, row)),
        Field("purchase_limit_mt", purchases.to_dict(), "live", lambda row: _limit(draft, row)),
        Field(
            "coverage_mt", (covered - p["emissions_mt"]).to_dict(), "live", lambda row: _coverage(draft, row)
        ),
        Field("cost_1e8yuan", p["cost_1e8yuan"].to_dict(), "live", lambda row: _cost(draft, row), MONEY),
        Field(
            "penalty_1e8yuan",
            p["penalty_1e8yuan"].to_dict(),
            "live",
            lambda row: f"{grid.at('uncovered_mt', row)}*{penalty}/100",
        ),
        Field("deviation_share", deviation.to_dict(), "live", lambda row: _deviation(draft, row), SHARE),
    ]


def _share(draft: Draft, row: Label) -> str:
    grid = draft.grids["allocation"]
    same = draft.facts.of_year(row[0])
    return f"{grid.at('quota_mt', row)}/SUM({grid.span('quota_mt', same)})"


def _limit(draft: Draft, row: Label) -> str:
    limit = draft.grids["parameters"].ref("value", "trade_limit")
    emissions = draft.grids["allocation"].at("emissions_mt", row)
    return f"IF(ISNUMBER({limit}),{limit}*{emissions},{draft.words('no_limit')})"


def _coverage(draft: Draft, row: Label) -> str:
    quota, abated, bought, sold, uncovered = (draft.grids["allocation"].at(name, row) for name in SOLVED)
    signs = dict(zip(_CARRIED, "+-", strict=True))
    grid = draft.grids["allocation"]
    carried = "".join(f"{signs[name]}{grid.at(name, row)}" for name in _carried(draft))
    return f"{quota}+{bought}-{sold}+{abated}+{uncovered}{carried}-{grid.at('emissions_mt', row)}"


def _cost(draft: Draft, row: Label) -> str:
    rows = own_rows(draft.facts, row[0], row[1])
    return f"SUM({draft.grids['steps'].column('used_cost_1e8yuan', rows)})"


def _deviation(draft: Draft, row: Label) -> str:
    quota, amount = (draft.grids["allocation"].at(name, row) for name in ("quota_mt", "entitlement_mt"))
    return f"IF({amount}>0,{quota}/{amount}-1,0)"


def trade_cost_1e8yuan(draft: Draft) -> pd.Series:
    """What trading costs every year, index year, 1e8 yuan."""
    each = float(draft.facts.setting("allocation.trade_cost_yuan_per_t", 0.0))
    return draft.facts.provinces["purchase_mt"].groupby("year").sum() * each / 100
