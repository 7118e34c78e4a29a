"""The frames that several charts draw from, with names in a language."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import OneYear
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term


def named_provinces(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
    """The provinces of one year with a column ``province``, their name in the language.

    Parameters
    ----------
    one : the year drawn
    lang : language of names, classes and causes
    """
    frame = one.provinces
    named = frame.assign(province=frame[f"name_{lang}"])
    for column in frame.columns.intersection(["balance_class", "cause"]):
        named[f"{column}_text"] = [term("terms", value, lang) for value in frame[column]]
    return named


def translated(values: pd.Index | pd.Series, table: str, lang: str) -> list[str]:
    """The words for values of a result, in their order.

    Parameters
    ----------
    values : as the code writes them
    table : of the catalogue, "terms"
    lang : of the words
    """
    return [term(table, value, lang) for value in values]
