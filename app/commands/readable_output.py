"""Output in any encoding: a character that the stream cannot hold is written another way."""

from __future__ import annotations

import codecs
import io
import unicodedata
from typing import TextIO

HANDLER = "capshare.readable"
# Of these the text of the reports is fond; all other characters have an escape.
_SPELT = {
    "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "×": "x", "·": ".", "−": "-", "–": "-", "—": "-", "…": "...",
    "“": '"', "”": '"', "‘": "'", "’": "'", "→": "->", "•": "*", "√": "sqrt ", "∞": "inf", "²": "2", "³": "3",
    "，": ", ", "。": ". ", "、": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") ",
}  # fmt: skip
# What Python sets where PYTHONIOENCODING does not say otherwise.
_UNCHOSEN = ("strict", "surrogateescape", "backslashreplace")


def write_any_character(*streams: TextIO | None) -> None:
    """Let streams replace what their encoding does not know, instead of failing at it.

    Parameters
    ----------
    streams : of text; one on which the user chose what becomes of such characters is left alone
    """
    codecs.register_error(HANDLER, _readable)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper) and stream.errors in _UNCHOSEN:
            stream.reconfigure(errors=HANDLER)


def _readable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    failed = error.object[error.start : error.end]
    return "".join(_spelt(character, error.encoding) for character in failed), error.end


def _spelt(character: str, encoding: str) -> str:
    parts = unicodedata.normalize("NFKD", character)
    plain = _SPELT.get(character) or "".join(part for part in parts if not unicodedata.combining(part))
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return character.encode("ascii", "backslashreplace").decode("ascii")
    return plain
