"""A native chart of intervals: bars from quantile to quantile, marks for the median and the run's own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Grid

if TYPE_CHECKING:
    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.chart.line_chart import LineChart
    from openpyxl.chart.reference import Reference
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH_CM, _HEIGHT_CM = 26, 9.5
# Light and dark of one colour for the parts, so that grey print keeps them apart.
_LIGHT, _DARK, _INK, _OWN = "9CCDEB", "0072B2", "1F2933", "D55E00"


def add_interval_chart(builder: WorkbookBuilder, grid: Grid, year: int, least: float) -> None:
    """Draw the intervals of a table below it.

    Parameters
    ----------
    builder : with the sheet written
    grid : of the table: name of the province, the run's own figure, its quantiles, widths of the parts
    year : that was drawn
    least : of all that is drawn, in the unit of the figure
    """
    from openpyxl.worksheet.pagebreak import Break

    sheet: Worksheet = builder.book[grid.sheet]
    figure = grid.names[2]
    bars = _bars(sheet, grid, figure, least)
    bars += _marks(sheet, grid, figure)
    bars.title = builder.say("chart.ensemble", year=year)
    heading = str(sheet.cell(grid.top, _place(grid, figure)).value).split(",\n")
    bars.y_axis.title = heading[-1]
    bars.width, bars.height = _WIDTH_CM, _HEIGHT_CM
    # openpyxl leaves them out otherwise, and Excel then draws no axis.
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.x_axis.tickLblPos = "low"
    bars.y_axis.number_format = "General"
    bars.legend.position = "t"
    builder.charts.append(sheet.title)
    # A chart across the edge of a page is of no use to anyone.
    sheet.row_breaks.append(Break(id=grid.bottom + 1))
    sheet.add_chart(bars, f"A{grid.bottom + 3}")


def _bars(sheet: Worksheet, grid: Grid, figure: str, least_pct: float) -> BarChart:
    """Stacked from 5 to 95 %; what is below them is there and not drawn."""
    from openpyxl.chart import BarChart
    from openpyxl.chart.legend import LegendEntry

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 60
    for name in (f"p05_{figure}", "lower_part", "middle_part", "upper_part"):
        chart.add_data(_values(sheet, grid, name), titles_from_data=False)
    for series, colour, name in zip(
        chart.series, (None, _LIGHT, _DARK, _LIGHT), (f"p05_{figure}", *grid.names[8:11]), strict=True
    ):
        _name(series, sheet, grid, name)
        if colour is None:
            series.graphicalProperties.noFill = True
        else:
            series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.noFill = True
        series.invertIfNegative = False
    chart.set_categories(_values(sheet, grid, grid.names[1]))
    chart.legend.legendEntry = [LegendEntry(idx=0, delete=True)]
    # Cuts lie close together, far from 0.
    if figure == "cut_pct":
        chart.y_axis.scaling.min = math.floor(least_pct) - 1
    return chart


def _marks(sheet: Worksheet, grid: Grid, figure: str) -> LineChart:
    from openpyxl.chart import LineChart
    from openpyxl.chart.marker import Marker

    chart = LineChart()
    marks: tuple[tuple[str, Literal["dash", "diamond"], str], ...] = (
        (f"p50_{figure}", "dash", _INK),
        (figure, "diamond", _OWN),
    )
    for name, symbol, colour in marks:
        chart.add_data(_values(sheet, grid, name), titles_from_data=False)
        series = chart.series[-1]
        _name(series, sheet, grid, name)
        series.marker = Marker(symbol=symbol, size=8)
        series.marker.graphicalProperties.solidFill = colour
        series.marker.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.noFill = True
        series.smooth = False
    return chart


def _name(series: object, sheet: Worksheet, grid: Grid, name: str) -> None:
    from openpyxl.chart.series import SeriesLabel

    heading = str(sheet.cell(grid.top, _place(grid, name)).value)
    series.tx = SeriesLabel(v=heading.split(",\n")[0])  # type: ignore[attr-defined]


def _values(sheet: Worksheet, grid: Grid, name: str) -> Reference:
    from openpyxl.chart import Reference

    return Reference(sheet, min_col=_place(grid, name), min_row=grid.top + 1, max_row=grid.bottom)


def _place(grid: Grid, name: str) -> int:
    return grid.left + grid.names.index(name)
