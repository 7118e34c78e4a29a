"""``capshare new``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import expect
from capshare.commands.options import FORCE


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--from", "origin", metavar="STUDY", help="Begin with another shipped study than china-15fyp.")
@click.option("--dataset", is_flag=True, help="Also a workbook and CSV files for your own data.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Base year of your data; 2020 by default.")
@click.option("--regions", metavar="DATASET", help="Begin with the regions of a dataset, e.g. china-2017.")
@click.option(
    "--facilities",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="Instead of a study a synthetic table of N facilities, and the rules of their market to change.",
)
@click.option("--seed", type=click.IntRange(0), help="Of the synthetic table; 1 by default.")
@FORCE
def new(
    folder: Path,
    origin: str | None,
    dataset: bool,
    year: int | None,
    regions: str | None,
    facilities: int | None,
    seed: int | None,
    force: bool,
) -> None:
    """Write a commented study file into DIR to start from; with --dataset, also forms for your own data."""
    if facilities is not None:
        if dataset or (origin, year, regions) != (None, None, None):
            raise click.UsageError("--facilities writes no study, and goes with --seed and --force alone.")
        _new_facilities(folder, facilities, 1 if seed is None else seed, force)
        return
    if seed is not None:
        raise click.UsageError("--seed is about the synthetic table that --facilities writes.")
    from capshare.analyses.new_study import FILE_NAME

    expect(folder / FILE_NAME)
    if not dataset:
        if year is not None or regions is not None:
            raise click.UsageError("--year and --regions are about the forms that --dataset writes.")
        from capshare.analyses.new_study import write_new_study
        from capshare.study.reading import DEFAULT

        path = write_new_study(folder, force, origin or DEFAULT)
        click.echo(f"{path}\nEdit it, then: capshare check {path} && capshare run {path}")
        return
    if origin is not None:
        raise click.UsageError("--from is about a shipped study; --dataset writes one of its own.")
    from capshare.analyses.new_dataset import write_new_dataset

    study, workbook, package = write_new_dataset(folder, year or 2020, regions, force)
    click.echo(f"{study}\n{workbook}\n{package}")
    click.echo(f"Fill in the workbook (or the CSV files), set the cap in {study.name}, then:")
    click.echo(f"capshare check {study} && capshare run {study}")


def _new_facilities(folder: Path, count: int, seed: int, force: bool) -> None:
    from capshare.analyses.facilities.new_facilities import TABLE, write_new_facilities

    expect(folder / TABLE)
    table, rules = write_new_facilities(folder, count, seed, force)
    click.echo(f"{table}: synthetic, of no real facility\n{rules}")
    click.echo("Put your own table in its place, change the rules where yours differ, then:")
    click.echo(f"capshare benchmark {table} --parameters {rules} -o {folder / 'quotas'}")
