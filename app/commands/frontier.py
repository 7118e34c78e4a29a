"""``capshare frontier``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.base.conventions import following
from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, SET, STUDY, output_option
from capshare.commands.progress_line import CHAIN, progress_shown


@click.command()
@STUDY
@output_option("runs/ and the study's name with -frontier")
@SET
@click.option("--largest", default=1.0, show_default=True, help="Last deviation T looked at; 1 is 100 %.")
@LANG
@FORCE
def frontier(
    study: str | None,
    output: Path | None,
    settings: tuple[str, ...],
    largest: float,
    lang: str,
    force: bool,
) -> None:
    """What it costs to keep quotas close to entitlements: a table and a chart over T, with every kink."""
    with progress_shown((*CHAIN, "frontier"), lang):
        from capshare.analyses.frontier import frontier as find_frontier
        from capshare.analyses.frontier import frontier_files
        from capshare.base.errors import told_in
        from capshare.reports.folder.new_folder import write_files
        from capshare.study.reading import DEFAULT, load_study

        loaded = load_study(study or DEFAULT, settings)
        folder = claim(output or Path("runs") / f"{loaded.study.study.name}-frontier", force)
        with told_in(lang):
            found, table = find_frontier(loaded, largest)
        written = write_files(frontier_files(found, table, lang), folder, force)

    from capshare.commands.screen import screen
    from capshare.commands.told import tell
    from capshare.reports.console.listing import print_frontier

    with following(found.inputs.dataset.facts.conventions):
        tell(found.notes, found.inputs.dataset.regions.names[f"name_{lang}"], lang)
        print_frontier(table, found.inputs.years[-1], written, screen(), lang)
