"""The text of notes in a language: a template per key, with names, lists and figures as people read them.

A template is a text of ``[notes]`` with a placeholder for each value it shows. A number is formatted as the
placeholder says, ``{cap:.0f}``. A tuple becomes a list: ``{provinces}`` of the names alone,
``{provinces:share}`` with each row as ``[note_items]`` has it, ``{provinces:share 6}`` cut after six rows,
``{provinces:share years}`` sorted by the years that close each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from capshare.base.notes import Item, Note, Row, Severity, Value, by_severity
from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, slug, term, text, texts

Names = Mapping[str, str] | pd.Series
"""What provinces are called in a language: code → name, or a Series with index code."""

# What the texts among a note's values are, by the name of the value; a text of another name is data.
_WORDS = frozenset(
    {"above", "below", "curve", "curves", "declared", "files", "fuel", "fuels", "likely", "other", "ratio"}
    | {"side", "unit"}
)
_PROVINCES = frozenset({"highest", "lowest", "province", "provinces"})
# In English these are named as a study or a file writes them.
_NAMES = {
    "rule": "rules",
    "rules": "rules",
    "indicator": "indicators",
    "indicators": "indicators",
    "figure": "agreement",
    **dict.fromkeys(("parameters", "sector", "sectors"), "facilities.named"),
}
REASON, CELLS = "reason", "cells"
YEARS = "years"


@dataclass(frozen=True)
class SaidNote:
    """A note as people read it.

    Attributes
    ----------
    severity : "stop", "caution" or "detail"
    mark : the word for the severity
    said : the sentence
    """

    severity: Severity
    mark: str
    said: str


def notes_in_words(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The notes of a run as sentences, the severest first.

    Parameters
    ----------
    outcome : of a run, of any number of years
    lang : "en" or "zh"
    """
    return tuple(note.said for note in marked_notes(outcome, lang))


def marked_notes(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> tuple[SaidNote, ...]:
    """The notes of a run as sentences, each with its severity, the severest first.

    Parameters
    ----------
    outcome, lang : as of :func:`notes_in_words`
    """
    provinces = outcome.allocation.provinces
    codes = provinces.index.get_level_values("code")
    names = zip(map(str, codes), map(str, provinces[f"name_{lang}"]), strict=True)
    return said_notes(outcome.notes, dict(names), lang)


def note_texts(notes: Iterable[Note], names: Names, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Notes as sentences, the severest first, each sentence once.

    Parameters
    ----------
    notes : in any order
    names : code of a province → its name in the language; a code without one is shown itself
    lang : "en" or "zh"
    """
    return tuple(note.said for note in said_notes(notes, names, lang))


def said_notes(notes: Iterable[Note], names: Names, lang: str) -> tuple[SaidNote, ...]:
    """Notes as sentences, each with its severity, the severest first, each sentence once.

    Parameters
    ----------
    notes, names, lang : as of :func:`note_texts`
    """
    # Notes may differ in digits alone that no sentence shows.
    said: dict[str, Note] = {}
    for note in by_severity(notes):
        said.setdefault(note_text(note, names, lang), note)
    return tuple(
        SaidNote(note.severity, text(f"note_severity.{note.severity}", lang), sentence)
        for sentence, note in said.items()
    )


def note_text(note: Note, names: Names, lang: str = DEFAULT_LANGUAGE) -> str:
    """A note as a sentence.

    Parameters
    ----------
    note : with a key of the catalogue
    names : code of a province → its name in the language
    lang : "en" or "zh"

    Raises
    ------
    KeyError
        where the catalogue has no such sentence, or the note no value that the sentence shows
    """
    shown = {name: _shown(name, value, names, lang) for name, value in note.values.items()}
    single = f"notes.{note.key}.one"
    if single in texts(lang):
        key = single if note.values["count"] == 1 else f"notes.{note.key}.other"
    else:
        key = f"notes.{note.key}"
    said = text(key, lang, **shown)
    return said if note.year is None else text("note_items.year", lang, year=note.year, note=said)


def has_sentence(note: Note) -> bool:
    """Whether the catalogue has a sentence for a note, and the note every value that it shows.

    Parameters
    ----------
    note : perhaps read from a file that another version wrote
    """
    try:
        note_text(note, {})
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True


@dataclass(frozen=True)
class _Listed:
    """A list of a note's value; its format says how each row is written and how many are."""

    name: str
    rows: tuple[Row, ...]
    names: Names
    lang: str

    def __format__(self, spec: str) -> str:
        template, most, by_years = "", len(self.rows), False
        for part in spec.split():
            if part == YEARS:
                by_years = True
            else:
                template, most = (template, int(part)) if part.isdigit() else (part, most)
        if by_years:
            return self._by_years(template)
        joined = self._joined(self.rows[:most], template)
        rest = len(self.rows) - most
        return text("note_items.more", self.lang, list=joined, count=rest) if rest > 0 else joined

    def _joined(self, rows: tuple[Row, ...], template: str) -> str:
        # Rows that hold commas themselves are kept apart by more than a comma.
        between = text("note_items.rows" if template in (REASON, CELLS) else "terms.separator", self.lang)
        return between.join(self._row(row, template) for row in rows)

    def _by_years(self, template: str) -> str:
        """Rows together whose last item, the years, is the same; without years all of them."""
        together: dict[str, list[Row]] = {}
        for *row, years in self.rows:
            together.setdefault(str(years), []).append(tuple(row))
        parts = [
            text("note_items.years", self.lang, years=_spans(years, self.lang), list=listed)
            if years
            else listed
            for years, rows in together.items()
            for listed in [self._joined(tuple(rows), template)]
        ]
        return text("note_items.rows", self.lang).join(parts)

    def _row(self, row: Row, template: str) -> str:
        first, *others = row
        name = _word(self.name, first, self.names, self.lang)
        if not template:
            return str(name)
        if template == REASON:
            reason = text(f"note_reasons.{others[0]}", self.lang).format(*others[1:], rule=name)
            return text("note_items.reason", self.lang, name=name, reason=reason)
        words = [_word(self.name, other, {}, self.lang) for other in others]
        return text(f"note_items.{template}", self.lang).format(*words, name=name)


def _spans(years: str, lang: str) -> str:
    return text("terms.separator", lang).join(years.replace("-", "–").split())


def _shown(name: str, value: Value, names: Names, lang: str) -> Item | _Listed:
    if isinstance(value, tuple):
        rows = tuple(row if isinstance(row, tuple) else (row,) for row in value)
        return _Listed(name, rows, names, lang)
    return _word(name, value, names, lang)


def _word(name: str, value: Item, names: Names, lang: str) -> Item:
    """A text as readers of the language know it; a number, and a text that is data, as it is."""
    if not isinstance(value, str):
        return value
    if name in _PROVINCES:
        return names.get(value, value)
    if name in _WORDS:
        return texts(lang).get(f"note_words.{slug(value)}", value)
    return term(_NAMES[name], value, lang) if name in _NAMES and lang != DEFAULT_LANGUAGE else value
