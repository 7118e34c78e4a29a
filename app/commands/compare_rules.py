"""``capshare compare-rules``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.base.conventions import following
from capshare.commands.claim import claim
from capshare.commands.options import FORCE, SET, STUDY, output_option
from capshare.commands.progress_line import CHAIN, progress_shown


@click.command("compare-rules")
@STUDY
@output_option("none")
@SET
@FORCE
def compare_rules(study: str | None, output: Path | None, settings: tuple[str, ...], force: bool) -> None:
    """Set STUDY's quotas beside those of every rule: fairness, cost, and the closest mixture of rules."""
    with progress_shown((*CHAIN, "rules")):
        from capshare.analyses.compare_rules import compare_study, comparison_files
        from capshare.reports.folder.write import write_files
        from capshare.study.reading import DEFAULT, load_study

        if output is not None:
            claim(output, force)
        found, compared = compare_study(load_study(study or DEFAULT, settings))

    from capshare.commands.screen import screen
    from capshare.reports.console.rule_comparison import print_comparison
    from capshare.reports.words.notes import note_texts

    names, weights = found.inputs.dataset.regions.names["name_en"], None
    if compared.mix is not None:
        weights = compared.mix.weights
    title = f"Quotas of {compared.year} by rule, Mt CO2"
    with following(found.inputs.dataset.facts.conventions):
        notes = note_texts(compared.notes, names)
        print_comparison(compared.quotas, compared.fairness, weights, names, title, notes, screen())
    if output is not None:
        click.echo(f"Files: {write_files(comparison_files(found, compared), output, force)}")
