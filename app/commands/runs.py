"""``capshare runs``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.base.progress import counted
from capshare.commands.progress_line import progress_shown


@click.command()
@click.argument("folder", default="runs", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--verify", "again", is_flag=True, help="Run each again and compare, which takes seconds each.")
def runs(folder: Path, again: bool) -> None:
    """List the runs in DIR (by default runs/): date, cap, headline figures, whether they still stand.

    Folders of `capshare benchmark` are listed as well, by the name of their table.
    """
    from capshare.commands.screen import screen
    from capshare.reports.console.run_list import print_runs, run_line
    from capshare.reports.folder.listed_folders import runs_in

    found = runs_in(folder)
    if again:
        with progress_shown(("runs",)):
            from capshare.analyses.verified import verified_state

            lines = [run_line(run, verified_state(run.path)) for run in counted("runs", found)]
    else:
        lines = [run_line(run) for run in found]
    if not lines:
        click.echo(f"No runs in {folder}.")
        return
    print_runs(lines, screen())
