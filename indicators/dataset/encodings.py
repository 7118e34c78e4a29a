"""Encodings: the bytes of a text file as text, in the encodings that spreadsheets save in."""

from __future__ import annotations

import codecs
import re
import warnings

from capshare.base.errors import CapshareError, CapshareWarning, Problem

_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BEYOND_ASCII = re.compile(r"\w*[^\x00-\x7f]\w*")
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

    Warns
    -----
    CapshareWarning
        where bytes can be read as GB18030 but hold more than everyday Chinese: accented Latin letters of
        another encoding look like that.
    """
    marked = next((name for mark, name in _MARKED.items() if data.startswith(mark)), None)
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked is None:
            return _gb18030(data, source, error.start)
        found = f"another byte at position {error.start}"
        raise CapshareError(Problem(source, "", f"{marked} text", found, _REMEDY)) from error


def _gb18030(data: bytes, source: str, first_strange: int) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        found = f"another byte at position {first_strange}"
        raise CapshareError(Problem(source, "", "text in UTF-8 or GB18030", found, _REMEDY)) from error
    try:
        data.decode("gb2312")
    except UnicodeDecodeError:
        sample = _BEYOND_ASCII.search(text)
        shown = f", for example {sample[0]!r}" if sample else ""
        warnings.warn(
            f"{source} is not UTF-8 and was read as GB18030{shown}. If that is not what was written: "
            f"{_REMEDY[0].lower()}{_REMEDY[1:]}",
            CapshareWarning,
            stacklevel=4,
        )
    return text
