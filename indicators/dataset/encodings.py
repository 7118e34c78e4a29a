"""Encodings: the bytes of a text file as text, in the encodings that spreadsheets save in."""

from __future__ import annotations

import codecs
import re

from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note, caution

_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BEYOND_ASCII = re.compile(r"(?<!\w)\w*[^\x00-\x7f]\w*")
_REMEDY = "Save the file as CSV UTF-8."


def decode(data: bytes, source: str) -> str:
    """Text of a file in UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030.

    Parameters
    ----------
    data : the file's bytes
    source : what to call the file in a message

    Returns
    -------
    text, without a byte order mark

    Raises
    ------
    CapshareError
        where the bytes are in none of them.
    """
    marked = next((name for mark, name in _MARKED.items() if data.startswith(mark)), None)
    if marked != "utf-16" or data.startswith(codecs.BOM_UTF32_LE):
        _require_no_zeros(data, source, "text in UTF-8 or GB18030", _REMEDY)
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked is None:
            return _gb18030(data, source, error.start)
        found = f"another byte at position {error.start}"
        raise CapshareError(Problem(source, "", f"{marked} text", found, _REMEDY)) from error


def utf8_bytes(data: bytes, source: str) -> bytes:
    """Content of a file as :func:`decode` reads it, in UTF-8; a file that is so already is not copied.

    Parameters
    ----------
    data : the file's bytes
    source : what to call the file in a message

    Raises
    ------
    CapshareError
        as of :func:`decode`
    """
    if data.isascii():
        _require_no_zeros(data, source, "text in UTF-8 or GB18030", _REMEDY)
        return data
    return decode(data, source).encode()


def encoding_of(data: bytes) -> str:
    """Name of the encoding in which :func:`decode` reads a file, for Python to write it in again.

    Parameters
    ----------
    data : the file's bytes, readable by :func:`decode`
    """
    marked = next((name for mark, name in _MARKED.items() if data.startswith(mark)), None)
    return marked or ("utf-8" if _is(data, "utf-8") else "gb18030")


def utf8_text(data: bytes, source: str, expected: str, remedy: str) -> str:
    """Text of a file that must be in UTF-8, with or without a byte order mark.

    Parameters
    ----------
    data : the file's bytes
    source, expected, remedy : what to call the file in a message, what it should be, and how to mend it

    Returns
    -------
    text, without a byte order mark

    Raises
    ------
    CapshareError
        where the bytes are in another encoding, naming the first line that shows it.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CapshareError(Problem(source, "", expected, "UTF-16", remedy))
    _require_no_zeros(data, source, expected, remedy)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = "another encoding, such as GB18030 or UTF-16"
        raise CapshareError(Problem(source, f"line {line}", expected, found, remedy)) from None


def _require_no_zeros(data: bytes, source: str, expected: str, remedy: str) -> None:
    if b"\0" in data:
        found = "zero bytes, as in UTF-16 without a byte order mark, or in UTF-32"
        raise CapshareError(Problem(source, "", expected, found, remedy))


def _gb18030(data: bytes, source: str, first_strange: int) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        found = f"another byte at position {first_strange}"
        raise CapshareError(Problem(source, "", "text in UTF-8 or GB18030", found, _REMEDY)) from error


def encoding_notes(data: bytes, source: str) -> tuple[Note, ...]:
    """Whether the encoding of a file that can be read is a guess.

    It is one where bytes can be read as GB18030 but hold more than everyday Chinese: accented Latin letters
    of another encoding look like that.

    Parameters
    ----------
    data : the file's bytes
    source : what to call the file
    """
    if any(data.startswith(mark) for mark in _MARKED) or _is(data, "utf-8") or _is(data, "gb2312"):
        return ()
    # Such bytes always hold a letter beyond ASCII, else they were UTF-8.
    sample = _BEYOND_ASCII.search(data.decode("gb18030", errors="replace"))
    return (caution("encoding", file=source, sample=sample[0] if sample else ""),)


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
