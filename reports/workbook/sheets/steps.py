"""Abatement steps: how far each is used in the allocation, on a free market, and without trade; live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.columns import MONEY, MT, PRICE, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cost_curve import CostCurve, middles
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.matching import summed
from capshare.reports.workbook.sheets.cost_levels import LEVEL, cost_formula
from capshare.reports.workbook.sheets.free_market import FreeMarket
from capshare.reports.workbook.sheets.market_figures import of_figures

_SIZE, _COST, _MIDDLE = "size_mt", "cost_yuan_per_t", "cut_middle"
_OWN = (_SIZE, _COST, "cheaper_own_mt", "used_mt", "used_cost_1e8yuan")
_MARKET = (
    "cheaper_all_mt",
    "used_on_market_mt",
    "market_cost_1e8yuan",
    "used_alone_mt",
    "alone_cost_1e8yuan",
)


def reserve(builder: WorkbookBuilder, market: FreeMarket | None, curve: CostCurve | None) -> None:
    """Place the table.

    Parameters
    ----------
    builder : takes the place of ``steps``
    market : as of :func:`capshare.reports.workbook.sheets.market.reserve`
    curve : that gives sizes and costs; None where they stay as solved
    """
    middle = (_MIDDLE,) if curve else ()
    names = (*builder.identity, "step", *middle, *_OWN, *(_MARKET if market else ()))
    builder.grid("steps", "steps", tuple(builder.data.steps.index), names)


def steps_sheet(builder: WorkbookBuilder, market: FreeMarket | None, curve: CostCurve | None) -> None:
    """One row per province and step, the cheapest of a province first.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``assumptions``, ``marginal_costs``, ``market``,
        ``market_figures`` and what :func:`reserve` placed
    market, curve : as of :func:`reserve`
    """
    data, names = builder.data, builder.names()
    labels = list(data.steps.index)
    builder.open("steps")
    name = "name_zh" if builder.lang == "zh" else "name_en"
    builder.write(
        "steps",
        [
            *builder.year_fields(labels),
            Field("code", {label: label[1] for label in labels}),
            Field(name, {label: names[label[1]] for label in labels}),
            Field("step", {label: label[2] for label in labels}, unit=""),
            *(_of_curve(builder, curve) if curve else _solved(builder)),
            *_own(builder),
            *(_market(builder, market) if market else []),
        ],
        frozen=len(builder.identity) + 1,
        totals=(_SIZE, "used_mt", "used_cost_1e8yuan"),
    )


def _solved(builder: WorkbookBuilder) -> list[Field]:
    """Sizes and costs of a curve that no closed form gives."""
    steps, why = builder.data.steps, builder.say("cost_as_solved")
    return [
        Field(_SIZE, steps[_SIZE].to_dict(), "solved", unit=MT),
        Field(_COST, steps[_COST].to_dict(), "solved", unit=PRICE, meaning=why),
    ]


def _of_curve(builder: WorkbookBuilder, curve: CostCurve) -> list[Field]:
    grid, levels, steps = builder.grids["steps"], builder.grids["marginal_costs"], builder.data.steps
    deepest, count = builder.named("max_abatement"), builder.named("cost_steps")

    def middle(label: Label) -> str:
        return f"{deepest}*({grid.at('step', label)}-{builder.named('half')})/{count}"

    def size(label: Label) -> str:
        return f"{summed(builder.grids['allocation'], 'emissions_mt', grid, label)}*{deepest}/{count}"

    def cost(label: Label) -> str:
        level = levels.find(LEVEL, grid.at("code", label), by="code")
        return cost_formula(builder, curve, level, grid.at(_MIDDLE, label))

    cut = middles(curve, steps.index.get_level_values("step")).to_numpy()
    return [
        Field(_MIDDLE, dict(zip(steps.index, cut, strict=True)), "live", middle, SHARE),
        Field(_SIZE, steps[_SIZE].to_dict(), "live", size, MT),
        Field(
            _COST, steps[_COST].to_dict(), "live", cost, PRICE, meaning=builder.say(f"cost_by.{curve.method}")
        ),
    ]


def used_mt(steps: pd.DataFrame, abatement_mt: pd.Series) -> pd.Series:
    """How far each step is used, the cheapest of a province first.

    Parameters
    ----------
    steps : index (year, code, step), in the order of use; ``size_mt``
    abatement_mt : index (year, code), Mt

    Returns
    -------
    Series, index as `steps`, Mt
    """
    of_row = abatement_mt.to_dict()
    total = pd.Series([of_row[label[:2]] for label in steps.index], index=steps.index)
    left = total - cheaper_own(steps)
    return left.clip(lower=0.0).clip(upper=steps[_SIZE])


def cheaper_own(steps: pd.DataFrame) -> pd.Series:
    """Size of a province's steps that come before each, Mt.

    Parameters
    ----------
    steps : as of :func:`used_mt`
    """
    size = steps[_SIZE]
    return size.groupby(level=["year", "code"]).cumsum() - size


def _spent(builder: WorkbookBuilder, name: str, used: pd.Series, of: str) -> Field:
    """What the used part of every step costs."""
    grid = builder.grids["steps"]
    cost = used * builder.data.steps[_COST] / conventions().millions

    def formula(label: Label) -> str:
        return f"{grid.at(of, label)}*{grid.at(_COST, label)}/{builder.named('millions')}"

    return Field(name, cost.to_dict(), "live", formula, MONEY)


def _taken(builder: WorkbookBuilder, label: Label, table: str, column: str) -> str:
    """Part of a step that is used where a province cuts by what another table says."""
    grid = builder.grids["steps"]
    left = f"{summed(builder.grids[table], column, grid, label)}-{grid.at('cheaper_own_mt', label)}"
    return f"MIN({grid.at(_SIZE, label)},MAX(0,{left}))"


def _own(builder: WorkbookBuilder) -> list[Field]:
    data = builder.data
    used = used_mt(data.steps, data.provinces["abatement_mt"])
    return [
        Field(
            "cheaper_own_mt",
            cheaper_own(data.steps).to_dict(),
            "live",
            lambda label: _before(builder, label),
            MT,
        ),
        Field(
            "used_mt",
            used.to_dict(),
            "live",
            lambda label: _taken(builder, label, "allocation", "abatement_mt"),
            MT,
        ),
        _spent(builder, "used_cost_1e8yuan", used, "used_mt"),
    ]


def _before(builder: WorkbookBuilder, label: Label) -> str:
    """What comes before the step above and that step itself, where it is of the same province and year."""
    grid = builder.grids["steps"]
    keys = [name for name in ("year", "code") if name in grid.names]
    alike = ",".join(f"{grid.above(name, label)}={grid.at(name, label)}" for name in keys)
    return f"IF(AND({alike}),{grid.above('cheaper_own_mt', label)}+{grid.above(_SIZE, label)},0)"


def _market(builder: WorkbookBuilder, market: FreeMarket) -> list[Field]:
    data, grid = builder.data, builder.grids["steps"]

    def used(label: Label) -> str:
        price, part = (of_figures(builder, name, grid, label) for name in ("clearing_price", "marginal_part"))
        size, cost = grid.at(_SIZE, label), grid.at(_COST, label)
        return f"IF({cost}<{price},{size},IF({cost}={price},{size}*{part},0))"

    alone = used_mt(data.steps, data.provinces["emissions_mt"] - data.provinces["quota_mt"])
    return [
        Field(
            "cheaper_all_mt",
            cheaper_all(data.steps).to_dict(),
            "live",
            lambda label: _cheaper(builder, label),
            MT,
        ),
        Field("used_on_market_mt", market.used_mt.to_dict(), "live", used, MT),
        _spent(
            builder, "market_cost_1e8yuan", market.used_mt.loc[list(data.steps.index)], "used_on_market_mt"
        ),
        Field(
            "used_alone_mt",
            alone.to_dict(),
            "live",
            lambda label: _taken(builder, label, "market", "need_mt"),
            MT,
        ),
        _spent(builder, "alone_cost_1e8yuan", alone, "used_alone_mt"),
    ]


def _cheaper(builder: WorkbookBuilder, label: Label) -> str:
    """Size of the year's cheaper steps, compared as numbers: criteria of SUMIFS keep 15 digits of them."""
    grid = builder.grids["steps"]
    cost, size = (grid.span(name) for name in (_COST, _SIZE))
    if builder.data.several:
        ends = [of_figures(builder, name, grid, label) for name in ("first_row", "last_row")]
        cost, size = (":".join(f"INDEX({span},{end})" for end in ends) for span in (cost, size))
    return f"SUMPRODUCT(({cost}<{grid.at(_COST, label)})*{size})"


def cheaper_all(steps: pd.DataFrame) -> pd.Series:
    """Size of all provinces' steps of the year that are cheaper than each, Mt.

    Parameters
    ----------
    steps : index (year, code, step); ``size_mt, cost_yuan_per_t``
    """
    parts = []
    for _, rows in steps.groupby(level="year"):
        cost, size = (rows[name].to_numpy(dtype=float) for name in (_COST, _SIZE))
        order = np.argsort(cost, kind="stable")
        before = np.concatenate([[0.0], np.cumsum(size[order])])
        parts.append(pd.Series(before[np.searchsorted(cost[order], cost, side="left")], index=rows.index))
    return pd.concat(parts)
