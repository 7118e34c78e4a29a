"""Abatement steps: how far each is used in the allocation, on a free market, and without trade; live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.columns import MONEY, MT, PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.free_market import FreeMarket
from capshare.reports.workbook.workbook_data import WorkbookData

_OWN = ("size_mt", "cost_yuan_per_t", "cheaper_own_mt", "used_mt", "used_cost_1e8yuan")
_MARKET = ("cheaper_all_mt", "used_on_market_mt", "used_alone_mt")


def reserve(builder: WorkbookBuilder, market: FreeMarket | None) -> None:
    """Place the table.

    Parameters
    ----------
    builder : takes the place of ``steps``
    market : as of :func:`capshare.reports.workbook.sheets.market.reserve`
    """
    names = (*builder.identity, "step", *_OWN, *(_MARKET if market else ()))
    builder.grid("steps", "steps", tuple(builder.data.steps.index), names)


def own_rows(data: WorkbookData, year: int, code: str) -> list[Label]:
    """The rows of a province's steps, which are neighbours.

    Parameters
    ----------
    data : of the run
    year, code : of the province
    """
    return list(data.step_rows[year, code])


def steps_sheet(builder: WorkbookBuilder, market: FreeMarket | None) -> None:
    """One row per province and step.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``market``, ``market_figures`` and what
        :func:`reserve` placed
    market : as of :func:`reserve`
    """
    data, names = builder.data, builder.names()
    labels = list(data.steps.index)
    builder.open("steps")
    name = "name_zh" if builder.lang == "zh" else "name_en"
    used = used_mt(data.steps, data.provinces["abatement_mt"])
    builder.write(
        "steps",
        [
            *builder.year_fields(labels),
            Field("code", {label: label[1] for label in labels}),
            Field(name, {label: names[label[1]] for label in labels}),
            Field("step", {label: label[2] for label in labels}, unit=""),
            Field("size_mt", data.steps["size_mt"].to_dict(), "solved"),
            Field("cost_yuan_per_t", data.steps["cost_yuan_per_t"].to_dict(), "solved", unit=PRICE),
            *_own(builder, used),
            *(_market(builder, market) if market else []),
        ],
        frozen=len(builder.identity) + 1,
    )


def used_mt(steps: pd.DataFrame, abatement_mt: pd.Series) -> pd.Series:
    """How far each step is used, the cheapest of a province first.

    Parameters
    ----------
    steps : index (year, code, step); ``size_mt, cost_yuan_per_t``
    abatement_mt : index (year, code), Mt

    Returns
    -------
    Series, index as `steps`, Mt
    """
    of_row = abatement_mt.to_dict()
    total = pd.Series([of_row[label[:2]] for label in steps.index], index=steps.index)
    left = total - cheaper_own(steps)
    return left.clip(lower=0.0).clip(upper=steps["size_mt"])


def cheaper_own(steps: pd.DataFrame) -> pd.Series:
    """Size of a province's steps that come before each, Mt.

    Parameters
    ----------
    steps : index (year, code, step); ``size_mt, cost_yuan_per_t``
    """
    ordered = steps.sort_values("cost_yuan_per_t", kind="stable")
    size = ordered["size_mt"]
    before = size.groupby(level=["year", "code"]).cumsum() - size
    return before.reindex(steps.index)


def _own(builder: WorkbookBuilder, used: pd.Series) -> list[Field]:
    data, grid, allocation = builder.data, builder.grids["steps"], builder.grids["allocation"]
    cost = used * data.steps["cost_yuan_per_t"] / conventions().millions

    def taken(label: Label) -> str:
        total = allocation.ref("abatement_mt", label[:2])
        return f"MIN({grid.at('size_mt', label)},MAX(0,{total}-{grid.at('cheaper_own_mt', label)}))"

    def spent(label: Label) -> str:
        return f"{grid.at('used_mt', label)}*{_cost(builder, label)}/{conventions().millions}"

    before = cheaper_own(data.steps).to_dict()
    return [
        Field("cheaper_own_mt", before, "live", lambda label: _before(builder, label), MT),
        Field("used_mt", used.to_dict(), "live", taken, MT),
        Field("used_cost_1e8yuan", cost.to_dict(), "live", spent, MONEY),
    ]


def _before(builder: WorkbookBuilder, label: Label) -> str:
    """Size of the province's cheaper steps, and of earlier ones that cost the same."""
    grid, cost = builder.grids["steps"], _cost(builder, label)
    rows = own_rows(builder.data, label[0], label[1])
    sooner = rows[: rows.index(label)]

    def summed(some: list[Label], sign: str) -> str:
        costs, size = (grid.span(name, some) for name in ("cost_yuan_per_t", "size_mt"))
        return f"SUMPRODUCT(({costs}{sign}{cost})*{size})"

    return summed(rows, "<") + (f"+{summed(sooner, '=')}" if sooner else "")


def _cost(builder: WorkbookBuilder, label: Label) -> str:
    return builder.grids["steps"].at("cost_yuan_per_t", label)


def _market(builder: WorkbookBuilder, market: FreeMarket) -> list[Field]:
    data, grid, figures = builder.data, builder.grids["steps"], builder.grids["market_figures"]
    provinces = builder.grids["market"]
    rows_of = {year: [label for label in grid.labels if label[0] == year] for year in data.years}

    def cheaper(label: Label) -> str:
        rows = rows_of[label[0]]
        costs, size = grid.span("cost_yuan_per_t", rows), grid.span("size_mt", rows)
        return f"SUMPRODUCT(({costs}<{_cost(builder, label)})*{size})"

    def used(label: Label) -> str:
        year = label[0]
        price, part = figures.ref("clearing_price", year), figures.ref("marginal_part", year)
        size, cost = grid.at("size_mt", label), _cost(builder, label)
        return f"IF({cost}<{price},{size},IF({cost}={price},{size}*{part},0))"

    def alone(label: Label) -> str:
        need = provinces.ref("need_mt", label[:2])
        return f"MIN({grid.at('size_mt', label)},MAX(0,{need}-{grid.at('cheaper_own_mt', label)}))"

    need = data.provinces["emissions_mt"] - data.provinces["quota_mt"]
    return [
        Field("cheaper_all_mt", cheaper_all(data.steps).to_dict(), "live", cheaper, MT),
        Field("used_on_market_mt", market.used_mt.to_dict(), "live", used, MT),
        Field("used_alone_mt", used_mt(data.steps, need).to_dict(), "live", alone, MT),
    ]


def cheaper_all(steps: pd.DataFrame) -> pd.Series:
    """Size of all provinces' steps of the year that are cheaper than each, Mt.

    Parameters
    ----------
    steps : as of :func:`cheaper_own`
    """
    parts = []
    for _, rows in steps.groupby(level="year"):
        cost, size = (rows[name].to_numpy(dtype=float) for name in ("cost_yuan_per_t", "size_mt"))
        order = np.argsort(cost, kind="stable")
        before = np.concatenate([[0.0], np.cumsum(size[order])])
        parts.append(pd.Series(before[np.searchsorted(cost[order], cost, side="left")], index=rows.index))
    return pd.concat(parts)
