"""Tables of the page: what a frame shows to people, each cell with what it is sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from numbers import Real

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import describe, readable, unit_word

# Where the words for a column's values are; other text is a name and stays as it is.
_WORDS = {
    "indicator": "indicators",
    "constraint": "constraints",
    "within": "rules",
    "rule": "rules",
    "curve": "curves",
    "choice": "choices",
    "driver": "choices",
    "figure": "agreement",
    "sector": "sectors",
    "source": "sector_sources",
}
_YEARS = ("year", "base_year", "reference_year", "peak_year", "target_year", "official_year", "source_year")


@dataclass(frozen=True)
class Shown:
    """A table of a section: its name, the columns shown, and whether it is folded."""

    name: str
    columns: tuple[str, ...] | None = None
    folded: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: its text, the number it is sorted by, where it is one, and the page that it leads to."""

    text: str
    sort: str = ""
    link: str = ""


@dataclass(frozen=True)
class PageTable:
    """A table as the page shows it.

    Attributes
    ----------
    key : unique on the page
    title, meaning : what it is, and what one row is
    headings : of the columns, with units
    hints : what each column means; may be empty
    numeric : whether each column holds numbers
    rows : of cells, one per column
    folded : whether it is shown only when asked for
    """

    key: str
    title: str
    meaning: str
    headings: tuple[str, ...]
    hints: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: bool = False


def page_table(
    name: str,
    frame: pd.DataFrame,
    names: pd.Series,
    lang: str = DEFAULT_LANGUAGE,
    columns: Sequence[str] | None = None,
    folded: bool = False,
) -> PageTable:
    """A table of a result for the page.

    Parameters
    ----------
    name : of the table, for example ``provinces``
    frame : index levels named; shown before the columns
    names : index ``code``; what provinces are called in the language
    lang : language of headings and words
    columns : those shown, in order, or patterns of their names; by default all; a missing one is left out
    folded : whether it is shown only when asked for
    """
    shown = frame if columns is None else frame[_chosen(frame, columns)]
    flat = _without_codes(shown.reset_index(), names, lang)
    described = [describe(name, str(column), lang) for column in flat.columns]
    columns_of_cells = [
        [_cell(str(column), value, known.unit, lang) for value in flat[column]]
        for column, known in zip(flat.columns, described, strict=True)
    ]
    return PageTable(
        key=name,
        title=text(f"tables.{name}.title", lang),
        meaning=text(f"tables.{name}.meaning", lang),
        headings=tuple(known.heading for known in described),
        hints=tuple(known.meaning for known in described),
        numeric=tuple(
            bool(known.unit) or (is_numeric_dtype(flat[column]) and not is_bool_dtype(flat[column]))
            for column, known in zip(flat.columns, described, strict=True)
        ),
        rows=tuple(zip(*columns_of_cells, strict=True)),
        folded=folded,
    )


def _chosen(frame: pd.DataFrame, patterns: Sequence[str]) -> list[str]:
    found = [str(column) for pattern in patterns for column in frame.columns if fnmatchcase(column, pattern)]
    return list(dict.fromkeys(found))


def _without_codes(flat: pd.DataFrame, names: pd.Series, lang: str) -> pd.DataFrame:
    """Codes replaced by names, and names in the other language left out."""
    own = f"name_{lang}"
    kept = flat.drop(columns=[column for column in ("name_en", "name_zh") if column in flat.columns])
    if "code" in kept.columns:
        kept = kept.rename(columns={"code": own})
        kept[own] = kept[own].map(names)
    elif "name" in kept.columns:
        kept["name"] = kept["name"].map(names).fillna(kept["name"])
    return kept


def _cell(column: str, value: object, unit: str, lang: str) -> Cell:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        word = text("terms.infeasible", lang) if column.startswith("price_") else "–"
        return Cell(word)
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        return Cell(_word(column, value, lang))
    number = float(value)
    if column in _YEARS:
        return Cell(f"{number:.0f}", repr(number))
    # Negative zero is a zero with a misleading sign.
    return Cell(readable(number + 0.0, unit, lang).replace("-", "−"), repr(number))


def _word(column: str, value: object, lang: str) -> str:
    if column == "unit":
        return unit_word(str(value), lang)
    return term(_WORDS.get(column, "terms"), value, lang)


def pairs_table(
    key: str,
    title: str,
    pairs: Iterable[tuple[str, object]],
    headings: tuple[str, str],
) -> PageTable:
    """A table of names and values, for settings and the manifest.

    Parameters
    ----------
    key, title : of the table
    pairs : names with their values
    headings : of the two columns
    """
    rows = tuple((Cell(str(name)), Cell(str(value))) for name, value in pairs)
    return PageTable(key, title, "", headings, ("", ""), (False, False), rows, folded=True)
