"""``capshare data``."""

from __future__ import annotations

import click


@click.command()
@click.argument("dataset", default="", metavar="[DATASET]")
@click.option("--verify", is_flag=True, help="Check that the figures of DATASET agree with each other.")
def data(dataset: str, verify: bool) -> None:
    """List the shipped datasets, or the columns of DATASET with units, sources and vintages.

    With --verify: whether items add up to totals and tables agree, and how far two inventories are apart,
    region by region; ends with 2 where a check fails.
    """
    from capshare.commands.screen import screen
    from capshare.commands.told import tell
    from capshare.indicators.dataset.catalogue import describe, describe_further, shipped_datasets
    from capshare.indicators.dataset.data_package import load_dataset
    from capshare.indicators.dataset.verification import verify_dataset
    from capshare.reports.console.datasets import (
        print_columns,
        print_dataset_verification,
        print_datasets,
        print_further,
    )

    if not dataset:
        if verify:
            raise click.UsageError("--verify needs the name of a dataset: capshare data NAME --verify")
        print_datasets([load_dataset(name) for name in shipped_datasets()], screen())
        return
    loaded = load_dataset(dataset)
    tell(loaded.notes, loaded.regions.names["name_en"])
    if verify:
        found = verify_dataset(loaded)
        print_dataset_verification(loaded, found, screen())
        if not found.agrees:
            click.get_current_context().exit(2)
        return
    print_columns(loaded, describe(loaded), screen())
    print_further(loaded, describe_further(loaded), screen())
