"""Notes told on standard error, where no report tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from capshare.base.notes import Note
    from capshare.reports.words.notes import Names


def tell(notes: Iterable[Note], names: Names, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print what a planner should know; notes on how the answer was made are left out.

    Parameters
    ----------
    notes : of any stage
    names : code → name of a province in the language
    lang : language of the sentences
    """
    from capshare.reports.words.catalogue import text
    from capshare.reports.words.notes import note_texts

    for said in note_texts((note for note in notes if note.severity != "detail"), names, lang):
        click.echo(text("note_items.told", lang, note=said), err=True)
