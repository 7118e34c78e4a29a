"""``capshare data``."""

from __future__ import annotations

import click


@click.command()
@click.argument("dataset", default="", metavar="[DATASET]")
def data(dataset: str) -> None:
    """List the shipped datasets, or the columns of DATASET with units and sources."""
    from capshare.commands.screen import screen
    from capshare.commands.told import tell
    from capshare.indicators.dataset.catalogue import describe, shipped_datasets
    from capshare.indicators.dataset.data_package import load_dataset
    from capshare.reports.console.listing import print_columns, print_datasets

    if dataset:
        loaded = load_dataset(dataset)
        tell(loaded.notes, loaded.regions.names["name_en"])
        print_columns(loaded, describe(loaded), screen())
    else:
        print_datasets([load_dataset(name) for name in shipped_datasets()], screen())
