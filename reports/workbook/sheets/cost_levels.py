"""The level of each province's cost curve: a price before any cut, scaled to a known median; live."""

from __future__ import annotations

import pandas as pd

from capshare.model.abatement.anchor import weighted_median
from capshare.reports.words.columns import MT, PRICE, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.cost_curve import LOGARITHMIC, POWER, PRODUCTIVITY, CostCurve
from capshare.reports.workbook.grid import Field, Label

ANCHOR, FIT, LEVEL = "price_anchor", "cost_fit", "used_price_yuan_per_t"
_BEFORE, _NAIVE, _TO_HERE, _BY = (
    "fitted_price_yuan_per_t",
    "gdp_yuan_per_t",
    "weight_to_here",
    "median_weight",
)
_TABLE = "marginal_costs"


def level_names(curve: CostCurve | None) -> tuple[str, ...]:
    """Names of the columns of :func:`level_fields`.

    Parameters
    ----------
    curve : of the run; None has no such columns
    """
    if curve is None:
        return ()
    naive = ("gdp_1e8yuan", "emissions_mt", _NAIVE) if curve.method == PRODUCTIVITY else ()
    return (*naive, *((_BY, _TO_HERE) if curve.anchor_yuan_per_t is not None else ()), LEVEL)


def level_fields(builder: WorkbookBuilder, curve: CostCurve) -> list[Field]:
    """What each price counts by in the median, and the level of every curve.

    Parameters
    ----------
    builder : with the places of ``inputs``, ``marginal_costs``, ``price_anchor`` and ``cost_fit``
    curve : of the run
    """
    grid = builder.grids[_TABLE]
    fields = _naive(builder, curve) if curve.method == PRODUCTIVITY else []
    if curve.anchor_yuan_per_t is not None:
        fields += _median_fields(builder, curve)
    level = curve.level_yuan_per_t.to_dict()

    def formula(code: Label) -> str:
        price = grid.at(_before(curve), code)
        if curve.method == LOGARITHMIC:
            price = f"{price}*(1-{builder.named('meeting_cut')})^{elasticity(builder)}"
        return f"{price}*{builder.grids[ANCHOR].ref('times', ANCHOR)}" if ANCHOR in builder.grids else price

    return [*fields, Field(LEVEL, level, "live", formula, PRICE)]


def _before(curve: CostCurve) -> str:
    return _NAIVE if curve.method == PRODUCTIVITY else _BEFORE


def _naive(builder: WorkbookBuilder, curve: CostCurve) -> list[Field]:
    """GDP per tonne, from the inputs."""
    inputs, grid = builder.grids["inputs"], builder.grids[_TABLE]
    table, price = builder.data.inputs, curve.before_yuan_per_t.to_dict()

    def own(name: str, column: str, unit: str) -> Field:
        return Field(name, table[column].to_dict(), "live", lambda code: inputs.peer(column, code), unit)

    def ratio(code: Label) -> str:
        return f"{builder.named('millions')}*{grid.at('gdp_1e8yuan', code)}/{grid.at('emissions_mt', code)}"

    return [
        own("gdp_1e8yuan", curve.gdp_column, "auto"),
        own("emissions_mt", "emissions_mt", MT),
        Field(_NAIVE, price, "live", ratio, PRICE),
    ]


def _median_fields(builder: WorkbookBuilder, curve: CostCurve) -> list[Field]:
    grid, inputs, price = builder.grids[_TABLE], builder.grids["inputs"], curve.before_yuan_per_t
    by_emissions = bool((curve.weight == builder.data.inputs["emissions_mt"].reindex(price.index)).all())
    to_here = pd.Series({code: curve.weight[price <= price[code]].sum() for code in price.index})
    weight = inputs if by_emissions else None

    def share(code: Label) -> str:
        no_dearer = f"({grid.span(_before(curve))}<={grid.at(_before(curve), code)})"
        return f"SUMPRODUCT({no_dearer}*{grid.span(_BY)})/SUM({grid.span(_BY)})"

    return [
        Field(
            _BY,
            curve.weight.to_dict(),
            "live",
            lambda code: "1" if weight is None else weight.peer("emissions_mt", code),
            MT if by_emissions else "",
        ),
        Field(_TO_HERE, (to_here / curve.weight.sum()).to_dict(), "live", share, SHARE),
    ]


def anchor_fields(builder: WorkbookBuilder, curve: CostCurve) -> list[Field]:
    """The median of the prices, what it is scaled to, and by how much all are multiplied.

    Parameters
    ----------
    builder : with the places of ``marginal_costs``, ``price_anchor`` and ``assumptions``
    curve : of the run; its prices are anchored
    """
    grid, table = builder.grids[ANCHOR], builder.grids[_TABLE]
    middle = weighted_median(curve.before_yuan_per_t, curve.weight)
    anchor = float(curve.anchor_yuan_per_t or 0.0)
    half, room = builder.named("half"), builder.named("median_tolerance")
    price, here = table.column(_before(curve)), table.column(_TO_HERE)

    def least(condition: str) -> str:
        # The least of the prices that meet it, as both programs know no MINIFS of old.
        return f"1/SUMPRODUCT(MAX(({here}{condition})/{price}))"

    def median(_: Label) -> str:
        return f"{half}*({least(f'>={half}*(1-{room})')}+{least(f'>{half}*(1+{room})')})"

    def times(row: Label) -> str:
        return f"{grid.at('anchored_to', row)}/{grid.at('median_price', row)}"

    return [
        Field("median_price", {ANCHOR: middle}, "live", median, PRICE),
        Field("anchored_to", {ANCHOR: anchor}, "live", lambda _: builder.named("anchor_price"), PRICE),
        Field("times", {ANCHOR: anchor / middle}, "live", times, ""),
    ]


def elasticity(builder: WorkbookBuilder) -> str:
    """The cell of the power law's elasticity.

    Parameters
    ----------
    builder : with the place of ``cost_fit``
    """
    grid = builder.grids[FIT]
    return grid.ref("elasticity", grid.labels[0])


def cost_formula(builder: WorkbookBuilder, curve: CostCurve, level: str, cut: str) -> str:
    """Cost of a tonne at a cut, as a formula without =.

    Parameters
    ----------
    builder : with the place of ``cost_fit``, and the names of the assumptions
    curve : its method decides
    level, cut : cells or formulas of the level of the province's curve and of the cut
    """
    if curve.method == POWER:
        return f"{level}*(1-{cut})^{elasticity(builder)}"
    if curve.method == LOGARITHMIC:
        return f"{level}*LN(1-{cut})/LN(1-{builder.named('meeting_cut')})"
    return f"{level}*{cut}/{builder.named('max_abatement')}"
