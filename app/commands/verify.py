"""``capshare verify``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.progress_line import FILES, RUN, progress_shown


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="RUN")
def verify(folder: Path) -> None:
    """Run the study or the benchmark of the folder RUN again from its copies, and compare every file.

    Ends with 0 only when every file holds what the run gives when made again, else with 2.
    """
    with progress_shown(RUN + FILES):
        from capshare.analyses.verified import verified

        found = verified(folder)

    from capshare.commands.screen import screen
    from capshare.reports.folder.verification import print_verification

    print_verification(found, screen())
    if not found.agrees:
        click.get_current_context().exit(2)
