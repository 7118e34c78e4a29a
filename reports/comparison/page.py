"""The page that sets runs side by side: one file, readable offline."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from capshare.reports.comparison.chart import comparison_chart
from capshare.reports.comparison.compare import (
    FIGURES,
    YEAR_COLUMNS,
    RunComparison,
    of_quantity,
)
from capshare.reports.comparison.groups import GROUP_COLUMNS
from capshare.reports.comparison.words import (
    effect_rows,
    figure_name,
    figure_text,
    member_names,
    notes,
    of_run,
    quota_heading,
    signed,
)
from capshare.reports.page.chart import page_chart, with_stills
from capshare.reports.page.document import document
from capshare.reports.page.sections import Section
from capshare.reports.page.tables import Cell, PageTable
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, PERCENT, describe, readable, with_unit


def comparison_html(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> str:
    """The page of a comparison, self-contained.

    Parameters
    ----------
    found : the runs side by side
    lang : language of all texts, "en" or "zh"

    Returns
    -------
    str
        HTML; the same runs give the same text
    """
    return document(
        "compare.html",
        with_stills({"run_quotas": page_chart("run_quotas", comparison_chart(found, lang))})(),
        lang,
        c=lambda key, **values: text(f"compare.{key}", lang, **values),
        year=found.year,
        labels=found.labels,
        changed={
            run.label: figure_text(found, "files", run.label, lang) for run in found.runs if run.changed
        },
        sections=_sections(found, lang),
    )


def _sections(found: RunComparison, lang: str) -> tuple[Section, ...]:
    several = len(found.years) > 1
    planned = {
        "figures": _figures(found, lang),
        "settings": _settings(found, lang),
        "effects": _effects(found, lang),
        "quotas": _quotas(found, lang),
        "groups": _groups(found, lang),
        "classes": _classes(found, lang),
        **({"years": _years(found, lang)} if several else {}),
        "notes": _notes(found, lang),
    }
    return tuple(
        Section(
            key,
            text(f"compare.{key}.lead", lang),
            ("run_quotas",) if key == "quotas" else (),
            (table,) if table.rows else (),
        )
        for key, table in planned.items()
    )


def _table(
    found: RunComparison,
    key: str,
    headings: list[str],
    rows: Sequence[tuple[Cell, ...]],
    numeric: list[bool],
    lang: str,
) -> PageTable:
    title = text(f"compare.{key}.table", lang, year=found.year)
    return PageTable(
        f"{key}-table", title, "", tuple(headings), ("",) * len(headings), tuple(numeric), tuple(rows)
    )


def _number(value: float, unit: str, lang: str, difference: bool = False) -> Cell:
    if pd.isna(value):
        return Cell(text("compare.absent", lang))
    # Negative zero is a zero with a misleading sign.
    shown = readable(float(value) + 0.0, unit, lang)
    plus = "+" if difference and value > 0 and not shown.startswith("-") else ""
    return Cell(plus + signed(shown), repr(float(value)))


def _figures(found: RunComparison, lang: str) -> PageTable:
    rows = []
    for figure, unit in FIGURES.items():
        name = with_unit(figure_name(found, figure, lang), unit, lang)
        rows.append((Cell(name), *(Cell(figure_text(found, figure, run, lang)) for run in found.labels)))
    headings = [text("compare.column.figure", lang), *found.labels]
    return _table(found, "figures", headings, rows, [False] + [True] * len(found.labels), lang)


def _settings(found: RunComparison, lang: str) -> PageTable:
    absent = text("compare.absent", lang)
    rows = [
        (
            Cell(str(name)),
            Cell(text(f"compare.part.{part}", lang)),
            *(Cell(absent if value is None else str(value)) for value in values),
        )
        for (part, name), values in zip(
            found.settings.index, found.settings.itertuples(index=False), strict=True
        )
    ]
    headings = [text("compare.column.setting", lang), text("compare.part.name", lang), *found.labels]
    return _table(found, "settings", headings, rows, [False] * len(headings), lang)


def _effects(found: RunComparison, lang: str) -> PageTable:
    several = len(found.runs) > 2
    keys = ("moved", "sum", "most", "most_mt")
    headings = [text("compare.run", lang), text("compare.column.setting", lang)]
    headings += [text(f"compare.effects.{key}", lang) for key in keys]
    rows = [tuple(map(Cell, row)) for row in effect_rows(found, lang)]
    numeric = [False, False, True, True, False, True]
    shown = slice(None) if several else slice(1, None)
    return _table(found, "effects", headings[shown], [row[shown] for row in rows], numeric[shown], lang)


def _quotas(found: RunComparison, lang: str) -> PageTable:
    name = describe("provinces", f"name_{lang}", lang).label
    names = found.names(lang)
    units = {"quota_mt": MT, "difference_mt": MT, "difference_pct": PERCENT}
    columns = [(what, str(run)) for what in units for run in of_quantity(found.quotas, what).columns]
    first = found.labels[0]
    headings = [with_unit(quota_heading(what, run, first, lang), units[what], lang) for what, run in columns]
    rows = [
        (
            Cell(str(names[code])),
            *(
                _number(value, units[what], lang, what != "quota_mt")
                for value, (what, _) in zip(values, columns, strict=True)
            ),
        )
        for code, *values in found.quotas[columns].itertuples()
    ]
    return _table(found, "quotas", [name, *headings], rows, [False] + [True] * len(columns), lang)


def _groups(found: RunComparison, lang: str) -> PageTable:
    names = found.names(lang)
    kept = [column for column in GROUP_COLUMNS if column in found.groups]
    columns = [describe("groups", column, lang) for column in kept]
    headings = [
        describe("groups", "group", lang).label,
        text("compare.run", lang),
        *(column.heading for column in columns),
        text("compare.column.members", lang),
    ]
    infeasible = Cell(text("terms.infeasible", lang))
    rows = []
    for group, run, codes, *values in found.groups[["members", *kept]].reset_index().itertuples(index=False):
        figures = [
            infeasible if pd.isna(value) else _number(value, column.unit, lang)
            for value, column in zip(values, columns, strict=True)
        ]
        own = Cell(term("terms", group, lang)), Cell(str(run)), Cell(member_names(codes, names, lang))
        rows.append((*own[:2], *figures, own[2]))
    numeric = [False, False, *([True] * len(columns)), False]
    return _table(found, "groups", headings, rows, numeric, lang)


def _classes(found: RunComparison, lang: str) -> PageTable:
    names, balance = found.names(lang), describe("provinces", "balance_mt", lang)
    of_class = describe("provinces", "balance_class", lang)
    columns = [(what, run) for run in found.labels for what in ("balance_mt", "balance_class")]
    headings = [
        with_unit(of_run(balance.label, run, lang), MT, lang)
        if what == "balance_mt"
        else of_run(of_class.label, run, lang)
        for what, run in columns
    ]
    rows = [
        (
            Cell(str(names[code])),
            *(
                Cell(term("terms", value, lang)) if isinstance(value, str) else _number(value, MT, lang)
                for value in values
            ),
        )
        for code, *values in found.classes[columns].itertuples()
    ]
    numeric = [False, *(what == "balance_mt" for what, _ in columns)]
    name = describe("provinces", f"name_{lang}", lang).label
    return _table(found, "classes", [name, *headings], rows, numeric, lang)


def _years(found: RunComparison, lang: str) -> PageTable:
    columns = [describe("years", column, lang) for column in YEAR_COLUMNS]
    rows = [
        (
            Cell(str(year), str(year)),
            Cell(str(run)),
            *(_number(value, column.unit, lang) for value, column in zip(values, columns, strict=True)),
        )
        for year, run, *values in found.by_year.reset_index().itertuples(index=False)
    ]
    headings = [
        describe("years", "year", lang).label,
        text("compare.run", lang),
        *(column.heading for column in columns),
    ]
    return _table(found, "years", headings, rows, [False, False, *([True] * len(columns))], lang)


def _notes(found: RunComparison, lang: str) -> PageTable:
    rows = [(Cell(note), Cell(runs)) for note, runs in notes(found, lang)]
    headings = [text("compare.column.note", lang), text("compare.column.runs", lang)]
    return _table(found, "notes", headings, rows, [False, False], lang)
