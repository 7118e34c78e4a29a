"""``capshare compare``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.base.conventions import following
from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, output_option
from capshare.commands.progress_line import progress_shown


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="RUN RUN...")
@output_option("runs/comparison")
@LANG
@FORCE
def compare(folders: tuple[Path, ...], output: Path | None, lang: str, force: bool) -> None:
    """Set the runs in the folders RUN RUN... side by side: what differs in settings, quotas and prices.

    Differences are taken against the first. A workbook and a page are written; nothing is run again.
    """
    with progress_shown(("comparison",), lang):
        from capshare.analyses.compare_runs import read_compared
        from capshare.reports.comparison.compare import compare_runs as side_by_side
        from capshare.reports.comparison.compared_run import reading_notes
        from capshare.reports.comparison.files import comparison_files
        from capshare.reports.folder.write import write_files

        folder = claim(output or Path("runs") / "comparison", force)
        read = read_compared(folders)
        found, those = side_by_side(read), read[0].outcome.study.conventions
        with following(those):
            written = write_files(comparison_files(found, lang), folder, force)

    from capshare.commands.screen import screen
    from capshare.commands.told import tell
    from capshare.reports.comparison.console import print_runs_compared

    with following(those):
        tell(reading_notes(read), {}, lang)
        print_runs_compared(found, written, screen(), lang)
