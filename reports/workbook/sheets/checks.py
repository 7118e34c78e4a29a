"""What a reviewer would verify, as formulas on the other sheets, each with its limit."""

from __future__ import annotations

import math

import numpy as np

from capshare.base.conventions import conventions
from capshare.model.allocation.checks import FEASIBLE_MT, TOLERANCE
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import SCIENTIFIC
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.formats import mark_state, mark_words
from capshare.reports.workbook.grid import Field, Formula, Label
from capshare.reports.workbook.sheets.allocation import coverage_mt, trade_cost_1e8yuan
from capshare.reports.workbook.sheets.components import component_checks
from capshare.reports.workbook.sheets.identity import identity_gap, is_affine
from capshare.reports.workbook.sheets.integrity import integrity_checks
from capshare.reports.workbook.sheets.rule_checks import rule_checks
from capshare.reports.workbook.sheets.targets import target_checks
from capshare.reports.workbook.sheets.tiers import tier_checks

STATE_CELL = (HEADING_ROW - 2, 3)


def checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """Every check by name, in the order of the chain.

    Parameters
    ----------
    builder : with every table that the checks compare in its place
    """
    return {
        **_sums(builder),
        **_bounds(builder),
        **rule_checks(builder),
        **_market(builder),
        **_costs(builder),
        **_prices(builder),
        **target_checks(builder),
        **integrity_checks(),
        **component_checks(builder),
    }


def _sums(builder: WorkbookBuilder) -> dict[str, Check]:
    data = builder.data
    p, groups, weights = data.provinces, builder.grids["groups"], builder.grids["weights"]
    totals: dict[str, Check] = {}
    if weights.labels:
        found = abs(float(data.outcome.weights.table["weight"].sum()) - 1)
        totals["weights_add_up"] = Check(f"ABS(SUM({weights.column('weight')})-1)", found, TOLERANCE)
    for name, grid, column in (
        ("caps_add_up", "groups", "cap_mt"),
        ("entitlements_add_up", "entitlements", "entitlement_mt"),
        ("quotas_add_up", "allocation", "quota_mt"),
    ):
        cap = _divided(builder)
        values = data.blocks["cap_mt"] if name == "caps_add_up" else p[column]
        total = float(data.total_mt.loc[list(data.years)].sum())
        figure = abs(float(values.sum()) - total) / total
        totals[name] = Check(f"ABS(SUM({builder.grids[grid].column(column)})-{cap})/{cap}", figure, TOLERANCE)
    per_block = p["quota_mt"].groupby([p.index.get_level_values("year"), p["block"]]).sum()
    worst = float((per_block.loc[list(groups.labels)] - data.blocks["cap_mt"]).abs().max())
    quotas = builder.grids["allocation"].sum_where("quota_mt", block_key=groups.column("block_key"))
    apart = f"SUMPRODUCT(MAX(ABS({quotas}-{groups.column('cap_mt')})))"
    return totals | {"quotas_per_block_mt": Check(apart, worst, FEASIBLE_MT)}


def _divided(builder: WorkbookBuilder) -> str:
    """What is divided in the years shown."""
    cells = [builder.grids["cap"].ref("divided_mt", year) for year in builder.data.years]
    return f"SUM({','.join(cells)})"


