"""``capshare charts``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, SET, STUDY, output_option
from capshare.commands.progress_line import RUN, progress_shown


@click.command()
@STUDY
@output_option("runs/ and the study's name with -charts")
@SET
@LANG
@FORCE
def charts(study: str | None, output: Path | None, settings: tuple[str, ...], lang: str, force: bool) -> None:
    """Draw every chart of STUDY as SVG and as PNG at print resolution.

    STUDY is a study, or the folder of a run, which is read and not run again unless its files were changed.
    """
    with progress_shown((*RUN, "images"), lang):
        from capshare.analyses.read_run import outcome_from
        from capshare.base.errors import told_in
        from capshare.reports.charts.files import chart_files
        from capshare.reports.folder.new_folder import write_files
        from capshare.study.reading import DEFAULT

        name, find = outcome_from(study or DEFAULT, settings)
        folder = claim(output or Path("runs") / f"{name}-charts", force)
        with told_in(lang):
            outcome, notes = find()
        files = chart_files(outcome, lang)
        written = write_files(files, folder, force)

    from capshare.commands.told import tell

    tell(notes, {}, lang)
    click.echo(f"{len(files) - 1} images: {written}")
