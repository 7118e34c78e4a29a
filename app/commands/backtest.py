"""``capshare backtest``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, output_option
from capshare.commands.progress_line import progress_shown


@click.command()
@click.argument("tables", nargs=-1, metavar="[TABLE]...")
@click.option("--dataset", "datasets", multiple=True, help="Where tables are from; by default all shipped.")
@output_option("none")
@LANG
@FORCE
def backtest(
    tables: tuple[str, ...], datasets: tuple[str, ...], output: Path | None, lang: str, force: bool
) -> None:
    """Predict published splits by every rule from figures of their base year, and say how far each is off.

    TABLE is a plan or a published split that a dataset states, such as 13fyp; by default all of them.
    """
    with progress_shown(("backtest",), lang):
        from capshare.analyses.backtest import backtest as test_tables
        from capshare.analyses.backtest import backtest_files
        from capshare.reports.folder.new_folder import write_files

        if output is not None:
            claim(output, force)
        found = test_tables(tables, datasets)
        written = None if output is None else write_files(backtest_files(found, lang), output, force)

    from capshare.commands.screen import screen
    from capshare.reports.console.backtest import print_backtest
    from capshare.reports.words.notes import note_texts

    print_backtest(found.splits, found.figures, note_texts(found.notes, {}, lang), screen(), lang)
    if written is not None:
        from capshare.reports.words.catalogue import text

        click.echo(text("backtest.files", lang, folder=written))
