"""What ``capshare benchmark`` prints: sentences, a table by sector and one by province, notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from capshare.model.facilities.outcome import FacilityOutcome
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.console.notes import print_notes
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.facilities import (
    facilities_notes,
    facilities_sentences,
    facilities_title,
    said,
)
from capshare.reports.words.facility_tables import province_table, sector_table

if TYPE_CHECKING:
    from rich.console import Console


def print_facilities(
    outcome: FacilityOutcome, folder: Path, console: Console, lang: str = DEFAULT_LANGUAGE
) -> None:
    """Print what became of a table of facilities.

    Parameters
    ----------
    outcome : of the facilities
    folder : that was written
    console : where to print
    lang : language of the texts
    """
    print_title(console, facilities_title(outcome, lang))
    for sentence in facilities_sentences(outcome, lang):
        print_line(console, sentence)
    for table in (sector_table(outcome, lang), province_table(outcome, lang)):
        print_title(console, table.title)
        print_table(console, table.headings, table.rows, right=range(table.words, len(table.headings)))
    print_notes(facilities_notes(outcome, lang), console, lang)
    console.print()
    print_line(console, said("files", lang, folder=folder))
