"""Names: texts that every file of a run can hold, so that none is refused or misread when it is written."""

from __future__ import annotations

import unicodedata

from capshare.indicators.dataset.written_number import plain_number

# Spreadsheets take a cell of a CSV that begins so for a formula; East Asian versions the wide signs too.
READ_AS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
LINES = "\t\n\r"
# Control characters, halves of a character, and marks of line and paragraph.
_UNWRITABLE = ("Cc", "Cs", "Zl", "Zp")


def unmet_by_name(text: str) -> str | None:
    """What a text must become to be a name; None where it can be one.

    Parameters
    ----------
    text : of a region, rule, indicator, group, column, …

    Returns
    -------
    the demand, for a message: "a name without control characters such as U+000B"
    """
    return unmet_by_text(text) or (
        f"a text that does not begin with {text[0]}, as formulas do in a spreadsheet"
        if text.startswith(READ_AS_FORMULA) and plain_number(text) is None
        else None
    )


def unmet_by_text(text: str, allowed: str = "") -> str | None:
    """What a text must become to be written into files; None where it can be.

    Parameters
    ----------
    text : a name or a remark
    allowed : control characters that do no harm in it: `LINES` in remarks

    Returns
    -------
    as of :func:`unmet_by_name`
    """
    # Of a printable text no character is unwritable, and it takes a hundredth of the time to find that out.
    if text.isprintable():
        return None
    for character in text:
        if character not in allowed and _is_unwritable(character):
            return f"a text without control characters such as U+{ord(character):04X}"
    return None


def _is_unwritable(character: str) -> bool:
    # XML has no place for the two last characters of a plane.
    return unicodedata.category(character) in _UNWRITABLE or ord(character) & 0xFFFE == 0xFFFE
