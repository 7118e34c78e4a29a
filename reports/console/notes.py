"""Notes of a run as the command line prints them: what must be read first before all else, the rest last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from capshare.reports.console.console import print_table, print_title
from capshare.reports.words.catalogue import text
from capshare.reports.words.notes import SaidNote

if TYPE_CHECKING:
    from rich.console import Console


def print_stops(said: Sequence[SaidNote], console: Console) -> None:
    """Print what the answer must not be used without; nothing where there is nothing.

    Parameters
    ----------
    said : notes of a run
    console : where to print
    """
    from rich.text import Text

    for note in said:
        if note.severity == "stop":
            console.print(Text.assemble((f"{note.mark}: ", "bold red"), note.said))


def print_notes(said: Sequence[SaidNote], console: Console, lang: str) -> None:
    """Print all notes, each with its mark.

    Parameters
    ----------
    said : the severest first
    console : where to print
    lang : of the title
    """
    print_title(console, text("summary.notes", lang))
    rows = [(note.mark if note.severity != "detail" else "-", note.said) for note in said]
    print_table(console, (), rows or [("-", text("summary.none", lang))], right=())
