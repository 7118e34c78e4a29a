"""Native charts on the cells of the sheets: they follow an edited input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Grid

if TYPE_CHECKING:
    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.worksheet.worksheet import Worksheet

# Told apart by the colour-blind, and by lightness in grey print.
COLOURS = ("0072B2", "E69F00", "009E73", "CC79A7")
# Fits into the width of a landscape A4 page.
_WIDTH_CM, _HEIGHT_CM = 24, 9
# How many rows a chart covers, with the space above it.
ROWS = 22
# Below more rows no room is left on the page, and the chart goes onto the next.
_ROWS_BESIDE_CHART = 18


def add_charts(builder: WorkbookBuilder) -> None:
    """One chart each for weights, groups, quotas and emissions, balances, prices and potential.

    Parameters
    ----------
    builder : with every sheet written
    """
    year = builder.data.years[-1]
    rows = builder.data.of_year(year)
    last = (rows[0], rows[-1])
    name = "name_zh" if builder.lang == "zh" else "name_en"
    _bar(builder, "weights", ["weight"], "indicator_name")
    blocks = [key for key in builder.grids["groups"].labels if key[0] == year]
    ends = (blocks[0], blocks[-1])
    _bar(builder, "groups", ["cap_mt"], "group", ends)
    _bar(builder, "allocation", ["quota_mt", "emissions_mt"], name, last)
    _bar(builder, "balance", ["balance_mt"], name, last)
    if "potential" in builder.grids:
        _bar(builder, "potential", ["score"], name)


def _bar(
    builder: WorkbookBuilder,
    grid_name: str,
    columns: list[str],
    categories: str,
    ends: tuple[object, object] | None = None,
) -> None:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.worksheet.pagebreak import Break

    grid = builder.grids[grid_name]
    if not grid.labels:
        return
    sheet: Worksheet = builder.book[grid.sheet]
    first, final = ends or (grid.labels[0], grid.labels[-1])
    chart = BarChart()
    chart.type, chart.gapWidth = "col", 60
    for place, column in enumerate(columns):
        at = _number(grid, column)
        values = Reference(sheet, min_col=at, min_row=grid.row(first), max_row=grid.row(final))
        chart.add_data(values, titles_from_data=False)
        _name_series(chart, place, sheet.cell(grid.top, at).value)
    at = _number(grid, categories)
    chart.set_categories(Reference(sheet, min_col=at, min_row=grid.row(first), max_row=grid.row(final)))
    heading = str(sheet.cell(grid.top, _number(grid, columns[0])).value).split(",\n")
    chart.title = builder.say(f"chart.{grid_name}", year=builder.data.years[-1])
    chart.y_axis.title = heading[-1] if len(heading) > 1 else heading[0]
    _finish(chart, len(columns) > 1)
    builder.charts.append(sheet.title)
    if sheet.max_row > _ROWS_BESIDE_CHART:
        # A chart across the edge of a page is of no use to anyone.
        sheet.row_breaks.append(Break(id=sheet.max_row + 1))
    sheet.add_chart(chart, f"A{sheet.max_row + 3}")


def _name_series(chart: BarChart, place: int, heading: object) -> None:
    from openpyxl.chart.series import SeriesLabel

    series = chart.series[place]
    series.tx = SeriesLabel(v=str(heading).split(",\n")[0])
    series.graphicalProperties.solidFill = COLOURS[place]
    series.graphicalProperties.line.solidFill = COLOURS[place]
    series.invertIfNegative = False


def _finish(chart: BarChart, with_legend: bool) -> None:
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    # openpyxl leaves them out otherwise, and Excel then draws no axis.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = "General"
    if with_legend:
        chart.legend.position = "t"
    else:
        chart.legend = None


def _number(grid: Grid, column: str) -> int:
    return grid.left + grid.names.index(column)
