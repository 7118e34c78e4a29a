"""Notes: what a planner should know about a result that is nevertheless valid, as values without words.

Whoever notices something returns a note; its text is made at the end, in the language asked for, by
:mod:`capshare.reports.words.notes`. This module lies beneath all layers, so that each of them can notice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

Severity = Literal["stop", "caution", "detail"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

Item = str | int | float
Row = tuple[Item, ...]
Value = Item | tuple[Item, ...] | tuple[Row, ...]


@dataclass(frozen=True)
class Note:
    """Something noticed, with the figures and names that belong to it.

    Attributes
    ----------
    key : which sentence it is, ``[notes]`` of ``reports/texts``
    severity : "stop" where the answer must not be used without reading it, "caution" where it changes how
        the answer is to be read, "detail" where it tells how the answer was made
    values : name → number, text, or tuple of such or of rows of such. The name says what a text is:
        ``province`` and ``provinces`` are codes, ``rule`` and ``rules`` names of rules, ``fuel``,
        ``curve``, ``side`` and the like words of the catalogue; any other text is shown as it is
    year : which of several years it is about; None where it is about all of them
    """

    key: str
    severity: Severity
    values: Mapping[str, Value] = field(default_factory=dict)
    year: int | None = None

    def __post_init__(self) -> None:
        frozen = {name: _frozen(value) for name, value in self.values.items()}
        object.__setattr__(self, "values", MappingProxyType(frozen))

    def __hash__(self) -> int:
        return hash((self.key, self.severity, frozenset(self.values.items()), self.year))

    def __reduce__(self) -> tuple[Any, ...]:
        # A read-only mapping cannot be copied or pickled by itself.
        return Note, (self.key, self.severity, dict(self.values), self.year)

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces that it names."""
        several = cast("tuple[Item | Row, ...]", self.values.get("provinces", ()))
        one = (self.values["province"],) if "province" in self.values else ()
        return tuple(str(row[0] if isinstance(row, tuple) else row) for row in (*one, *several))


def stop(key: str, /, **values: Any) -> Note:
    """A note without which the answer must not be used.

    Parameters
    ----------
    key, values : see :class:`Note`; lists become tuples, and numbers of NumPy plain ones
    """
    return Note(key, "stop", values)


def caution(key: str, /, **values: Any) -> Note:
    """A note that changes how the answer is to be read.

    Parameters
    ----------
    key, values : see :func:`stop`
    """
    return Note(key, "caution", values)


def detail(key: str, /, **values: Any) -> Note:
    """A note on how the answer was made.

    Parameters
    ----------
    key, values : see :func:`stop`
    """
    return Note(key, "detail", values)


def by_severity(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes with the severest first, else in their order, each once.

    Parameters
    ----------
    notes : in the order of the chain
    """
    return tuple(sorted(dict.fromkeys(notes), key=lambda note: SEVERITIES.index(note.severity)))


def to_plain(note: Note) -> dict[str, Any]:
    """A note as plain data, ready for JSON.

    Parameters
    ----------
    note : any

    Returns
    -------
    dict of ``key, severity, year`` (where it has one) and ``values``; a number that is not finite, which
    JSON does not have, is ``{"number": "inf"}``
    """
    year = {} if note.year is None else {"year": note.year}
    values = {name: _plain(value) for name, value in note.values.items()}
    return {"key": note.key, "severity": note.severity, **year, "values": values}


def from_plain(plain: Mapping[str, Any]) -> Note:
    """The note of plain data, the inverse of :func:`to_plain`.

    Parameters
    ----------
    plain : see :func:`to_plain`

    Raises
    ------
    ValueError
        where it is not the data of a note
    """
    try:
        key, severity, values = plain["key"], plain["severity"], dict(plain["values"])
        if not isinstance(key, str) or severity not in SEVERITIES:
            raise ValueError(f"no note: {plain!r}")
        return Note(key, severity, values, None if "year" not in plain else int(plain["year"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"no note: {plain!r}") from error


def _frozen(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_frozen, value))
    if isinstance(value, Mapping):
        return float(value["number"])
    # Numbers of NumPy become those of Python.
    plain = value.item() if hasattr(value, "item") else value
    if not isinstance(plain, str | int | float):
        raise TypeError(f"a note holds numbers and texts, not {plain!r}")
    return plain


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    return value
