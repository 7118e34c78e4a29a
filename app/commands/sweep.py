"""``capshare sweep``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, STUDY, output_option
from capshare.commands.progress_line import progress_shown


@click.command()
@STUDY
@click.option(
    "--set",
    "axes",
    multiple=True,
    required=True,
    metavar="KEY=VALUES",
    help="A key of the study and its values: 0,0.1,0.2 or, for whole numbers, 4:8; may be repeated.",
)
@output_option("runs/ and the study's name with -sweep")
@click.option("--workers", type=int, default=1, show_default=True, help="Processes of this machine.")
@LANG
@FORCE
def sweep(
    study: str | None, axes: tuple[str, ...], output: Path | None, workers: int, lang: str, force: bool
) -> None:
    """Run STUDY for every combination of settings: one table, a row per run and province."""
    with progress_shown(("sweep",), lang):
        from capshare.analyses.sweep import sweep as run_sweep
        from capshare.analyses.sweep import sweep_files
        from capshare.base.errors import told_in
        from capshare.reports.folder.new_folder import write_files
        from capshare.study.reading import DEFAULT, load_study

        name = load_study(study or DEFAULT).study.study.name
        folder = claim(output or Path("runs") / f"{name}-sweep", force)
        with told_in(lang):
            found = run_sweep(study or DEFAULT, axes, workers)
        written = write_files(sweep_files(found), folder, force)

    from capshare.commands.screen import screen
    from capshare.reports.console.sweep import print_sweep

    print_sweep(found.runs, found.provinces, [axis.key for axis in found.axes], written, screen(), lang)
