"""The figures to read first, each a formula on the sheet where it is made."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from capshare.reports.columns import MONEY, MT
from capshare.reports.workbook.checks import all_passed
from capshare.reports.workbook.draft import HEADING_ROW, Draft
from capshare.reports.workbook.formats import mark_negative, mark_state
from capshare.reports.workbook.grid import Field, Formula, Label

_SHOWN = 5
_Figure = tuple[str, Callable[[int], str], Callable[[int], object], str]


def summary_sheet(draft: Draft) -> None:
    """One row per figure and one column per year; then the largest quotas and deficits."""
    facts = draft.facts
    figures = _figures(draft)
    sheet = draft.open("summary")
    draft.put(sheet, HEADING_ROW - 2, 3, draft.state)
    mark_state(sheet, sheet.cell(HEADING_ROW - 2, 3).coordinate, draft.state)
    labels = tuple(name for name, *_ in figures)
    years = tuple(f"year_{year}" for year in facts.years)
    draft.grid("summary", "summary", labels, ("figure", "unit", *years))
    columns = [_year_column(draft, figures, year) for year in facts.years]
    named = {name: draft.say(f"figure.{name}") for name in labels}
    units = {name: draft.unit(unit) for name, _, _, unit in figures}
    draft.write("summary", [Field("figure", named), Field("unit", units), *columns], 1)
    for place, (_, _, _, unit) in enumerate(figures, start=HEADING_ROW + 1):
        for column in range(3, 3 + len(facts.years)):
            sheet.cell(place, column).number_format = "#,##0.0" if unit else "0"
    top = HEADING_ROW + len(figures) + 3
    _extract(draft, "largest", "quota_mt", top)
    _extract(draft, "deficits", "balance_mt", top + _SHOWN + 4)


def _year_column(draft: Draft, figures: list[_Figure], year: int) -> Field:
    values: dict[Label, object] = {name: value(year) for name, _, value, _ in figures}
    formulas: dict[Label, str] = {name: formula(year) for name, formula, _, _ in figures}
    return Field(f"year_{year}", values, "live", lambda name: formulas[name], "", str(year))


def _figures(draft: Draft) -> list[_Figure]:
    facts = draft.facts
    p, cap = facts.provinces, facts.result.cap["cap_mt"]
    balance, allocation = draft.grids["balance"], draft.grids["allocation"]

    def total(name: str, unit: str = MT) -> _Figure:
        def formula(year: int) -> str:
            return f"SUM({allocation.column(name, facts.of_year(year))})"

        return name, formula, lambda year: p.xs(year, level="year")[name].sum(), unit

    def of_balance(year: int) -> pd.Series:
        return p.xs(year, level="year")["balance_mt"]

    def rows(year: int) -> str:
        return balance.column("balance_mt", facts.of_year(year))

    found: list[_Figure] = [
        ("cap_mt", lambda year: draft.grids["cap"].ref("cap_mt", year), lambda year: cap[year], MT),
        total("emissions_mt"),
        total("quota_mt"),
        ("provinces", lambda year: f"ROWS({rows(year)})", lambda year: len(of_balance(year)), ""),
        (
            "in_surplus",
            lambda year: f"SUMPRODUCT(({rows(year)}>=1E-6)*1)",
            lambda year: int((of_balance(year) >= 1e-6).sum()),
            "",
        ),
        (
            "in_deficit",
            lambda year: f"SUMPRODUCT(({rows(year)}<=-1E-6)*1)",
            lambda year: int((of_balance(year) <= -1e-6).sum()),
            "",
        ),
        (
            "deficits_mt",
            lambda year: f"-SUMPRODUCT(({rows(year)}<0)*{rows(year)})",
            lambda year: -of_balance(year).clip(upper=0.0).sum(),
            MT,
        ),
        *(total(name) for name in ("abatement_mt", "purchase_mt", "uncovered_mt")),
        total("cost_1e8yuan", MONEY),
        total("penalty_1e8yuan", MONEY),
    ]
    passed = all_passed(draft)
    count = ("checks_passed", lambda _: passed.text[1:], lambda _: passed.value, "")
    every = (
        "checks_made",
        lambda _: f"ROWS({draft.grids['checks'].column('check')})",
        lambda _: passed.value,
        "",
    )
    return [*found, count, every]


def _extract(draft: Draft, name: str, column: str, top: int) -> None:
    """The provinces with the largest quotas, or the largest deficits, of the last year."""
    facts, balance = draft.facts, draft.grids["balance"]
    year = facts.years[-1]
    rows = facts.of_year(year)
    values = facts.provinces[column].loc[rows].sort_values(ascending=name != "largest", kind="stable")
    shown = values.head(_SHOWN)
    labels = tuple(range(1, len(shown) + 1))
    names, sheet = draft.names(), draft.book[draft.title("summary")]
    called = "name_zh" if draft.lang == "zh" else "name_en"
    grid = draft.grid(name, "summary", labels, (called, "unit", column), top)
    draft.subtitle(sheet, top - 1, name)
    span = balance.column(column, rows)
    pick = "LARGE" if name == "largest" else "SMALL"

    def which(place: Label) -> str:
        return f"INDEX({balance.column(called, rows)},MATCH({grid.at(column, place)},{span},0))"

    draft.write(
        name,
        [
            Field(
                called,
                {place: names[row[1]] for place, row in zip(labels, shown.index, strict=True)},
                "live",
                which,
            ),
            Field("unit", dict.fromkeys(labels, draft.unit(MT))),
            Field(
                column,
                dict(zip(labels, shown, strict=True)),
                "live",
                lambda place: f"{pick}({span},{place})",
            ),
        ],
    )
    mark_negative(sheet, grid, column)


__all__ = ["Formula", "summary_sheet"]
