"""The figures to read first, year by year and province by province, in the unit that the reader chooses."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT
from capshare.reports.words.columns import MONEY
from capshare.reports.words.shown_units import PER_MT, UNIT_WORDS
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.formats import mark_state
from capshare.reports.workbook.grid import Field, Formula, Grid, Label
from capshare.reports.workbook.sheet import Entry
from capshare.reports.workbook.sheets.checks import checks_of_run, passed_checks
from capshare.reports.workbook.sheets.summary_provinces import reserve_provinces, summary_provinces

# Amounts of CO2 in whatever unit: four digits or more of each.
AMOUNT = "[>=1000]#,##0.0;[<=-1000]-#,##0.0;#,##0.000"
_CHOICES = ("shown_year", "shown_unit", "unit_per_mt", "first_row")
_CHECKS = ("checks_of_run", "checks_here")
_AMOUNTS = ("emissions_mt", "quota_mt", "abatement_mt", "purchase_mt", "uncovered_mt")
_Column = tuple[Callable[[Label], str], Callable[[int], object], str]


def summary_sheet(builder: WorkbookBuilder) -> None:
    """What is shown, the checks, one row per year, and one per province of the year chosen.

    Parameters
    ----------
    builder : with all sheets up to ``checks`` written; takes the places of ``shown``, ``made_checks``,
        ``summary``, ``shown_units`` and those of :func:`summary_provinces`
    """
    data, sheet = builder.data, builder.open("summary")
    builder.put(sheet, HEADING_ROW - 2, 3, builder.state)
    mark_state(sheet, sheet.cell(HEADING_ROW - 2, 3).coordinate, builder.state)
    shown = builder.grid("shown", "summary", _CHOICES, ("figure", "value"))
    checks = builder.grid("made_checks", "summary", _CHECKS, ("check", "passed_here", "made_here"), shown.bottom + 2)
    columns = _columns(builder)
    years = builder.grid("summary", "summary", data.years, ("shown_year", *columns), checks.bottom + 4)
    last = reserve_provinces(builder, years.bottom + 4)
    builder.grid("shown_units", "summary", tuple(PER_MT), ("shown_unit", "unit_per_mt"), last + 4)
    _units(builder, last + 3)
    _choices(builder)
    _checks(builder)
    _years(builder, columns)
    summary_provinces(builder)


def _units(builder: WorkbookBuilder, row: int) -> None:
    builder.subtitle(builder.book[builder.title("summary")], row, "shown_units")
    builder.write(
        "shown_units",
        [
            Field("shown_unit", {name: builder.unit(unit) for name, unit in UNIT_WORDS.items()}, unit=""),
            Field("unit_per_mt", dict(PER_MT), unit=""),
        ],
    )


def _choices(builder: WorkbookBuilder) -> None:
    """What the reader may choose: no input of the run, so no change of it asks for a new solution."""
    data, grid, units = builder.data, builder.grids["shown"], builder.grids["shown_units"]
    allocation, year = builder.grids["allocation"], data.years[-1]
    unit = builder.unit(UNIT_WORDS[builder.shown_unit])
    first = data.rows.index(data.of_year(year)[0]) + 1
    for name in _CHOICES:
        builder.name_cell(name, grid, "value", name)
    formulas = {
        "unit_per_mt": units.find("unit_per_mt", builder.named("shown_unit"), by="shown_unit"),
        # Tables with rows per year hold the years below one another, each with the same provinces.
        "first_row": f"MATCH({builder.named('shown_year')},{allocation.column('year')},0)" if data.several else "",
    }
    values = {"shown_year": year, "shown_unit": unit, "unit_per_mt": PER_MT[builder.shown_unit], "first_row": first}
    builder.write(
        "shown",
        [
            Field("figure", {name: builder.say(f"shown.{name}") for name in _CHOICES}, widens=False),
            Field("value", values, "live", lambda name: formulas.get(name, ""), "", plain="text"),
        ],
    )
    sheet, of_years = builder.book[grid.sheet], builder.grids["summary"]
    for name, source in (("shown_year", of_years.column("shown_year")), ("shown_unit", units.column("shown_unit"))):
        builder.put(sheet, grid.row(name), grid.place("value"), values[name], "input")
        sheet.cell(grid.row(name), grid.place("value")).look = _choice_look(sheet.cell(grid.row(name), 2).look)
        cell = grid.at("value", name)
        sheet.entries.append(Entry(cell, {"validate": "list", "source": f"={source}"}))


def _checks(builder: WorkbookBuilder) -> None:
    """The same counts that terminal and page give of the run, and those that this workbook makes anew."""
    own, run, yes = passed_checks(builder), builder.grids["run_checks"], builder.words("yes")
    found = checks_of_run(builder)
    counted = f"COUNTIF({run.column('check_passed')},{yes})"
    passed = {"checks_of_run": Formula(f"={counted}", found[0]), "checks_here": own}
    made = {
        "checks_of_run": Formula(f"=ROWS({run.column('check')})", found[1]),
        "checks_here": Formula(f"=ROWS({builder.grids['checks'].column('check')})", len(builder.grids["checks"].labels)),
    }
    builder.write(
        "made_checks",
        [
            Field("check", {name: builder.say(f"figure.{name}") for name in _CHECKS}, widens=False),
            *(
                Field(name, {label: cell.value for label, cell in cells.items()}, "live",
                      lambda label, cells=cells: cells[label].text[1:], "")
                for name, cells in (("passed_here", passed), ("made_here", made))
            ),
        ],
    )  # fmt: skip


def _years(builder: WorkbookBuilder, columns: dict[str, _Column]) -> None:
    data, grid = builder.data, builder.grids["summary"]
    sheet = builder.book[grid.sheet]
    in_unit = f'={builder.words_of("subtitle.figures_in")}&{builder.named("shown_unit")}'
    unit = builder.unit(UNIT_WORDS[builder.shown_unit])
    told = Formula(in_unit, f"{builder.say('subtitle.figures_in')}{unit}")
    builder.put_subtitle(sheet, grid.top - 1, told)
    fields = [
        Field(name, {year: value(year) for year in data.years}, "live", formula, kind,
              heading=builder.say(f"figure.{name}"))
        for name, (formula, value, kind) in columns.items()
    ]  # fmt: skip
    builder.write("summary", [Field("shown_year", {year: year for year in data.years}, unit=""), *fields])
    for name, (_, _, kind) in columns.items():
        if kind == "" and name.endswith("_mt"):
            show_amounts(builder, grid, name)


def show_amounts(builder: WorkbookBuilder, grid: Grid, name: str) -> None:
    """Give amounts a number format that fits every unit.

    Parameters
    ----------
    builder : with the table written
    grid, name : of the table and its column
    """
    from dataclasses import replace

    sheet = builder.book[grid.sheet]
    for label in grid.labels:
        cell = sheet.cell(grid.row(label), grid.place(name))
        cell.look = replace(cell.look, form=AMOUNT)
