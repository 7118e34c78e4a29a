"""Provinces in order, and the charts of them: quotas and emissions, what is left for the rest, its cut."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.facilities.sums import T_PER_MT
from capshare.model.outcome.distance import RANK_DIGITS
from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.words.facilities import said, with_doubt
from capshare.reports.workbook.chart import Chart, Series, column_cells
from capshare.reports.workbook.chart_place import beside
from capshare.reports.workbook.facilities.builder import FacilityBook
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.in_order import ORDER, in_order, order_fields, picked
from capshare.reports.workbook.text_cells import put_subtitle

_WIDTH_CM, _HEIGHT_CM = 24.0, 9.0
# Rows of a chart and of the space below it.
_ROWS = 19
# Told apart by the colour-blind, and by lightness in grey print.
_BLUE, _ORANGE = "#0072B2", "#E69F00"


@dataclass(frozen=True)
class _Drawn:
    """A chart of provinces: columns of their sheet, the first puts them in order.

    Attributes
    ----------
    key : of the table in order, and of its texts
    columns : that are drawn
    unit : of the axis; amounts in tonnes are drawn in Mt
    """

    key: str
    columns: tuple[str, ...]
    unit: str


_ALWAYS = (_Drawn("quotas_in_order", ("emissions_t", "quota_t"), MT),)
_BESIDE_A_RUN = (
    _Drawn("rest_in_order", ("rest_emissions_mt", "gap_mt"), MT),
    _Drawn("cuts_in_order", ("rest_cut_pct",), PERCENT),
)


def add_provinces_in_order(builder: FacilityBook) -> None:
    """Tables in order below the provinces, and their charts to the right of them.

    Parameters
    ----------
    builder : with the provinces written
    """
    source = builder.grids["provinces"]
    sheet, top = builder.book[source.sheet], source.bottom + 4
    # What the charts draw is on the screen only.
    sheet.page.area = (source.bottom, len(source.names))
    every = _ALWAYS + (_BESIDE_A_RUN if builder.outcome.beside is not None else ())
    for drawn in every:
        _write(builder, drawn, top)
        put_subtitle(sheet, top - 1, said(f"in_order.{drawn.key}", builder.lang))
        top = builder.grids[drawn.key].bottom + 4
    row, column = beside(sheet, source)
    sheet.charts += [_chart(builder, drawn, row + place * _ROWS, column) for place, drawn in enumerate(every)]


def _write(builder: FacilityBook, drawn: _Drawn, top: int) -> None:
    source, frame = builder.grids["provinces"], builder.outcome.provinces
    labels = tuple(range(1, len(source.labels) + 1))
    code_at = dict(zip(labels, source.labels, strict=True))
    grid = builder.reserve(
        drawn.key, labels, (*ORDER, "province", *map(_shown, drawn.columns)), "provinces", top
    )
    values = frame[list(drawn.columns)].set_axis(pd.Index(labels)).fillna(0.0)
    values = values.assign(**{name: values[name] / T_PER_MT for name in drawn.columns if name.endswith("_t")})
    order = in_order(values[drawn.columns[0]], RANK_DIGITS)
    places = order[ORDER[-1]]

    def amount(label: Label) -> str:
        cell = source.at(drawn.columns[0], code_at[label])
        return f"N({cell}){_per_mt(drawn.columns[0])}"

    def field(name: str) -> Field:
        found = dict(zip(labels, values[name].loc[places].tolist(), strict=True))
        return Field(
            _shown(name), found, "live",
            lambda label: f"N({picked(source, name, grid, label)}){_per_mt(name)}", drawn.unit,
        )  # fmt: skip

    called = frame[f"name_{builder.lang}"].set_axis(pd.Index(labels)).loc[places]
    builder.write_below(
        drawn.key,
        [
            *order_fields(grid, order, amount, "rank_digits"),
            Field(
                "province", dict(zip(labels, called, strict=True)), "live",
                lambda label: picked(source, "province", grid, label),
            ),
            *map(field, drawn.columns),
        ],
    )  # fmt: skip


def _per_mt(name: str) -> str:
    return "/t_per_mt" if name.endswith("_t") else ""


def _shown(name: str) -> str:
    """A column that is drawn in Mt, or as it is."""
    return f"{name.removesuffix('_t')}_mt" if name.endswith("_t") else name


def _chart(builder: FacilityBook, drawn: _Drawn, row: int, column: int) -> Chart:
    grid, lang = builder.grids[drawn.key], builder.lang
    names = [_shown(name) for name in drawn.columns]
    colours = (_ORANGE, _BLUE) if len(names) > 1 else (_BLUE,)
    values = builder.outcome.provinces[list(drawn.columns)]
    return Chart(
        title=with_doubt(said(f"charts.{drawn.key}", lang), builder.outcome, lang),
        axis=builder.unit(drawn.unit),
        categories=column_cells(grid, "province"),
        series=[
            Series(said(f"book_columns.{name}", lang), column_cells(grid, name), colour)
            for name, colour in zip(names, colours, strict=True)
        ],
        row=row,
        column=column,
        width_cm=_WIDTH_CM,
        height_cm=_HEIGHT_CM,
        least=None if (values < 0).to_numpy().any() else 0.0,
    )
