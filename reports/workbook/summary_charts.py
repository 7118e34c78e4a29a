"""Charts of the summary, beside its choices: provinces in order, and their balances by class."""

from __future__ import annotations

from capshare.reports.words.columns import PERCENT
from capshare.reports.words.shown_units import UNIT_WORDS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.chart import Chart, Series, column_cells
from capshare.reports.workbook.chart_place import last_cell
from capshare.reports.workbook.sheets.summary_choices import charts_drawn
from capshare.reports.workbook.sheets.summary_provinces import CLASS_COLOURS, CUT, class_columns

_WIDTH_CM, _HEIGHT_CM = 14.0, 8.6
# Told apart by the colour-blind, and by lightness in grey print.
_QUOTAS, _EMISSIONS = "#0072B2", "#E69F00"
# The choices stand to their left.
_FIRST_COLUMN = 5


def add_summary_charts(builder: WorkbookBuilder) -> None:
    """Cuts, or quotas beside emissions, and balances in the colour of their class.

    They draw the table of provinces, so that they follow the year and the unit chosen.

    Parameters
    ----------
    builder : with the summary written
    """
    drawn = ((CUT, _QUOTAS),) if CUT in builder.grids["top_provinces"].names else (
        ("shown_quota_mt", _QUOTAS), ("shown_emissions_mt", _EMISSIONS)
    )  # fmt: skip
    first, _ = charts_drawn(builder)
    classes = zip(class_columns(), CLASS_COLOURS, strict=True)
    place = _chart(builder, first, "top_provinces", drawn, _FIRST_COLUMN)
    _chart(builder, "classes", "class_balances", tuple(classes), place + 1)
    _print_without_workings(builder)


def _print_without_workings(builder: WorkbookBuilder) -> None:
    """What the charts draw and what orders the provinces is on the screen only."""
    grid = builder.grids["top_provinces"]
    sheet = builder.book[grid.sheet]
    reach = max(last_cell(sheet, chart)[1] for chart in sheet.charts)
    sheet.page.down = 1
    sheet.page.area = (grid.bottom, max(reach, grid.place(grid.names[-2])))


def _chart(
    builder: WorkbookBuilder, key: str, table: str, columns: tuple[tuple[str, str], ...], place: int
) -> int:
    """A chart with its upper left corner in a column, and the last column that it reaches into."""
    grid = builder.grids[table]
    sheet = builder.book[grid.sheet]
    called = "name_zh" if builder.lang == "zh" else "name_en"
    names = [name for name, _ in columns]
    above = {name: str(sheet.cell(grid.top, grid.place(name)).value).split("\n")[0] for name in names}
    titles, is_cut = builder.grids["chart_titles"], columns[0][0] == CUT
    unit = builder.unit(PERCENT) if is_cut else builder.unit(UNIT_WORDS[builder.shown_unit])
    sheet.charts.append(
        Chart(
            title=builder.say(f"chart.{key}", year=builder.data.years[-1]),
            axis=unit,
            categories=column_cells(grid, called),
            series=[Series(above[name], column_cells(grid, name), colour) for name, colour in columns],
            row=HEADING_ROW,
            column=place,
            width_cm=_WIDTH_CM,
            height_cm=_HEIGHT_CM,
            title_cell=titles.ref("chart_title", key),
            axis_cell="" if is_cut else builder.grids["shown"].ref("value", "shown_unit"),
            stacked=len(columns) == len(CLASS_COLOURS),
        )
    )
    return last_cell(sheet, sheet.charts[-1])[1]
