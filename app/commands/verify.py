"""``capshare verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="RUN")
def verify(folder: Path) -> None:
    """Run the study of the folder RUN again from its copies, and compare every file.

    Ends with 0 only when every file holds what the run gives when made again, else with 2.
    """
    from capshare.analyses.verify import verify as verify_run
    from capshare.commands.screen import screen
    from capshare.reports.folder.verification import print_verification

    found = verify_run(folder)
    print_verification(found, screen())
    if not found.agrees:
        sys.exit(2)
