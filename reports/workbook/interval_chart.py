"""A native chart of intervals: bars from quantile to quantile, marks for the median and the run's own."""

from __future__ import annotations

import math

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.chart import Chart, Series, column_cells
from capshare.reports.workbook.chart_place import beside
from capshare.reports.workbook.grid import Grid

_WIDTH_CM, _HEIGHT_CM = 26, 9.5
# Light and dark of one colour for the parts, so that grey print keeps them apart.
_LIGHT, _DARK, _INK, _OWN = "#9CCDEB", "#0072B2", "#1F2933", "#D55E00"


def add_interval_chart(builder: WorkbookBuilder, grid: Grid, year: int, least: float) -> None:
    """Draw the intervals of a table beside it.

    Parameters
    ----------
    builder : with the sheet written
    grid : of the table: name of the province, the run's own figure, its quantiles, widths of the parts
    year : that was drawn
    least : of all that is drawn, in the unit of the figure
    """
    sheet, figure = builder.book[grid.sheet], grid.names[2]
    headings = {name: str(sheet.cell(grid.top, grid.place(name)).value).split("\n") for name in grid.names}
    row, column = beside(sheet, grid)
    said = {name: heading[0] for name, heading in headings.items()}
    chart = Chart(
        title=builder.say("chart.ensemble", year=year),
        axis=headings[figure][-1],
        categories=column_cells(grid, grid.names[1]),
        series=[*_bars(grid, figure, said), *_marks(grid, figure, said)],
        row=row,
        column=column,
        width_cm=_WIDTH_CM,
        height_cm=_HEIGHT_CM,
        stacked=True,
        own_page=True,
        # Cuts lie close together, far from 0.
        least=math.floor(least) - 1 if figure == "cut_pct" else None,
    )
    sheet.charts.append(chart)


def _bars(grid: Grid, figure: str, said: dict[str, str]) -> list[Series]:
    """Stacked from 5 to 95 %; what is below them is there and not drawn."""
    names = (f"p05_{figure}", "lower_part", "middle_part", "upper_part")
    return [
        Series(said[name], column_cells(grid, name), colour)
        for name, colour in zip(names, ("", _LIGHT, _DARK, _LIGHT), strict=True)
    ]


def _marks(grid: Grid, figure: str, said: dict[str, str]) -> list[Series]:
    median = f"p50_{figure}"
    return [
        Series(said[median], column_cells(grid, median), _INK, mark="long_dash"),
        Series(said[figure], column_cells(grid, figure), _OWN, mark="diamond"),
    ]
