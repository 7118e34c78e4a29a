"""The figures to read first, each a formula on the sheet where it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT
from capshare.reports.words.columns import MONEY, MT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.formats import mark_negative, mark_state
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.checks import passed_checks

# Provinces named at either end; all are on their sheets.
_SHOWN = 5
_Figure = tuple[str, Callable[[int], str], Callable[[int], object], str]


def summary_sheet(builder: WorkbookBuilder) -> None:
    """One row per figure and one column per year; then the largest quotas and deficits.

    Parameters
    ----------
    builder : with all sheets up to ``checks`` written
    """
    data = builder.data
    figures = _figures(builder)
    sheet = builder.open("summary")
    builder.put(sheet, HEADING_ROW - 2, 3, builder.state)
    mark_state(sheet, sheet.cell(HEADING_ROW - 2, 3).coordinate, builder.state)
    labels = tuple(name for name, *_ in figures)
    years = tuple(f"year_{year}" for year in data.years)
    builder.grid("summary", "summary", labels, ("figure", "unit", *years))
    columns = [_year_column(builder, figures, year) for year in data.years]
    named = {name: builder.say(f"figure.{name}") for name in labels}
    units = {name: builder.unit(unit) for name, _, _, unit in figures}
    builder.write("summary", [Field("figure", named), Field("unit", units), *columns], 1)
    for place, (_, _, _, unit) in enumerate(figures, start=HEADING_ROW + 1):
        for column in range(3, 3 + len(data.years)):
            cell = sheet.cell(place, column)
            cell.look = replace(cell.look, form="#,##0.0" if unit else "0")
    top = HEADING_ROW + len(figures) + 3
    _extract(builder, "largest", "quota_mt", top)
    _extract(builder, "deficits", "balance_mt", top + _SHOWN + 4)


def _year_column(builder: WorkbookBuilder, figures: list[_Figure], year: int) -> Field:
    values: dict[Label, object] = {name: value(year) for name, _, value, _ in figures}
    formulas: dict[Label, str] = {name: formula(year) for name, formula, _, _ in figures}
    return Field(f"year_{year}", values, "live", lambda name: formulas[name], "", str(year))


def _figures(builder: WorkbookBuilder) -> list[_Figure]:
    cap = builder.data.outcome.cap.path["cap_mt"]
    quantities = ("abatement_mt", "purchase_mt", "uncovered_mt")
    money = ("cost_1e8yuan", "penalty_1e8yuan")
    return [
        ("cap_mt", lambda year: builder.grids["cap"].ref("cap_mt", year), lambda year: cap[year], MT),
        *(_total(builder, name, MT) for name in ("emissions_mt", "quota_mt")),
        *_of_balances(builder),
        *(_total(builder, name, MT) for name in quantities),
        *(_total(builder, name, MONEY) for name in money),
        *_of_checks(builder),
    ]


def _total(builder: WorkbookBuilder, name: str, unit: str) -> _Figure:
    data, grid = builder.data, builder.grids["allocation"]

    def formula(year: int) -> str:
        return f"SUM({grid.column(name, data.of_year(year))})"

    return name, formula, lambda year: data.in_year(year)[name].sum(), unit


def _of_balances(builder: WorkbookBuilder) -> list[_Figure]:
    data, grid = builder.data, builder.grids["balance"]
    least = BALANCED_MT

    def rows(year: int) -> str:
        return grid.column("balance_mt", data.of_year(year))

    def found(year: int) -> pd.Series:
        return data.in_year(year)["balance_mt"]

    def above(year: int) -> str:
        return f"SUMPRODUCT(({rows(year)}>={least!r})*1)"

    def below(year: int) -> str:
        return f"SUMPRODUCT(({rows(year)}<=-{least!r})*1)"

    def lacking(year: int) -> str:
        return f"-SUMPRODUCT(({rows(year)}<0)*{rows(year)})"

    return [
        ("provinces", lambda year: f"ROWS({rows(year)})", lambda year: len(found(year)), ""),
        ("in_surplus", above, lambda year: int((found(year) >= least).sum()), ""),
        ("in_deficit", below, lambda year: int((found(year) <= -least).sum()), ""),
        ("deficits_mt", lacking, lambda year: -found(year).clip(upper=0.0).sum(), MT),
    ]


def _of_checks(builder: WorkbookBuilder) -> list[_Figure]:
    grid, passed = builder.grids["checks"], passed_checks(builder)
    every = f"ROWS({grid.column('check')})"
    return [
        ("checks_passed", lambda _: passed.text[1:], lambda _: passed.value, ""),
        ("checks_made", lambda _: every, lambda _: len(grid.labels), ""),
    ]


def _extract(builder: WorkbookBuilder, name: str, column: str, top: int) -> None:
    """The provinces with the largest quotas, or the largest deficits, of the last year."""
    data, balance = builder.data, builder.grids["balance"]
    rows, names, sheet = data.of_year(data.years[-1]), builder.names(), builder.book[builder.title("summary")]
    values = data.provinces[column].loc[rows].sort_values(ascending=name != "largest", kind="stable")
    shown = dict(enumerate(values.head(_SHOWN).items(), start=1))
    called = "name_zh" if builder.lang == "zh" else "name_en"
    grid = builder.grid(name, "summary", tuple(shown), (called, "unit", column), top)
    builder.subtitle(sheet, top - 1, name)
    span, pick = balance.column(column, rows), "LARGE" if name == "largest" else "SMALL"

    def which(place: Label) -> str:
        return f"INDEX({balance.column(called, rows)},MATCH({grid.at(column, place)},{span},0))"

    labels: dict[int, Label] = {place: label for place, (label, _) in shown.items()}
    provinces = {place: names[label[1]] for place, label in labels.items()}
    amounts = {place: amount for place, (_, amount) in shown.items()}
    builder.write(
        name,
        [
            Field(called, provinces, "live", which),
            Field("unit", dict.fromkeys(shown, builder.unit(MT))),
            Field(column, amounts, "live", lambda place: f"{pick}({span},{place})"),
        ],
    )
    mark_negative(sheet, grid, column)