def _bounds(builder: WorkbookBuilder) -> dict[str, Check]:
    data, grid, source = builder.data, builder.grids["allocation"], builder.grids["entitlements"]
    p, quota = data.provinces, builder.grids["allocation"].column("quota_mt")
    below = max(0.0, float((p["floor_mt"] - p["quota_mt"]).max()))
    found = {
        "below_floor_mt": Check(
            f"MAX(0,SUMPRODUCT(MAX({source.column('floor_mt')}-{quota})))", below, FEASIBLE_MT
        )
    }
    if np.isfinite(p["ceiling_mt"]).all():
        above = max(0.0, float((p["quota_mt"] - p["ceiling_mt"]).max()))
        formula = f"MAX(0,SUMPRODUCT(MAX({quota}-{source.column('ceiling_mt')})))"
        found["above_ceiling_mt"] = Check(formula, above, FEASIBLE_MT)
    if np.isfinite(data.max_deviation):
        allowed = builder.named("max_deviation")
        amount = grid.column("entitlement_mt")
        missed = (p["quota_mt"] - p["entitlement_mt"]).abs() - data.max_deviation * p["entitlement_mt"]
        name, further, number = "beyond_equity_mt", "", allowed
        if data.targets is not None:
            missed = missed - data.targets.distance_mt
            name, further = "beyond_distance_mt", f"-{source.column('distance_mt')}"
            number = builder.named("distance_points")
        formula = (
            f"IF(ISNUMBER({number}),"
            f"MAX(0,SUMPRODUCT(MAX(ABS({quota}-{amount})-{allowed}*{amount}{further}))),0)"
        )
        found[name] = Check(formula, max(0.0, float(missed.max())), FEASIBLE_MT)
    return found | tier_checks(builder)


def _market(builder: WorkbookBuilder) -> dict[str, Check]:
    data, grid = builder.data, builder.grids["allocation"]
    p = data.provinces
    short = max(0.0, -float(coverage_mt(builder).min()))
    trade = abs(float(p["purchase_mt"].sum() - p["sale_mt"].sum()))
    bought, sold = grid.column("purchase_mt"), grid.column("sale_mt")
    found = {
        "not_covered_mt": Check(f"MAX(0,-MIN({grid.column('coverage_mt')}))", short, FEASIBLE_MT),
        "market_unbalanced_mt": Check(f"ABS(SUM({bought})-SUM({sold}))", trade, FEASIBLE_MT),
    }
    limit = float(data.setting("allocation.trade_limit", math.inf))
    if math.isfinite(limit):
        beyond = max(0.0, float((p["purchase_mt"] - limit * p["emissions_mt"]).max()))
        cell = builder.named("trade_limit")
        burnt = grid.column("emissions_mt")
        formula = f"IF(ISNUMBER({cell}),MAX(0,SUMPRODUCT(MAX({bought}-{cell}*{burnt}))),0)"
        found["beyond_purchase_limit_mt"] = Check(formula, beyond, FEASIBLE_MT)
    return found


def _costs(builder: WorkbookBuilder) -> dict[str, Check]:
    data, grid = builder.data, builder.grids["allocation"]
    spent = data.provinces[["cost_1e8yuan", "penalty_1e8yuan"]].sum().sum()
    spent += float(trade_cost_1e8yuan(builder).sum())
    used = builder.grids["steps"].column("used_mt")
    each = builder.named("trade_cost")
    total = (
        f"SUM({grid.column('cost_1e8yuan')})+SUM({grid.column('penalty_1e8yuan')})"
        f"+SUM({grid.column('purchase_mt')})*{each}/{builder.named('millions')}"
    )
    found = {}
    if "outcome" in builder.grids:
        objective = sum(end.objective_1e8yuan for end in data.endings.values())
        solved = f"SUM({builder.grids['outcome'].column('objective_1e8yuan')})"
        penalty = float(data.setting("allocation.penalty_yuan_per_t", 0.0)) / conventions().millions
        dearest = f"{builder.named('penalty')}/{builder.named('millions')}"
        found["cost_is_objective"] = Check(
            f"ABS({total}-{solved})/MAX(1,ABS({solved}),{dearest})",
            abs(float(spent) - objective) / max(1.0, abs(objective), penalty),
            TOLERANCE,
        )
    return found | {
        "steps_are_abatement": Check(
            f"ABS(SUM({used})-SUM({grid.column('abatement_mt')}))/MAX(1,SUM({used}))", 0.0, TOLERANCE
        )
    }


