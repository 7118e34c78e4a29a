"""Vocabulary: the catalogue in the words of a dataset's readers, states for provinces, euros for yuan."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from capshare.base.conventions import Conventions, conventions

# Words inside placeholders are names of values, and those of a file are its name.
_KEPT = r"\{[^{}]*\}|\b\w+\.(?:csv|toml|json|xlsx)\b"


def in_its_words(text: str, lang: str) -> str:
    """A text in the words of the dataset whose results are being shown.

    Parameters
    ----------
    text : of the catalogue, or with its words
    lang : "en" or "zh"
    """
    return reworded(text, lang, conventions())


def reworded(text: str, lang: str, those: Conventions) -> str:
    """A text in the words of a dataset.

    Parameters
    ----------
    text, lang : as of :func:`in_its_words`
    those : of the dataset
    """
    pattern, words = _words(lang, those)
    return text if not words else pattern.sub(lambda match: words.get(match[0], match[0]), text)


@cache
def _words(lang: str, those: Conventions) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What to look for, kept texts first, and the word for each."""
    every = _vocabulary().get(lang, {})
    words: dict[str, str] = {}
    for kind in (those.regions, those.gas, those.currency):
        words |= every.get(kind, {})
    # Chinese has no blanks between words.
    bound = r"\b" if lang == "en" else ""
    longest = sorted(words, key=len, reverse=True)
    parts = [rf"{bound}{re.escape(word)}{bound if word[-1].isalnum() else ''}" for word in longest]
    return re.compile("|".join([_KEPT, *parts])), words


@cache
def _vocabulary() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    source = resources.files("capshare.reports") / "texts" / "vocabulary.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
