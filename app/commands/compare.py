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
@click.option("--year", type=int, help="One that all runs allocate; by default the last.")
@LANG
@FORCE
def compare(folders: tuple[Path, ...], output: Path | None, year: int | None, lang: str, force: bool) -> None:
    """Set the runs in the folders RUN RUN... side by side: what differs in settings, quotas and prices.

    Differences are taken against the first. It is solved again with each setting that differs, one at a
    time, to say what each does. A workbook and a page are written.
    """
    with progress_shown(("inputs", "costs", "groups", "effects", "comparison"), lang):
        from capshare.analyses.compare_runs import read_compared
        from capshare.analyses.setting_effects import setting_effects
        from capshare.reports.comparison.comparable import common_year, require_comparable
        from capshare.reports.comparison.compare import compare_runs as side_by_side
        from capshare.reports.comparison.compared_run import reading_notes
        from capshare.reports.comparison.files import comparison_files
        from capshare.reports.folder.new_folder import write_files

        folder = claim(output or Path("runs") / "comparison", force)
        read = read_compared(folders)
        require_comparable(read)
        effects = setting_effects(read, common_year(read, year))
        found, those = side_by_side(read, year, effects), read[0].outcome.study.conventions
        with following(those):
            written = write_files(comparison_files(found, lang), folder, force)

    from capshare.commands.screen import screen
    from capshare.commands.told import tell
    from capshare.reports.comparison.console import print_runs_compared

    with following(those):
        tell((*reading_notes(read), *effects.notes), {}, lang)
        print_runs_compared(found, written, screen(), lang)
