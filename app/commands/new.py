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
@FORCE
def new(
    folder: Path, origin: str | None, dataset: bool, year: int | None, regions: str | None, force: bool
) -> None:
    """Write a commented study file into DIR to start from; with --dataset, also forms for your own data."""
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
