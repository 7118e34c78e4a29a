"""The workbook that sets runs side by side; differences and totals are live formulas."""

from __future__ import annotations

import math

import pandas as pd

from capshare.reports.comparison.compare import (
    FIGURES,
    YEAR_COLUMNS,
    Checks,
    RunComparison,
)
from capshare.reports.comparison.groups import GROUP_COLUMNS
from capshare.reports.comparison.sheet import ComparisonBuilder, Spread
from capshare.reports.comparison.words import (
    effect_rows,
    figure_name,
    figure_text,
    member_names,
    notes,
    of_run,
    quota_heading,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MT, PERCENT, describe
from capshare.reports.workbook.builder import HEADING_ROW
from capshare.reports.workbook.layout import lay_out, text_width, widen, wrap
from capshare.reports.workbook.packed import packed
from capshare.reports.workbook.sheet import ROW_POINTS
from capshare.reports.workbook.text_cells import put_heading, put_link, put_text, put_title
from capshare.reports.workbook.writer import BACK_ROW

# Letters of a sentence on a line of its column.
_LETTERS = 100
SHEETS = ("contents", "figures", "settings", "effects", "quotas", "groups", "classes", "years", "notes")


def comparison_builder(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> ComparisonBuilder:
    """The workbook of a comparison with what every formula in it must give.

    Parameters
    ----------
    found : the runs side by side
    lang : language of headings and texts
    """
    builder = ComparisonBuilder(lang, SHEETS, found.year)
    _figures(builder, found)
    _settings(builder, found)
    _effects(builder, found)
    _quotas(builder, found)
    _groups(builder, found)
    _classes(builder, found)
    _years(builder, found)
    _notes(builder, found)
    _contents(builder, found)
    builder.finish()
    return builder


def comparison_workbook(found: RunComparison, lang: str = DEFAULT_LANGUAGE) -> bytes:
    """The workbook as a file; the same runs give the same bytes.

    Parameters
    ----------
    found, lang : as for :func:`comparison_builder`
    """
    return packed(comparison_builder(found, lang).book)


def _contents(builder: ComparisonBuilder, found: RunComparison) -> None:
    sheet, lang = builder.sheet("contents"), builder.lang
    lead = text("compare.lead", lang, year=found.year, first=found.labels[0])
    put_title(sheet, text("compare.title", lang, runs=", ".join(found.labels)), lead)
    put_text(sheet, BACK_ROW, 1, text("compare.workbook_note", lang))
    for column, heading in enumerate(("sheet", "holds"), start=1):
        put_heading(sheet, HEADING_ROW, column, text(f"compare.{heading}", lang))
    for row, key in enumerate(SHEETS[1:], start=HEADING_ROW + 1):
        put_link(sheet, row, 1, builder.title(key), builder.title(key))
        lead = text(f"compare.{key}.lead", lang)
        put_text(sheet, row, 2, lead)
        wrap(sheet, row, 2, math.ceil(text_width(lead) / _LETTERS))
    widen(sheet, (30, _LETTERS + 10))
    lay_out(sheet)


def _figures(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, (first, *others) = builder.lang, found.labels
    spread = Spread(text("compare.column.figure", lang), [figure_name(found, name, lang) for name in FIGURES])
    spread.column(text("compare.column.unit", lang), [term("units", unit, lang) for unit in FIGURES.values()])
    for run in found.labels:
        values = [_figure(found, name, run, lang) for name in FIGURES]
        spread.column(run, values, of_unit=list(FIGURES.values()))
    for place, run in enumerate(others, start=1):
        numbers = [
            None if isinstance(one, str) else (f"={{{2 + place}}}-{{2}}", float(other) - float(one))
            for one, other in zip(spread.values(2), spread.values(2 + place), strict=True)
        ]
        heading = text("compare.differs", lang, run=run, first=first)
        spread.column(heading, numbers, of_unit=list(FIGURES.values()))
    builder.write("figures", spread)


def _figure(found: RunComparison, name: str, run: str, lang: str) -> object:
    value = found.figures.loc[name, run]
    return figure_text(found, name, run, lang) if isinstance(value, Checks | str) else value


def _settings(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, frame = builder.lang, found.settings
    if frame.empty:
        builder.say("settings", "same_settings")
        return
    spread = Spread(
        text("compare.column.setting", lang), list(map(str, frame.index.get_level_values("name")))
    )
    parts = [text(f"compare.part.{part}", lang) for part in frame.index.get_level_values("part")]
    spread.column(text("compare.part.name", lang), parts)
    absent = text("compare.absent", lang)
    for run in found.labels:
        spread.column(run, [absent if value is None else str(value) for value in frame[run]])
    builder.write("settings", spread)


def _effects(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, table = builder.lang, found.effects.table
    if table.empty:
        builder.say("effects", "effects.none")
        return
    rows = effect_rows(found, lang)
    spread = Spread(text("compare.column.setting", lang), [row[1] for row in rows])
    spread.column(text("compare.run", lang), [row[0] for row in rows])
    for key, column in (("moved", "moved_mt"), ("sum", "sum_mt")):
        values = [None if pd.isna(value) else float(value) for value in table[column]]
        spread.column(text(f"compare.effects.{key}", lang), values, of_unit=[MT] * len(values))
    spread.column(text("compare.effects.most", lang), [row[4] or None for row in rows])
    changes = [
        None if not row[4] else float(value) for row, value in zip(rows, table["most_mt"], strict=True)
    ]
    spread.column(text("compare.effects.most_mt", lang), changes, of_unit=[MT] * len(changes))
    builder.write("effects", spread)


def _quotas(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, frame, first = builder.lang, found.quotas, found.labels[0]
    spread = Spread(describe("provinces", f"name_{lang}", lang).label, found.names(lang).tolist())
    emissions = describe("provinces", "emissions_mt", lang).label
    for run in found.labels:
        spread.column(of_run(emissions, run, lang), frame["emissions_mt", run].tolist(), MT, total=True)
    base = 1 + len(found.labels)
    for run in found.labels:
        heading = quota_heading("quota_mt", run, first, lang)
        spread.column(heading, frame["quota_mt", run].tolist(), MT, total=True)
    for place, run in enumerate(found.labels[1:], start=base + 1):
        heading = quota_heading("difference_mt", run, first, lang)
        difference = [(f"={{{place}}}-{{{base}}}", value) for value in frame["difference_mt", run]]
        spread.column(heading, difference, MT, total=True, marked=True)
    for place, run in enumerate(found.labels[1:], start=base + 1):
        heading = quota_heading("difference_pct", run, first, lang)
        relative = [
            None if pd.isna(value) else (f"=100*({{{place}}}-{{{base}}})/{{{base}}}", value)
            for value in frame["difference_pct", run]
        ]
        spread.column(heading, relative, PERCENT, marked=True)
    builder.write("quotas", spread)


def _groups(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, frame, names = builder.lang, found.groups, found.names(builder.lang)
    groups = [term("terms", group, lang) for group in frame.index.get_level_values("group")]
    spread = Spread(describe("groups", "group", lang).label, groups)
    spread.column(text("compare.run", lang), list(map(str, frame.index.get_level_values("run"))))
    for column in (column for column in GROUP_COLUMNS if column in frame):
        known = describe("groups", column, lang)
        values = [text("terms.infeasible", lang) if pd.isna(value) else value for value in frame[column]]
        spread.column(known.label, values, known.unit)
    members = [member_names(codes, names, lang) for codes in frame["members"]]
    spread.column(text("compare.column.members", lang), members)
    builder.write("groups", spread, 2)


def _classes(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, frame = builder.lang, found.classes
    if frame.empty:
        builder.say("classes", "same_classes")
        return
    names = found.names(lang)
    spread = Spread(
        describe("provinces", f"name_{lang}", lang).label, [str(names[code]) for code in frame.index]
    )
    balance = describe("provinces", "balance_mt", lang)
    of_class = describe("provinces", "balance_class", lang)
    for run in found.labels:
        spread.column(of_run(balance.label, run, lang), frame["balance_mt", run].tolist(), MT, marked=True)
        words = [term("terms", value, lang) for value in frame["balance_class", run]]
        spread.column(of_run(of_class.label, run, lang), words)
    builder.write("classes", spread)


def _years(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, frame = builder.lang, found.by_year
    years = [int(year) for year in frame.index.get_level_values("year")]
    spread = Spread(describe("years", "year", lang).label, years)
    spread.column(text("compare.run", lang), list(map(str, frame.index.get_level_values("run"))))
    for column in YEAR_COLUMNS:
        known = describe("years", column, lang)
        spread.column(known.label, frame[column].tolist(), known.unit)
    builder.write("years", spread, 2)


def _notes(builder: ComparisonBuilder, found: RunComparison) -> None:
    lang, said = builder.lang, notes(found, builder.lang)
    if not said:
        builder.say("notes", "no_notes")
        return
    spread = Spread(text("compare.column.note", lang), [note for note, _ in said])
    spread.column(text("compare.column.runs", lang), [runs for _, runs in said])
    builder.write("notes", spread)
    sheet = builder.sheet("notes")
    sheet.widths[1] = _LETTERS + 10
    for row, (note, _) in enumerate(said, start=HEADING_ROW + 1):
        sheet.heights[row] = math.ceil(text_width(note) / _LETTERS) * ROW_POINTS
