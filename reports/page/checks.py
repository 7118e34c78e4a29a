"""What was checked of an allocation, as a table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.reports.page.tables import PageTable, page_table
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text


def checks_table(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> PageTable:
    """What was checked, each with its figure.

    Parameters
    ----------
    outcome : of a run
    lang : language of the words
    """
    frame = outcome.allocation.checks.copy()
    figures = [f"{value:.1e}" if isinstance(value, float) else str(value) for value in frame["figure"]]
    frame["figure"] = figures
    frame.index = pd.Index([term("checks", name, lang) for name in frame.index], name="check")
    table = page_table("checks", frame, pd.Series(dtype=object), lang)
    headings = (text("page.checks.check", lang), *table.headings[1:])
    return replace(table, headings=headings)
