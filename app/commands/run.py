"""``capshare run``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, SET, STUDY, UNIT, output_option
from capshare.commands.progress_line import FILES, RUN, progress_shown


@click.command()
@STUDY
@output_option("runs/ and the study's name")
@SET
@click.option(
    "--with",
    "ensemble",
    type=click.Path(path_type=Path),
    metavar="ENSEMBLE",
    help="Folder of an ensemble of STUDY: its intervals stand in tables, workbook and page.",
)
@LANG
@UNIT
@FORCE
def run(
    study: str | None,
    output: Path | None,
    settings: tuple[str, ...],
    ensemble: Path | None,
    lang: str,
    unit: str,
    force: bool,
) -> None:
    """Run STUDY and write its folder: tables, workbook, page, LP, and what is needed to repeat it."""
    with progress_shown(RUN + FILES, lang):
        from capshare.analyses.run import run as run_study
        from capshare.base.errors import told_in
        from capshare.reports.folder.write import write
        from capshare.study.reading import DEFAULT, load_study

        loaded = load_study(study or DEFAULT, settings)
        folder = claim(output or Path("runs") / loaded.study.study.name, force)
        with told_in(lang):
            result = run_study(loaded, ensemble=ensemble)
        written = write(result, folder, force, lang, unit)

    from capshare.commands.screen import screen
    from capshare.reports.console.summary import print_summary

    print_summary(result, written, screen(), lang)
