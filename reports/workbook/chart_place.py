"""Where a chart stands on a sheet, and how far it reaches."""

from __future__ import annotations

import math

from capshare.reports.workbook.chart import Chart
from capshare.reports.workbook.grid import Grid
from capshare.reports.workbook.sheet import ROW_POINTS, Sheet

# Pixels and points of a centimetre, as spreadsheets count them.
CM_PIXELS, _CM_POINTS = 96 / 2.54, 72 / 2.54


def beside(sheet: Sheet, grid: Grid) -> tuple[int, int]:
    """Row and column of a chart at the top right of a table, right of all cells and charts that are there.

    Parameters
    ----------
    sheet : that the table stands on
    grid : of the table
    """
    columns = [sheet.max_column, *(last_cell(sheet, chart)[1] for chart in sheet.charts)]
    return grid.top + 1, max(columns) + 2


def last_cell(sheet: Sheet, chart: Chart) -> tuple[int, int]:
    """Row and column of the lower right corner of a chart.

    Parameters
    ----------
    sheet : that it stands on
    chart : that stands there
    """
    left, column = chart.width_cm * CM_PIXELS, chart.column
    while (left := left - sheet.pixels(column)) > 0:
        column += 1
    return chart.row + math.ceil(chart.height_cm * _CM_POINTS / ROW_POINTS), column
