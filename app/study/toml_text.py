"""Study TOML: the text of a study file as plain data, or what is wrong with the text and in which line."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.encodings import utf8_text

DEEPEST = 8
"""Tables and lists inside one another; the study model has five."""
LARGEST = 2**63 - 1
"""Whole number; TOML promises no larger one."""
# How the files of Excel begin: an archive, and the format before it.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TOO_DEEP = "too many lists or tables inside one another"
_TOO_LONG = "a whole number of more than 18 digits"
# These match only from the start of a word and never backtrack: their time grows with a line, not faster.
_DIGITS = re.compile(r"(?<![0-9_])[0-9_]{4000}")
_EXPECTED, _REMEDY = "a TOML file in UTF-8", "Compare with a fresh study from `capshare new`."
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# Keys joined by dots: for each of them the reader of TOML copies all that it has read so far.
_DOTS = re.compile(r"""(?:(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){30}""")
_WORD = r"[^\s=\"'\[\]{}#,]"
_BARE = re.compile(rf"^[ \t]*+(?:\[++[ \t]*+)?({_WORD}++)|(?<!{_WORD})({_WORD}++)[ \t]*+=")


def read_toml(data: bytes, source: str) -> dict[str, Any]:
    """Tables and values of a study file, lists as tuples, so that a validated study is frozen throughout.

    Parameters
    ----------
    data : content of the file
    source : what to call it in a message

    Raises
    ------
    CapshareError
        where it is no TOML, naming the line; or has numbers or nesting that no study has, naming the key.
    """
    if data.startswith(_WORKBOOKS):
        remedy = (
            f'Give the study file that names it, with dataset = "{source}"; `capshare new DIR --dataset` '
            "writes a study file and its workbook."
        )
        raise CapshareError(Problem(source, "", "a study file (.toml)", "an Excel workbook", remedy))
    if source.lower().endswith(".csv"):
        remedy = "Give the study file; a table of facilities is for `capshare benchmark`."
        raise CapshareError(Problem(source, "", "a study file (.toml)", "a table (.csv)", remedy))
    text = utf8_text(data, source, _EXPECTED, "Save it as UTF-8.")
    dotted = _DOTS.search(text)
    if dotted is not None:
        raise _refused(source, _line(text, dotted.start()), "too many keys joined by dots")
    try:
        return {key: frozen(value, (key,), source) for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise CapshareError(_problem(text, str(error), source)) from None
    except RecursionError:
        raise _refused(source, "", _TOO_DEEP) from None
    except ValueError:
        # Python reads no whole number of more than 4300 digits.
        digits = _DIGITS.search(text)
        raise _refused(source, _line(text, digits.start()) if digits else "", _TOO_LONG) from None


def frozen(value: Any, place: tuple[str, ...], source: str) -> Any:
    """A value that nobody can change: lists become tuples.

    Parameters
    ----------
    value : of any type that TOML has
    place : keys that lead to it
    source : what to call its file in a message

    Raises
    ------
    CapshareError
        where it has numbers or nesting that no study has.
    """
    if len(place) > DEEPEST:
        raise _refused(source, ".".join(place[:3]), _TOO_DEEP)
    if isinstance(value, list):
        return tuple(frozen(item, (*place, ""), source) for item in value)
    if isinstance(value, dict):
        return {key: frozen(item, (*place, key), source) for key, item in value.items()}
    if isinstance(value, int) and abs(value) > LARGEST:
        raise _refused(source, ".".join(filter(None, place)), _TOO_LONG)
    return value


def _refused(source: str, place: str, found: str) -> CapshareError:
    return CapshareError(Problem(source, place, "what a study file holds", found, "Correct it."))


def _line(text: str, position: int) -> str:
    return "line " + str(text.count("\n", 0, position) + 1)


def _problem(text: str, said: str, source: str) -> Problem:
    """What the reader of TOML says, at its line; of a key that needs quotes, the key."""
    match = _LINE.search(said)
    place = f"line {match[1]}" if match else "the last line"
    written = text.split("\n")[int(match[1]) - 1] if match else ""
    key = next(
        (name for pair in _BARE.findall(written) for name in pair if name and not name.isascii()), None
    )
    if key is not None:
        found, remedy = f"the key {key} without quotes", f'Write it in quotes: "{key}".'
        return Problem(source, place, "keys of other than English letters in quotes", found, remedy)
    what = said[: match.start()].strip() if match else said
    return Problem(
        source, place, _EXPECTED, f"{what}: {shown(written.strip())}" if written else what, _REMEDY
    )
