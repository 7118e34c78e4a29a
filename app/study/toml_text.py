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
_EXPECTED, _REMEDY = "a TOML file in UTF-8", "Compare with a fresh study from `capshare new`."
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# Keys joined by dots, of which the reader of TOML copies all it has read for every further one.
_DOTS = re.compile(r"""(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){30}""")
_BARE = re.compile(r"^[ \t]*(?:\[+[ \t]*)?([^\s=\"'\[\]{}#,]+)|([^\s=\"'\[\]{}#,]+)[ \t]*=")


def read_toml(data: bytes, source: str) -> dict[str, Any]:
    """Tables and values of a study file, lists as tuples, so that a validated study is frozen throughout.

    Parameters
    ----------
    data : content of the file
    source : what to call it in a message

    Raises
    ------
    CapshareError
        where it is no TOML, naming the line; or has numbers or nesting that no study has.
    """
    text = utf8_text(data, source, _EXPECTED, "Save it as UTF-8.")
    try:
        if not _DOTS.search(text):
            return {key: _frozen(value, 1) for key, value in tomllib.loads(text).items()}
        found = "too many keys joined by dots"
    except tomllib.TOMLDecodeError as error:
        raise CapshareError(_problem(text, str(error), source)) from None
    except RecursionError:
        found = "too many lists or tables inside one another"
    except ValueError:
        found = "a whole number of thousands of digits, or a date that is none"
    raise CapshareError(Problem(source, "", _EXPECTED, found, _REMEDY))


def _frozen(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, list):
        return tuple(_frozen(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item, depth + 1) for key, item in value.items()}
    return value


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
