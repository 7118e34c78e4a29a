"""Notes of a run in another language: the model writes them in English, sentence by sentence."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text, texts

_SENTENCES, _PHRASES = "notes.", "phrases."
_OF_A_YEAR = re.compile(r"(\d{4}): (.+)", re.DOTALL)


@dataclass(frozen=True)
class Note:
    """A note as shown, and the language it is in."""

    text: str
    lang: str


def translated_notes(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> tuple[Note, ...]:
    """The notes of a run in a language, names of provinces too.

    Parameters
    ----------
    outcome : of a run
    lang : language wanted
    """
    provinces = outcome.allocation.provinces
    names = dict(zip(provinces["name_en"], provinces[f"name_{lang}"], strict=True))
    return tuple(translated_note(note, lang, names) for note in outcome.notes)


def translated_note(note: str, lang: str = DEFAULT_LANGUAGE, names: Mapping[str, str] | None = None) -> Note:
    """A note in a language, where the catalogue knows its sentence; else as the model wrote it.

    Parameters
    ----------
    note : in English, as in the outcome
    lang : language wanted
    names : English name → name in the language

    Returns
    -------
    Note
        its language is English where the catalogue does not know the sentence
    """
    if lang == DEFAULT_LANGUAGE:
        return Note(note, lang)
    of_a_year = _OF_A_YEAR.fullmatch(note)
    if of_a_year:
        inner = translated_note(of_a_year[2], lang, names)
        return Note(text("notes.year", inner.lang, year=of_a_year[1], note=inner.text), inner.lang)
    words = {**_phrases(lang), **(names or {})}
    for key, pattern in _patterns():
        found = pattern.fullmatch(note)
        if found:
            values = {name: _replaced(value, words) for name, value in found.groupdict().items()}
            return Note(text(key, lang, **values), lang)
    return Note(note, DEFAULT_LANGUAGE)


def _replaced(value: str, words: Mapping[str, str]) -> str:
    # The longest first: "with null-jointness" lies inside "without null-jointness" for a careless eye.
    longest = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in longest))
    return pattern.sub(lambda found: words[found[0]], value) if longest else value


@cache
def _phrases(lang: str) -> Mapping[str, str]:
    known = texts(DEFAULT_LANGUAGE)
    rules = {key.removeprefix("rules.").replace("_", "-"): texts(lang)[key] for key in known if _is_rule(key)}
    return {**rules, **{known[key]: texts(lang)[key] for key in known if key.startswith(_PHRASES)}}


def _is_rule(key: str) -> bool:
    return key.startswith("rules.")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = texts(DEFAULT_LANGUAGE)
    keys = [key for key in known if key.startswith(_SENTENCES) and key != "notes.year"]
    return tuple((key, _pattern(known[key])) for key in keys)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = []
    for words, name, _, _ in string.Formatter().parse(sentence):
        parts.append(re.escape(words) + (f"(?P<{name}>.+?)" if name else ""))
    return re.compile("".join(parts), re.DOTALL)
