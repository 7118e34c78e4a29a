"""Whether two formulas are the same, however the programs that saved them spell it."""

from __future__ import annotations

import re

_PREFIX = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.IGNORECASE)
_SHEET = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!")


def same_formula(one: str, other: str) -> bool:
    """Whether two formulas differ in spaces, quotes of sheet names, case and prefixes of functions at most.

    Parameters
    ----------
    one, other : without the sign =
    """
    return one == other or _tokens(one) == _tokens(other)


def _tokens(formula: str) -> tuple[str, ...]:
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

    try:
        found = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError, ValueError):
        # What is no formula is only the same as itself.
        return (formula,)
    kept = [token for token in found if token.type != Token.WSPACE]
    return tuple(_plain(token.value, token.type, token.subtype) for token in kept)


def _plain(value: str, kind: str, subtype: str) -> str:
    if kind == "FUNC":
        return _PREFIX.sub("", value.upper())
    if kind == "OPERAND" and subtype == "NUMBER":
        return repr(float(value))
    if kind == "OPERAND" and subtype == "RANGE":
        return _range(value)
    if kind == "OPERAND" and subtype == "LOGICAL":
        return value.upper()
    return value if kind == "OPERAND" else value.strip()


def _range(value: str) -> str:
    """A reference without quotes around the name of its sheet."""
    named = _SHEET.match(value)
    if named is None:
        return value.upper()
    sheet = named[1].replace("''", "'") if named[1] else named[2]
    return f"{sheet}!{value[named.end() :].upper()}"
