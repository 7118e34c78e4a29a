"""What the reader of the summary may choose: the year of its table of provinces, and the unit of amounts."""

from __future__ import annotations

from dataclasses import replace

from capshare.reports.words.shown_units import PER_MT, UNIT_WORDS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, literal
from capshare.reports.workbook.sheet import Entry

CHOICES = ("shown_year", "shown_unit", "unit_per_mt", "first_row")
# Stands for the year where a title is taken apart.
_GAP = "\x00"


def reserve_choices(builder: WorkbookBuilder) -> int:
    """Place the choices, name their cells, and return the last row.

    Parameters
    ----------
    builder : takes the place of ``shown``; formulas may use the names of ``CHOICES`` from here on
    """
    # A row lower than elsewhere: what is chosen is in no file, so its columns have no names to be known by.
    grid = builder.grid("shown", "summary", CHOICES, ("choice", "value"), HEADING_ROW + 1)
    for name in CHOICES:
        builder.name_cell(name, grid, "value", name)
    return grid.bottom


def reserve_units(builder: WorkbookBuilder, top: int) -> None:
    """Place the units that amounts can be shown in.

    Parameters
    ----------
    builder : takes the places of ``shown_units`` and ``chart_titles``
    top : row of the headings
    """
    units = builder.grid("shown_units", "summary", tuple(PER_MT), ("shown_unit", "unit_per_mt"), top)
    drawn = charts_drawn(builder)
    builder.grid("chart_titles", "summary", drawn, ("chart_place", "chart_title"), units.bottom + 4)


def charts_drawn(builder: WorkbookBuilder) -> tuple[str, ...]:
    """Keys of the charts of the year chosen: two of the summary from the left, then those of other sheets.

    Parameters
    ----------
    builder : its data is read
    """
    return ("quotas", "classes") if builder.data.targets is None else ("cuts", "classes", "quotas")


def _write_titles(builder: WorkbookBuilder) -> None:
    """Titles of the charts, with the year chosen."""
    grid, year = builder.grids["chart_titles"], builder.data.years[-1]
    builder.subtitle(builder.book[grid.sheet], grid.top - 1, "chart_titles")
    places = {key: place for place, key in enumerate(grid.labels, start=1)}
    titles = {key: builder.say(f"chart.{key}", year=year) for key in grid.labels}

    def formula(key: Label) -> str:
        before, after = builder.say(f"chart.{key}", year=_GAP).split(_GAP)
        return f"{literal(before)}&{builder.named('shown_year')}&{literal(after)}"

    builder.write(
        "chart_titles",
        [Field("chart_place", places, unit=""), Field("chart_title", titles, "live", formula, widens=False)],
    )


def write_choices(builder: WorkbookBuilder) -> None:
    """Two cells with lists, and what follows from them.

    They are no inputs of the run: another choice asks for no new solution.

    Parameters
    ----------
    builder : with the places of ``shown``, ``shown_units``, ``summary`` and ``allocation``
    """
    data, grid, units = builder.data, builder.grids["shown"], builder.grids["shown_units"]
    sheet, year = builder.book[grid.sheet], data.years[-1]
    builder.subtitle(sheet, units.top - 1, "shown_units")
    words = {name: builder.unit(unit) for name, unit in UNIT_WORDS.items()}
    builder.write(
        "shown_units", [Field("shown_unit", words, unit=""), Field("unit_per_mt", dict(PER_MT), unit="")]
    )
    # Tables with rows per year hold the years below one another, each with the same provinces.
    years = builder.grids["allocation"].column("year") if data.several else ""
    formulas = {
        "unit_per_mt": units.find("unit_per_mt", builder.named("shown_unit"), by="shown_unit"),
        "first_row": f"MATCH({builder.named('shown_year')},{years},0)" if years else "",
    }
    chosen = {"shown_year": year, "shown_unit": words[builder.shown_unit]}
    first = data.rows.index(data.of_year(year)[0]) + 1
    found = {**chosen, "unit_per_mt": PER_MT[builder.shown_unit], "first_row": first}
    named = {name: builder.say(f"shown.{name}") for name in CHOICES}
    builder.write(
        "shown",
        [
            Field("choice", named),
            Field("value", found, "live", lambda name: formulas.get(name, ""), "", plain="text"),
        ],
    )
    row, column = grid.row("first_row"), grid.place("value")
    sheet.cell(row, column).look = replace(sheet.cell(row, column).look, form="0")
    lists = {
        "shown_year": builder.grids["summary"].column("year"),
        "shown_unit": units.column("shown_unit"),
    }
    _write_titles(builder)
    for name, source in lists.items():
        builder.put_cell(sheet, grid.row(name), grid.place("value"), chosen[name], "input", "0")
        entry = {"validate": "list", "source": f"={source}"}
        sheet.entries.append(Entry(grid.at("value", name), entry))
