"""``capshare check``."""

from __future__ import annotations

import click

from capshare.commands.options import SET, STUDY
from capshare.commands.progress_line import progress_shown


@click.command()
@STUDY
@SET
def check(study: str | None, settings: tuple[str, ...]) -> None:
    """Validate STUDY and its dataset without running it."""
    with progress_shown(("inputs",)):
        from capshare.chain.read_inputs import read_inputs
        from capshare.study.reading import DEFAULT, load_study

        loaded = load_study(study or DEFAULT, settings)
        inputs = read_inputs(loaded)
    from capshare.commands.told import tell

    tell(inputs.notes, inputs.dataset.regions.names["name_en"])
    click.echo(
        f"{loaded.path.name}: valid. {len(inputs.emissions_mt)} provinces, "
        f"{inputs.indicators.shape[1]} indicators."
    )
    for year, cap_mt in inputs.cap["cap_mt"].items():
        emissions = inputs.baseline_mt[year].sum()
        click.echo(f"{year}: cap {cap_mt:.0f} Mt against emissions of {emissions:.0f} Mt before abatement.")
