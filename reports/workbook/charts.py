"""Native charts on the cells of the sheets: they follow an edited input."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.chart import Chart, Series, column_cells
from capshare.reports.workbook.chart_place import beside
from capshare.reports.workbook.grid import Formula, Label
from capshare.reports.workbook.summary_charts import add_summary_charts

# Told apart by the colour-blind, and by lightness in grey print.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
# Fits into the width of a landscape A4 page.
_WIDTH_CM, _HEIGHT_CM = 24, 9
# Few bars need less: the axis, and so much for each.
_AXIS_CM, _BAR_CM = 8, 0.6


def add_charts(builder: WorkbookBuilder) -> None:
    """Those of provinces in the year chosen, and one each for weights, groups and potential.

    Parameters
    ----------
    builder : with every sheet written
    """
    add_summary_charts(builder)
    year = builder.data.years[-1]
    name = "name_zh" if builder.lang == "zh" else "name_en"
    _bar(builder, "weights", ["weight"], "indicator_name")
    blocks = [key for key in builder.grids["groups"].labels if key[0] == year]
    if len(blocks) > 1:
        _bar(builder, "groups", ["cap_mt"], "group", blocks)
    if "potential" in builder.grids:
        _bar(builder, "potential", ["score"], name)


def _bar(
    builder: WorkbookBuilder,
    grid_name: str,
    columns: Sequence[str],
    categories: str,
    rows: Sequence[Label] | None = None,
) -> None:
    grid = builder.grids[grid_name]
    if not grid.labels:
        return
    sheet = builder.book[grid.sheet]
    headings = [str(sheet.cell(grid.top, grid.place(column)).value).split("\n") for column in columns]
    row, column = beside(sheet, grid)
    cells = (
        sheet.cell(grid.row(label), grid.place(name)).value
        for label in rows or grid.labels
        for name in columns
    )
    shown = [cell.value if isinstance(cell, Formula) else cell for cell in cells]
    chart = Chart(
        title=builder.say(f"chart.{grid_name}", year=builder.data.years[-1]),
        axis=headings[0][-1],
        categories=column_cells(grid, categories, rows),
        series=[
            Series(heading[0], column_cells(grid, column, rows), colour)
            for heading, column, colour in zip(headings, columns, COLOURS, strict=False)
        ],
        row=row,
        column=column,
        width_cm=min(_WIDTH_CM, _AXIS_CM + _BAR_CM * len(columns) * len(rows or grid.labels)),
        height_cm=_HEIGHT_CM,
        # Bars of different lengths must not look as if one were twice the other when it is not.
        least=None if any(isinstance(value, Real) and value < 0 for value in shown) else 0.0,
    )
    sheet.charts.append(chart)
