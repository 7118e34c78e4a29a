"""Spellings: what counts as the same name, and which known name a wrong one comes nearest to."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

# Names of a list that fit into one line of a message.
_LISTED = 8
# Of difflib's ratio, from 0 to 1: at its own 0.6 Zhejiang is offered for Beijing.
_ALIKE = 0.7
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02b9`\u00b4", "'"))


def exact_key(name: str) -> str:
    """Name without what carries no meaning: case, width of the characters, blanks.

    Tone marks and apostrophes stay, because they tell Shānxī from Shǎnxī.

    Parameters
    ----------
    name : as a person wrote it

    Returns
    -------
    key under which two spellings are the same
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFC", "".join(folded.split()).translate(_APOSTROPHES))


def loose_key(name: str) -> str:
    """Name reduced to its letters and digits, without marks.

    Parameters
    ----------
    name : as a person wrote it

    Returns
    -------
    key that several names may share; ``""`` where the name has no letter or digit
    """
    return "".join(char for char in unicodedata.normalize("NFD", exact_key(name)) if char.isalnum())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Known name that looks most like a wrong one.

    Parameters
    ----------
    name : the wrong one
    known : the names there are

    Returns
    -------
    the nearest, or None where none looks like it
    """
    by_key: dict[str, str] = {}
    for candidate in known:
        by_key.setdefault(loose_key(candidate), candidate)
    matches = difflib.get_close_matches(loose_key(name), list(by_key), n=1, cutoff=_ALIKE)
    return by_key[matches[0]] if matches else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """Sentence that helps with a name nobody knows: the nearest, or the first of those there are.

    Parameters
    ----------
    name : the wrong one
    known : the names there are

    Returns
    -------
    one sentence for the remedy of a problem
    """
    names = list(known)
    match = nearest(name, names)
    if match is not None:
        return f"Did you mean {match}?"
    if not names:
        return "There is none to choose from."
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"Known: {', '.join(names[:_LISTED])}{more}."
