"""``capshare compare-rules``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.base.conventions import following
from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, SET, STUDY, output_option
from capshare.commands.progress_line import CHAIN, progress_shown


@click.command("compare-rules")
@STUDY
@output_option("none")
@SET
@LANG
@FORCE
def compare_rules(
    study: str | None, output: Path | None, settings: tuple[str, ...], lang: str, force: bool
) -> None:
    """Set STUDY's quotas beside those of every rule: fairness, cost, and the closest mixture of rules."""
    with progress_shown((*CHAIN, "rules"), lang):
        from capshare.analyses.compare_rules import compare_study, comparison_files
        from capshare.base.errors import told_in
        from capshare.reports.folder.new_folder import write_files
        from capshare.study.reading import DEFAULT, load_study

        if output is not None:
            claim(output, force)
        with told_in(lang):
            found, compared = compare_study(load_study(study or DEFAULT, settings))

    from capshare.commands.screen import screen
    from capshare.reports.console.rule_comparison import print_comparison
    from capshare.reports.words.catalogue import text
    from capshare.reports.words.notes import note_texts

    names, weights = found.inputs.dataset.regions.names[f"name_{lang}"], None
    if compared.mix is not None:
        weights = compared.mix.weights
    title = text("rule_table.quotas", lang, year=compared.year)
    with following(found.inputs.dataset.facts.conventions):
        notes = note_texts(compared.notes, names, lang)
        print_comparison(compared.quotas, compared.fairness, weights, names, title, notes, screen(), lang)
    if output is not None:
        written = write_files(comparison_files(found, compared), output, force)
        click.echo(text("rule_table.files", lang, folder=written))
