"""Every text that people read in a report, in each language: one catalogue of keys."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from capshare.base.conventions import Conventions, conventions
from capshare.base.errors import CapshareError, Problem
from capshare.reports.words.vocabulary import reworded

LANGUAGES = ("en", "zh")
DEFAULT_LANGUAGE = "en"


def text(key: str, lang: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The text of a key in a language, its placeholders filled in.

    Parameters
    ----------
    key : table and name in ``texts/<lang>.toml`` with dots between, for example ``page.title``
    lang : one of ``LANGUAGES``
    values : for the placeholders ``{name}``; a format such as ``{cap:,.1f}`` may stand in the text

    Returns
    -------
    str

    Raises
    ------
    CapshareError
        where the language is unknown.
    KeyError
        where the key or the value of a placeholder is missing.
    """
    found = texts(lang)
    if key not in found:
        raise KeyError(f"no text {key!r} in {lang}.toml")
    return found[key].format(**values) if values else found[key]


def term(table: str, value: object, lang: str = DEFAULT_LANGUAGE) -> str:
    """The word for a value of a result, such as a class or the name of a rule.

    Parameters
    ----------
    table : of the catalogue, for example ``terms``
    value : as the result has it, for example ``ample surplus``
    lang : one of ``LANGUAGES``

    Returns
    -------
    str
        the value itself where the catalogue has no word for it, as with names from a study file
    """
    return texts(lang).get(f"{table}.{slug(str(value))}", str(value))


def in_one_line(sentences: Iterable[str], lang: str = DEFAULT_LANGUAGE) -> str:
    """Sentences one after another; Chinese has no space between them.

    Parameters
    ----------
    sentences : each with its full stop
    lang : their language
    """
    return ("" if lang == "zh" else " ").join(sentences)


def slug(value: str) -> str:
    """A value as the name of a key: lower case, words joined by underscores.

    Parameters
    ----------
    value : as the code writes it, "Mt CO2"
    """
    return re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")


def placeholders(template: str) -> frozenset[str]:
    """The names of the placeholders in a text.

    Parameters
    ----------
    template : text of the catalogue, with ``{name}``
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def texts(lang: str = DEFAULT_LANGUAGE) -> Mapping[str, str]:
    """Every key of a language with its text, in the words of the dataset whose results are being shown.

    What constraints are called stands in their records.

    Parameters
    ----------
    lang : "en" or "zh"

    Raises
    ------
    CapshareError
        where the language is unknown.
    """
    if lang not in LANGUAGES:
        remedy = f"Choose one of {', '.join(LANGUAGES)}."
        raise CapshareError(Problem("lang", "", " or ".join(LANGUAGES), repr(lang), remedy))
    return _texts(lang, conventions())


@cache
def _texts(lang: str, those: Conventions) -> Mapping[str, str]:
    source = resources.files("capshare.reports") / "texts" / f"{lang}.toml"
    said = dict(_flat(tomllib.loads(source.read_text(encoding="utf-8")))) | _titles_of_constraints(lang)
    return {key: reworded(text, lang, those) for key, text in said.items()}


def _titles_of_constraints(lang: str) -> dict[str, str]:
    from capshare.model.allocation.constraints.catalogue import CONSTRAINTS

    named = [record for record in CONSTRAINTS if record.title]
    lines = {f"infeasible.{record.name}": record.collides_as[lang] for record in named if record.collides_as}
    return {f"constraints.{record.name}": record.title[lang] for record in named} | lines


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            entries += _flat(value, f"{prefix}{name}.")
        else:
            entries.append((f"{prefix}{name}", str(value)))
    return entries
