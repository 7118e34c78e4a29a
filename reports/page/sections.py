"""The sections of the page: those of the plan that an outcome has something for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.folder.table_list import TABLES
from capshare.reports.page.burden import ABOUT_INDICATORS, in_burden_words, with_cut_directions
from capshare.reports.page.plan import PLAN
from capshare.reports.page.tables import PageTable, Shown, page_table
from capshare.reports.page.whose_emissions import told_in
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, in_one_line, term, text, texts
from capshare.reports.words.edits import edit_lines
from capshare.reports.words.ensemble_rows import ensemble_tables
from capshare.reports.words.figures import member_names
from capshare.reports.words.sensitivity import nation_in_words


@dataclass(frozen=True)
class Section:
    """One section of the page.

    Attributes
    ----------
    key : unique on the page; its title is ``page.<key>.title``
    lead : what it is about
    charts : names of charts, as in the gallery
    tables : its tables, in order
    """

    key: str
    lead: str
    charts: tuple[str, ...]
    tables: tuple[PageTable, ...]


_TABLES = {table.name: table for table in TABLES}


def sections(
    one: OneYear, drawn: set[str], lang: str = DEFAULT_LANGUAGE, keys: Collection[str] = PLAN.keys()
) -> tuple[Section, ...]:
    """The sections that an outcome has something for.

    Parameters
    ----------
    one : the year shown
    drawn : names of the charts that there are
    lang : language of the tables
    keys : of the sections wanted
    """
    found, further = [], ensemble_tables(one.outcome, lang)
    names = one.provinces[f"name_{lang}"]
    for key, (wanted, planned) in PLAN.items():
        if key not in keys:
            continue
        charts = tuple(name for name in wanted if name in drawn)
        tables = tuple(
            _table(one, shown, frame, names, lang, key)
            for shown in planned
            if (frame := _frame(one, shown.name, lang, further)) is not None and not frame.empty
        )
        if charts or tables:
            found.append(Section(key, _lead(one, key, lang), charts, _unique(key, tables)))
    return tuple(found)


def _sets_targets(one: OneYear) -> bool:
    return one.outcome.targets is not None and one.outcome.targets.cuts is not None


def _lead(one: OneYear, key: str, lang: str) -> str:
    """What a section is about; of a study of targets some are about something else."""
    own = f"page.{key}.lead_targets"
    lead = text(own if _sets_targets(one) and own in texts(lang) else f"page.{key}.lead", lang)
    told = edit_lines(one.outcome, lang) if key == "edits" else told_in(key, one.outcome, lang)
    return in_one_line((lead, *told), lang)


def _table(
    one: OneYear, shown: Shown, frame: pd.DataFrame, names: pd.Series, lang: str, section: str
) -> PageTable:
    burden = _sets_targets(one) and shown.name in ABOUT_INDICATORS
    said = with_cut_directions(frame) if burden else frame
    table = page_table(shown.name, said, names, lang, shown.columns, shown.folded)
    own = f"page.{section}.{shown.name}"
    if f"{own}.title" in texts(lang):
        # Of a table that several sections show a part of.
        table = replace(table, title=text(f"{own}.title", lang), meaning=text(f"{own}.meaning", lang))
    return in_burden_words(table, frame, lang) if burden else table


def _frame(one: OneYear, name: str, lang: str, further: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    found = _TABLES[name].frame(one.outcome) if name in _TABLES else further.get(name)
    if found is None:
        return None
    frame = one.of(found)
    if name == "sensitivity_nation":
        return nation_in_words(one.outcome, lang)
    if name == "groups":
        frame = frame.assign(members=member_names(one, lang))
        return frame.set_axis([term("terms", group, lang) for group in frame.index]).rename_axis("group")
    # One year's sums are among the figures of the overview.
    return None if name == "years" and len(frame) == 1 else frame


def _unique(key: str, tables: tuple[PageTable, ...]) -> tuple[PageTable, ...]:
    return tuple(replace(table, key=f"{key}-{table.key}") for table in tables)
