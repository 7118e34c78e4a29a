"""How far two versions of a file lie apart: which cells, and the largest difference in figures."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from capshare.reports.folder.files import printable
from capshare.reports.folder.read_columns import csv_rows

_Cells = Mapping[tuple[str, str], str]
# Words of a long text, so that a difference still fits a line.
_SHOWN = 60


@dataclass(frozen=True)
class Difference:
    """What differs between a file as it is and as it is made again; nothing where their contents agree.

    Attributes
    ----------
    count : cells, values or lines that differ; those that only one side has included
    largest : largest absolute difference of two figures, in the unit of its column; None without figures
    relative : largest difference relative to the larger of the two figures
    where : the cell with the largest relative difference, else the first that differs
    here, again : what stands there in the file, and in the file made again; "nothing" on a side without it
    """

    count: int
    largest: float | None
    relative: float | None
    where: str
    here: str
    again: str

    def __str__(self) -> str:
        many = "1 place differs" if self.count == 1 else f"{self.count} places differ"
        least = "" if self.count == 1 else ", most"
        text = f"{many}{least} at {_short(self.where)}: {_short(self.here)}, again {_short(self.again)}"
        if self.relative is None or self.largest is None:
            return text
        return f"{text}; largest difference {self.largest:.3g}, relative {self.relative:.2g}"


def table_difference(here: bytes, again: bytes, keys: Sequence[str]) -> Difference | None:
    """Difference of two CSV files, rows paired by their keys and cells by their columns.

    Parameters
    ----------
    here, again : the files
    keys : columns that name a row

    Returns
    -------
    Difference, or None where every cell agrees
    """
    cells_here, cells_again = _table_cells(here, keys), _table_cells(again, keys)
    if cells_here is None or cells_again is None:
        return text_difference(here, again)
    return differing_cells(cells_here, cells_again)


def json_difference(here: Mapping[str, Any], again: Mapping[str, Any]) -> Difference | None:
    """Difference of two JSON objects, value by value.

    Parameters
    ----------
    here, again : as in the file, and as made again
    """
    return differing_cells(dict(_leaves(here)), dict(_leaves(again)))


def text_difference(here: bytes, again: bytes) -> Difference | None:
    """Difference of two text files, line by line.

    Parameters
    ----------
    here, again : the files
    """
    return differing_cells(_lines(here), _lines(again))


def differing_cells(here: _Cells, again: _Cells) -> Difference | None:
    """Difference of two files whose contents were taken apart into named places.

    Parameters
    ----------
    here, again : place, in two parts of its name → what stands there
    """
    places = [place for place in {**again, **here} if here.get(place) != again.get(place)]
    if not places:
        return None
    gaps = {place: gap for place in places if (gap := _gap(here.get(place), again.get(place)))}
    worst = max(gaps, key=lambda place: gaps[place][1]) if gaps else places[0]
    return Difference(
        count=len(places),
        largest=max((absolute for absolute, _ in gaps.values()), default=None),
        relative=gaps[worst][1] if gaps else None,
        where=", ".join(filter(None, worst)),
        here=here.get(worst, "nothing"),
        again=again.get(worst, "nothing"),
    )


def _gap(here: str | None, again: str | None) -> tuple[float, float] | None:
    """Absolute and relative difference of two figures; None where one is no figure."""
    try:
        one, other = float(here or ""), float(again or "")
    except ValueError:
        return None
    if math.isnan(one) or math.isnan(other) or math.isinf(one) or math.isinf(other):
        return None
    gap = abs(one - other)
    return gap, gap / max(abs(one), abs(other)) if gap else 0.0


def _table_cells(data: bytes, keys: Sequence[str]) -> dict[tuple[str, str], str] | None:
    """Cells by row and column; None where the file is no table with these keys."""
    try:
        header, *rows = csv_rows(data.decode())
    except ValueError:
        return None
    if not set(keys) <= set(header) or any(len(row) != len(header) for row in rows):
        return None
    cells = {("header", column): column for column in header}
    for row in rows:
        named = dict(zip(header, row, strict=True))
        key = " ".join(named[column] for column in keys)
        for column, value in named.items():
            if (key, column) in cells:
                return None
            cells[key, column] = value
    return cells


def _leaves(value: Any, place: str = "") -> Iterable[tuple[tuple[str, str], str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from _leaves(item, f"{place} {number}")
    else:
        yield (place, ""), value if isinstance(value, str) else json.dumps(value)


def _lines(data: bytes) -> dict[tuple[str, str], str]:
    lines = data.decode("utf-8", errors="backslashreplace").splitlines()
    return {(f"line {number}", ""): line for number, line in enumerate(lines, start=1)}


def _short(text: str) -> str:
    # What stands in a file may have come from anywhere: nothing of it may steer the screen.
    plain = printable(text[: _SHOWN + 1])
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
