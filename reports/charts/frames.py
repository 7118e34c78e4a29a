"""The frames that several charts draw from: one year of a result, names in a language."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd

from capshare.model.result import Result
from capshare.reports.catalogue import DEFAULT_LANGUAGE, term


def years(result: Result) -> tuple[int, ...]:
    """The years that the result allocates, in order."""
    return tuple(int(year) for year in sorted(result.cap.index))


def of_year(result: Result, year: int | None = None) -> Result:
    """The result of one year, its frames without the level ``year``.

    Parameters
    ----------
    result : of one year or of several
    year : by default the last

    Returns
    -------
    Result
        the cap keeps all its years
    """
    chosen = years(result)[-1] if year is None else year
    frames = {field.name: getattr(result, field.name) for field in fields(result) if field.name != "cap"}
    cut = {
        name: frame.xs(chosen, level="year")
        for name, frame in frames.items()
        if isinstance(frame, pd.DataFrame) and "year" in frame.index.names
    }
    return replace(result, **cut)


def named_provinces(result: Result, lang: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """The provinces of one year with a column ``province``, their name in the language.

    Parameters
    ----------
    result : of one year
    lang : language of names, classes and causes
    """
    frame = result.provinces
    named = frame.assign(province=frame[f"name_{lang}"])
    for column in {"balance_class", "cause"} & set(frame.columns):
        named[f"{column}_text"] = [term("terms", value, lang) for value in frame[column]]
    return named


def translated(values: pd.Index | pd.Series, table: str, lang: str) -> list[str]:
    """The words for values of a result, in their order."""
    return [term(table, value, lang) for value in values]
