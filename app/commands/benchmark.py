"""``capshare benchmark``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, output_option
from capshare.commands.progress_line import FILES, progress_shown


@click.command()
@click.argument("facilities", metavar="FACILITIES")
@output_option("runs/benchmark- and the table's name")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="Folder of a run: the sums of facilities stand beside the quotas of its provinces.",
)
@click.option(
    "--against-year",
    type=int,
    metavar="YEAR",
    help="Year of RUN; by default that of the facilities, or the nearest.",
)
@click.option(
    "--parameters",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="TOML file of terms and sectors that replace the shipped rules.",
)
@click.option("--year", type=int, help="Year of the emissions; by default the last of the table.")
@LANG
@FORCE
def benchmark(
    facilities: str,
    output: Path | None,
    against: Path | None,
    against_year: int | None,
    parameters: Path | None,
    year: int | None,
    lang: str,
    force: bool,
) -> None:
    """Give facilities their quotas by the national market's benchmarks, and add them up by province.

    FACILITIES is a CSV or an Excel workbook with the columns facility, province, sector, year, emissions_t
    and output; or power-plants, an estimate of China's coal and gas plants.
    """
    if against_year is not None and against is None:
        raise click.UsageError("--against-year is about the run that --against names.")
    with progress_shown(("inputs", *FILES), lang):
        from capshare.analyses.facilities.run_benchmark import run_benchmark
        from capshare.reports.folder.new_folder import write_files

        folder = claim(output or Path("runs") / f"benchmark-{Path(facilities).stem}", force)
        found = run_benchmark(facilities, against, parameters, year, against_year)
        written = write_files(found.files(lang), folder, force)

    from capshare.commands.screen import screen
    from capshare.reports.console.facilities import print_facilities

    print_facilities(found.outcome, written, screen(), lang)
