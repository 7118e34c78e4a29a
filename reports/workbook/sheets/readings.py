"""Readings that a published text allows: how far each is from its table, and from the study's own reading."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.readings import FIGURES
from capshare.reports.words.catalogue import term
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import MIXED
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.layout import fit
from capshare.reports.workbook.sheet import Sheet
from capshare.reports.workbook.workbook_data import WorkbookData

SHEET, RANGES = "readings", "readings_ranges"
# Column → what a spreadsheet and pandas call it.
_OF_ALL = {
    "reading_least": ("MIN", "min"),
    "reading_mean": ("AVERAGE", "mean"),
    "reading_most": ("MAX", "max"),
}


def has_readings(data: WorkbookData) -> bool:
    """Whether a run compares readings of a published text.

    Parameters
    ----------
    data : of the run
    """
    return data.outcome.published is not None and data.outcome.published.readings is not None


def readings_sheet(builder: WorkbookBuilder) -> None:
    """The range of each figure on top, then one row per reading with its difference from the study's own.

    Parameters
    ----------
    builder : takes the places of ``readings`` and ``readings_ranges``
    """
    published = builder.data.outcome.published
    if published is None or published.readings is None:
        return
    table = published.readings
    sheet, top = builder.open(SHEET), HEADING_ROW + len(FIGURES) + 4
    differences = tuple(f"{figure}_difference" for figure in FIGURES)
    labels = [int(number) for number in table.index]
    builder.grid(SHEET, SHEET, labels, ("reading", "indicators", *FIGURES, *differences), top)
    builder.grid(RANGES, SHEET, tuple(FIGURES), ("figure", *_OF_ALL))
    builder.write(RANGES, _ranges(builder, table))
    builder.subtitle(sheet, top - 1, SHEET)
    builder.write(SHEET, _readings(builder, table), 2)
    _widen_lists(builder, sheet)


def _ranges(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    grid, figures = builder.grids[SHEET], table[list(FIGURES)].astype(float)

    def over_all(function: str) -> ToFormula:
        return lambda figure: f"{function}({grid.span(str(figure))})"

    return [
        Field("figure", {figure: term("agreement", figure, builder.lang) for figure in FIGURES}),
        *(
            Field(column, figures.agg(name).to_dict(), "live", over_all(function), MIXED)
            for column, (function, name) in _OF_ALL.items()
        ),
    ]


def _readings(builder: WorkbookBuilder, table: pd.DataFrame) -> list[Field]:
    grid, comma = builder.grids[SHEET], builder.say("list_comma")
    own = grid.labels[0]

    def named(indicators: str) -> str:
        return comma.join(term("indicators", name.strip(), builder.lang) for name in indicators.split(","))

    def difference(figure: str) -> ToFormula:
        def formula(reading: Label) -> str:
            mine, first = grid.at(figure, reading), grid.ref(figure, own)
            return f'IF(AND(ISNUMBER({mine}),ISNUMBER({first})),{mine}-{first},"")'

        return formula

    figures = table[list(FIGURES)].astype(float)
    return [
        Field("reading", {number: number for number in grid.labels}, unit=""),
        Field("indicators", table["indicators"].map(named).to_dict(), widens=False),
        *(Field(figure, _blanks(figures[figure]), "solved", unit="") for figure in FIGURES),
        *(
            Field(
                f"{figure}_difference",
                _blanks(figures[figure] - figures.loc[own, figure]),
                "live",
                difference(figure),
                "",
            )
            for figure in FIGURES
        ),
    ]


def _widen_lists(builder: WorkbookBuilder, sheet: Sheet) -> None:
    """Lists of indicators take more room than words of a table below another, which many pages would hold."""
    grid = builder.grids[SHEET]
    place = grid.place("indicators")
    lists = [sheet.cell(grid.row(label), place).value for label in grid.labels]
    fit(sheet, place, grid.top, "", str(sheet.cell(grid.top, place).value), lists)


def _blanks(values: pd.Series) -> dict[Label, object]:
    """A reading without a split has no figures; its cells are blank."""
    return values.astype(object).where(values.notna(), "").to_dict()
