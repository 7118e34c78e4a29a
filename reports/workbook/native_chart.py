"""A chart drawn by the spreadsheet itself, from the value that describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from capshare.reports.workbook.chart import Chart, Series
from capshare.reports.workbook.chart_place import CM_PIXELS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Space between bars, in % of their width; size of a mark, in points.
_GAP, _MARK_SIZE = 60, 8
# From so many categories on their words stand upright.
_UPRIGHT_FROM = 12
# A chart moves with its cells and keeps its size where rows are filtered away.
_MOVES = 2


def add_chart(file: Workbook, target: Worksheet, chart: Chart) -> None:
    """Draw a chart on a sheet.

    Parameters
    ----------
    file : XlsxWriter workbook
    target : its worksheet
    chart : to draw
    """
    drawn = _with_series(file, chart, "column", [one for one in chart.series if not one.mark])
    marked = [one for one in chart.series if one.mark]
    if marked:
        drawn.combine(_with_series(file, chart, "line", marked))
    drawn.set_title({**_named(chart.title, chart.title_cell), "name_font": {"size": 12}, "overlay": False})
    drawn.set_x_axis(_categories(chart))
    least = {} if chart.least is None else {"min": chart.least}
    drawn.set_y_axis({**_named(chart.axis, chart.axis_cell), "num_format": "General", **least})
    drawn.set_legend(_legend(chart))
    size = (chart.width_cm, chart.height_cm)
    drawn.set_size(dict(zip(("width", "height"), (round(cm * CM_PIXELS) for cm in size), strict=True)))
    options = {"object_position": _MOVES, "description": chart.title}
    target.insert_chart(chart.row - 1, chart.column - 1, drawn, options)


def _named(words: str, cell: str) -> dict[str, object]:
    """Words that stay, or follow a cell that says them now."""
    return {"name": f"={cell}", "data": [words]} if cell else {"name": words}


def _categories(chart: Chart) -> dict[str, object]:
    """Every category with its word, upright where there are many."""
    many = chart.categories.last - chart.categories.first >= _UPRIGHT_FROM
    font = {"num_font": {"size": 8, "rotation": -90}} if many else {}
    return {"label_position": "low", "interval_unit": 1, **font}


def _with_series(file: Workbook, chart: Chart, kind: str, series: Sequence[Series]) -> Any:
    subtype = {"subtype": "stacked"} if chart.stacked and kind == "column" else {}
    drawn = file.add_chart({"type": kind, **subtype})
    for one in series:
        drawn.add_series(
            {
                "name": one.name,
                "categories": chart.categories.listed(),
                "values": one.values.listed(),
                **(_marks(one) if one.mark else _bars(one)),
            }
        )
    return drawn


def _bars(series: Series) -> dict[str, object]:
    fill = {"color": series.colour} if series.colour else {"none": True}
    each = {"points": [{"fill": {"color": colour}} for colour in series.each]} if series.each else {}
    return {"fill": fill, "border": {"none": True}, "gap": _GAP, **each}


def _marks(series: Series) -> dict[str, object]:
    fill = {"color": series.colour}
    marker = {"type": series.mark, "size": _MARK_SIZE, "fill": fill, "border": fill}
    return {"marker": marker, "line": {"none": True}}


def _legend(chart: Chart) -> dict[str, object]:
    if len(chart.series) == 1:
        return {"none": True}
    unseen = [place for place, one in enumerate(chart.series) if not (one.colour or one.mark)]
    return {"position": "top", **({"delete_series": unseen} if unseen else {})}
