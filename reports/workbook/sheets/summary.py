"""The figures to read first, year by year and province by province, in the unit that the reader chooses."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT
from capshare.reports.words.columns import MONEY
from capshare.reports.words.shown_units import PER_MT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.cells import CHOSEN
from capshare.reports.workbook.formats import mark_state, mark_unit
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.layout import lay_out, text_width, widen, wrap
from capshare.reports.workbook.sheets.checks import passed_checks
from capshare.reports.workbook.sheets.summary_balances import write_class_balances, write_quotas_in_order
from capshare.reports.workbook.sheets.summary_choices import reserve_choices, reserve_units, write_choices
from capshare.reports.workbook.sheets.summary_provinces import reserve_provinces, write_provinces

# Rows that the charts beside the choices take.
CHART_ROWS = 16
_FIRST_WIDTH = 24
_CHECKS = ("checks_of_run", "checks_here")


@dataclass(frozen=True)
class _Figure:
    """A column of the table of years.

    Attributes
    ----------
    formula : year → formula without =
    value : year → what Python found, in the unit shown
    unit : of the values
    """

    formula: ToFormula
    value: Callable[[Label], object]
    unit: str


def summary_sheet(builder: WorkbookBuilder) -> None:
    """What is shown, the checks, one row per year, and one per province of the year chosen.

    Parameters
    ----------
    builder : with all sheets up to ``checks`` written; takes the places of ``summary`` and ``made_checks``,
        and those of the choices and the provinces
    """
    data, sheet = builder.data, builder.open("summary")
    builder.put(sheet, HEADING_ROW - 2, 3, builder.state)
    mark_state(sheet, sheet.cell(HEADING_ROW - 2, 3).coordinate, builder.state)
    top = reserve_choices(builder) + 2
    checks = ("check", "passed_here", "made_here")
    builder.grid("made_checks", "summary", _CHECKS, checks, top)
    figures = _figures(builder)
    top = HEADING_ROW + CHART_ROWS + 3
    builder.grid("summary", "summary", data.years, ("year", *figures), top)
    top = reserve_provinces(builder, builder.grids["summary"].bottom + 4)
    reserve_units(builder, top + 4)
    write_choices(builder)
    _write_checks(builder)
    _write_years(builder, figures)
    rows = write_provinces(builder)
    write_class_balances(builder, rows)
    write_quotas_in_order(builder, rows)
    _narrow(builder)
    lay_out(sheet)


def _narrow(builder: WorkbookBuilder) -> None:
    """Keep the first column, which numbers of other tables stand in, narrower than the words in it."""
    sheet = builder.book[builder.title("summary")]
    widen(sheet, (_FIRST_WIDTH,))
    for name in ("shown", "made_checks"):
        grid = builder.grids[name]
        for row in range(grid.top + 1, grid.bottom + 1):
            wrap(sheet, row, 1, math.ceil(text_width(str(sheet.cell(row, 1).value)) / (_FIRST_WIDTH - 4)))


def _write_checks(builder: WorkbookBuilder) -> None:
    """The counts that terminal and page give of the run, and those of what this workbook checks anew."""
    own, table = passed_checks(builder), builder.data.outcome.allocation.checks
    run, here = builder.grids["run_checks"], builder.grids["checks"]
    passed = f"COUNTIF({run.column('check_passed')},{builder.words('yes')})"
    formulas = {
        "passed_here": {"checks_of_run": passed, "checks_here": own.text[1:]},
        "made_here": {
            name: f"ROWS({grid.column('check')})" for name, grid in zip(_CHECKS, (run, here), strict=True)
        },
    }
    values: dict[str, dict[str, object]] = {
        "passed_here": {"checks_of_run": int(table["passed"].astype(bool).sum()), "checks_here": own.value},
        "made_here": {"checks_of_run": len(table), "checks_here": len(here.labels)},
    }

    def counts(name: str) -> Field:
        return Field(name, values[name], "live", lambda label: formulas[name][label], "")

    named = {name: builder.say(f"figure.{name}") for name in _CHECKS}
    builder.write("made_checks", [Field("check", named, widens=False), *map(counts, formulas)])


def _write_years(builder: WorkbookBuilder, figures: Mapping[str, _Figure]) -> None:
    grid, years = builder.grids["summary"], builder.data.years
    builder.subtitle(builder.book[grid.sheet], grid.top - 1, "years_in_unit")
    fields = [
        Field(
            name, {year: figure.value(year) for year in years}, "live", figure.formula, figure.unit,
            heading=builder.say(f"figure.{name}"),
        )
        for name, figure in figures.items()
    ]  # fmt: skip
    builder.write("summary", [Field("year", {year: year for year in years}, unit=""), *fields])
    for name, figure in figures.items():
        if figure.unit == CHOSEN:
            mark_unit(builder.book[grid.sheet], grid, name, builder.named("unit_per_mt"))


def _figures(builder: WorkbookBuilder) -> dict[str, _Figure]:
    per_mt = PER_MT[builder.shown_unit]
    cap = builder.data.outcome.cap.path["cap_mt"]

    def allowed(year: Label) -> str:
        found = builder.grids["cap"].find("cap_mt", builder.grids["summary"].at("year", year), by="year")
        return f"{found}*{builder.named('unit_per_mt')}"

    amounts = ("emissions_mt", "quota_mt", "abatement_mt", "purchase_mt", "uncovered_mt")
    return {
        "cap_mt": _Figure(allowed, lambda year: cap[year] * per_mt, CHOSEN),
        **{name: _total(builder, name, CHOSEN) for name in amounts},
        **_of_balances(builder),
        **{name: _total(builder, name, MONEY) for name in ("cost_1e8yuan", "penalty_1e8yuan")},
    }


def _total(builder: WorkbookBuilder, name: str, unit: str) -> _Figure:
    data, grid = builder.data, builder.grids["allocation"]
    per_mt = PER_MT[builder.shown_unit] if unit == CHOSEN else 1.0

    def formula(year: Label) -> str:
        cell = builder.grids["summary"].at("year", year)
        total = grid.sum_where(name, year=cell) if data.several else f"SUM({grid.column(name)})"
        return f"{total}*{builder.named('unit_per_mt')}" if unit == CHOSEN else total

    return _Figure(formula, lambda year: data.in_year(year)[name].sum() * per_mt, unit)


def _of_balances(builder: WorkbookBuilder) -> dict[str, _Figure]:
    data, grid = builder.data, builder.grids["balance"]
    balance, per_mt = grid.column("balance_mt"), PER_MT[builder.shown_unit]

    def found(year: Label) -> pd.Series:
        return data.in_year(year)["balance_mt"]

    def counted(condition: str) -> ToFormula:
        def formula(year: Label) -> str:
            if not data.several:
                return f"SUMPRODUCT({condition})"
            mine = f"({grid.column('year')}={builder.grids['summary'].at('year', year)})"
            return f"SUMPRODUCT({mine}*{condition})"

        return formula

    least = builder.named("balanced_mt")

    def lacking(year: Label) -> str:
        return f"-{counted(f'({balance}<0)*{balance}')(year)}*{builder.named('unit_per_mt')}"

    return {
        "in_surplus": _Figure(
            counted(f"({balance}>={least})*1"), lambda year: int((found(year) >= BALANCED_MT).sum()), ""
        ),
        "in_deficit": _Figure(
            counted(f"({balance}<=-{least})*1"), lambda year: int((found(year) <= -BALANCED_MT).sum()), ""
        ),
        "deficits_mt": _Figure(lacking, lambda year: -found(year).clip(upper=0.0).sum() * per_mt, CHOSEN),
    }
