"""Words of the page where the score is a burden: more of it asks for a larger cut, and earns no quota."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from capshare.reports.page.tables import PageTable
from capshare.reports.words.catalogue import text, texts

# Tables that say what an indicator does.
ABOUT_INDICATORS = ("weights", "normalised")


def with_cut_directions(frame: pd.DataFrame) -> pd.DataFrame:
    """Directions as those of a cut, where the frame has any.

    Parameters
    ----------
    frame : of a table
    """
    if "direction" not in frame.columns:
        return frame
    return frame.assign(direction=[f"{direction} cut" for direction in frame["direction"]])


def in_burden_words(table: PageTable, frame: pd.DataFrame, lang: str) -> PageTable:
    """A table about indicators with the meanings they have in a study of targets.

    Parameters
    ----------
    table : made of the frame, all its columns shown
    frame : ``weights`` or ``normalised``
    lang : of the words
    """
    known = texts(lang)
    columns = [*frame.index.names, *map(str, frame.columns)]
    hints = tuple(
        text("columns.normalised.meaning_burden", lang)
        if table.key == "normalised" and column in frame.columns
        else known.get(f"column_in.burden.{column}.meaning", hint)
        for column, hint in zip(columns, table.hints, strict=True)
    )
    return replace(table, meaning=text(f"tables.{table.key}.meaning_burden", lang), hints=hints)