def _prices(builder: WorkbookBuilder) -> dict[str, Check]:
    data, groups, grid = builder.data, builder.grids["groups"], builder.grids["prices"]
    gaps = groups.column("contributions_gap")
    largest = max(1.0, float(data.prices["price_yuan_per_t"].abs().max()))
    price = builder.grids["constraints"].column("price_yuan_per_t")
    scale = f"MAX(1,MAX({price}),-MIN({price}))"
    p = data.contributions["contribution_yuan_per_t"]
    keys = data.provinces["block"].loc[p.index]
    total = p.groupby([p.index.get_level_values("year"), keys]).sum()
    gap = (total.loc[list(groups.labels)] - data.blocks["price_yuan_per_t"]).abs().max()
    found = {
        "contributions_add_up": Check(
            f"MAX(MAX({gaps}),-MIN({gaps}))/{scale}", float(gap) / largest, TOLERANCE
        ),
    }
    if is_affine(builder):
        both = grid.column("identity_gap")
        off = float(identity_gap(builder).abs().max()) / largest
        formula = f"MAX(MAX({both}),-MIN({both}))/{scale}"
        found["price_decomposition"] = Check(formula, off, TOLERANCE)
    return found


def checks_sheet(builder: WorkbookBuilder) -> None:
    """The state of the workbook, the checks as formulas, and the run's own checks.

    Parameters
    ----------
    builder : as of :func:`checks`, with the state set by :func:`edited_sheet`
    """
    found = checks(builder)
    sheet = builder.open("checks")
    builder.put(sheet, *STATE_CELL, builder.state)
    mark_state(sheet, sheet.cell(*STATE_CELL).coordinate, builder.state)
    names = ("check", "check_figure", "limit_name", "check_limit", "check_passed")
    grid = builder.grid("checks", "checks", tuple(found), names)
    builder.write("checks", _fields(builder, found), 1)
    _of_the_run(builder, grid.bottom + 3)
    passed = grid.letter("check_passed")
    mark_words(sheet, f"{passed}{grid.top + 1}:{passed}{grid.bottom}", builder.word("no"))


def _fields(builder: WorkbookBuilder, found: dict[str, Check]) -> list[Field]:
    grid = builder.grids["checks"]
    yes, no = builder.words("yes"), builder.words("no")
    figures = {name: check.figure for name, check in found.items()}
    limits = {name: check.limit for name, check in found.items()}

    def passed(name: Label) -> str:
        figure, limit = grid.at("check_figure", name), grid.at("check_limit", name)
        # An error of what it compares fails a check, and must not spoil the count of those passed.
        return f"IF(ISNUMBER({figure}),IF({figure}<={limit},{yes},{no}),{no})"

    def limit(name: Label) -> str:
        known = builder.grids["assumptions"]
        return known.find("value", grid.at("limit_name", name), by="defined_name")

    return [
        Field("check", {name: builder.check_name(name) for name in found}),
        Field("check_figure", figures, "live", lambda name: found[name].formula, SCIENTIFIC),
        Field("limit_name", {name: check.limit_name for name, check in found.items()}),
        Field("check_limit", limits, "live", limit, SCIENTIFIC),
        Field("check_passed", {name: figures[name] <= limits[name] for name in found}, "live", passed, ""),
    ]


def _of_the_run(builder: WorkbookBuilder, top: int) -> None:
    table = builder.data.outcome.allocation.checks
    sheet = builder.book[builder.title("checks")]
    labels = list(table.index) if table.index.nlevels == 1 else [tuple(label) for label in table.index]
    builder.subtitle(sheet, top - 1, "checks_of_the_run")
    builder.grid("run_checks", "checks", labels, ("check", "check_figure", "check_passed"), top)
    named = {label: builder.check_name(label) for label in labels}
    builder.write(
        "run_checks",
        [
            Field("check", named),
            Field("check_figure", table["figure"].to_dict(), "solved", unit=SCIENTIFIC),
            Field("check_passed", table["passed"].map(bool).to_dict(), "solved", unit=""),
        ],
    )


def passed_checks(builder: WorkbookBuilder) -> Formula:
    """How many checks pass.

    Parameters
    ----------
    builder : with the place of ``checks``
    """
    passed = builder.grids["checks"].column("check_passed")
    count = sum(check.figure <= check.limit for check in checks(builder).values())
    return Formula(f"=SUMPRODUCT(({passed}={builder.words('yes')})*1)", count)
