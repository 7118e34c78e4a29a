"""Charts of the summary, beside its choices: provinces in order, and their balances by class."""

from __future__ import annotations

from capshare.reports.words.columns import PERCENT
from capshare.reports.words.shown_units import UNIT_WORDS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.chart import Chart, Series, column_cells
from capshare.reports.workbook.chart_place import CM_PIXELS, beside, last_cell
from capshare.reports.workbook.sheets.summary_choices import charts_drawn
from capshare.reports.workbook.sheets.summary_provinces import (
    CLASS_COLOURS,
    CUT,
    QUOTAS,
    class_columns,
    name_column,
)

_NARROW_CM, _WIDTH_CM, _WIDE_CM, _HEIGHT_CM = 12.6, 14.0, 24.0, 8.6
# The second chart begins in the column behind the one in which the first ends.
_GAP_PIXELS = 100
# Told apart by the colour-blind, and by lightness in grey print.
_QUOTAS, _EMISSIONS = "#0072B2", "#E69F00"
# The choices stand to their left.
_FIRST_COLUMN = 4
# A table, and its columns with the colour of each.
_Drawn = tuple[str, tuple[tuple[str, str], ...]]


def add_summary_charts(builder: WorkbookBuilder) -> None:
    """Cuts, or quotas beside emissions, and balances in the colour of their class.

    They draw the table of provinces, so that they follow the year and the unit chosen; those of quotas and of
    balances stand beside the tables of the allocation and of the balances as well.

    Parameters
    ----------
    builder : with the summary written
    """
    drawn: dict[str, _Drawn] = {
        "cuts": ("top_provinces", ((CUT, _QUOTAS),)),
        "quotas": (
            QUOTAS if QUOTAS in builder.grids else "top_provinces",
            (("shown_quota_mt", _QUOTAS), ("shown_emissions_mt", _EMISSIONS)),
        ),
        "classes": ("class_balances", tuple(zip(class_columns(), CLASS_COLOURS, strict=True))),
    }
    first, second, *_ = charts_drawn(builder)
    place, width = _FIRST_COLUMN, _width(builder)
    for key in (first, second):
        sheet = builder.book[builder.title("summary")]
        sheet.charts.append(_chart(builder, key, drawn[key], (HEADING_ROW, place), (width, _HEIGHT_CM)))
        place = last_cell(sheet, sheet.charts[-1])[1] + 1
    _print_without_workings(builder)
    for key, name in (("quotas", "allocation"), ("classes", "balance")):
        sheet = builder.book[builder.grids[name].sheet]
        corner = beside(sheet, builder.grids[name])
        sheet.charts.append(_chart(builder, key, drawn[key], corner, (_WIDE_CM, _HEIGHT_CM)))


def _width(builder: WorkbookBuilder) -> float:
    """Two charts are together as wide as the table of provinces below, or as wide as their words need."""
    grid = builder.grids["top_provinces"]
    columns = range(_FIRST_COLUMN, grid.place(grid.names[-1]) + 1)
    pixels = sum(builder.book[grid.sheet].pixels(column) for column in columns)
    return max(_NARROW_CM, min(_WIDTH_CM, (pixels - _GAP_PIXELS) / 2 / CM_PIXELS))


def _print_without_workings(builder: WorkbookBuilder) -> None:
    """What the charts draw and what orders the provinces is on the screen only."""
    grid = builder.grids["top_provinces"]
    sheet = builder.book[grid.sheet]
    reach = max(last_cell(sheet, chart)[1] for chart in sheet.charts)
    sheet.page.area = (grid.bottom, max(reach, grid.place(grid.names[-2])))
    sheet.page.row_breaks = [grid.top - 2]


def _chart(
    builder: WorkbookBuilder, key: str, drawn: _Drawn, corner: tuple[int, int], size: tuple[float, float]
) -> Chart:
    """A chart of provinces with its upper left corner in a cell, so wide and so high in cm."""
    table, columns = drawn
    grid = builder.grids[table]
    sheet, called = builder.book[grid.sheet], name_column(builder)
    above = {name: str(sheet.cell(grid.top, grid.place(name)).value).split("\n")[0] for name, _ in columns}
    titles, is_cut = builder.grids["chart_titles"], key == "cuts"
    unit = builder.unit(PERCENT) if is_cut else builder.unit(UNIT_WORDS[builder.shown_unit])
    return Chart(
        title=builder.say(f"chart.{key}", year=builder.data.years[-1]),
        axis=unit,
        categories=column_cells(grid, called),
        series=[Series(above[name], column_cells(grid, name), colour) for name, colour in columns],
        row=corner[0],
        column=corner[1],
        width_cm=size[0],
        height_cm=size[1],
        title_cell=titles.ref("chart_title", key),
        axis_cell="" if is_cut else builder.grids["shown"].ref("value", "shown_unit"),
        stacked=len(columns) == len(CLASS_COLOURS),
    )
