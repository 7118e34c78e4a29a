"""``capshare ensemble``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.commands.claim import claim, keeps
from capshare.commands.options import FORCE, LANG, SET, STUDY, output_option
from capshare.commands.progress_line import progress_shown


@click.command()
@STUDY
@click.option("-n", "draws", type=int, default=10_000, show_default=True, help="Number of draws.")
@output_option("runs/ and the study's name with -ensemble")
@SET
@click.option("--year", type=int, help="One of the study's years; by default the last.")
@click.option("--workers", type=int, help="Processes of this machine; by default one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="Use a Dask cluster, e.g. tcp://host:8786.")
@click.option("--resume", is_flag=True, help="Go on with an ensemble that was not finished.")
@LANG
@FORCE
def ensemble(
    study: str | None,
    draws: int,
    output: Path | None,
    settings: tuple[str, ...],
    year: int | None,
    workers: int | None,
    scheduler: str | None,
    resume: bool,
    lang: str,
    force: bool,
) -> None:
    """Draw STUDY thousands of times within its [uncertainty]: how sure each quota, cut and rank is."""
    with progress_shown(("inputs", "costs", "groups", "draws"), lang):
        from joblib import cpu_count

        from capshare.analyses.ensemble.ensemble import Plan
        from capshare.analyses.ensemble.ensemble import ensemble as make_ensemble
        from capshare.analyses.ensemble.unfinished import Unfinished
        from capshare.study.reading import DEFAULT, load_study

        loaded = load_study(study or DEFAULT, settings)
        folder = claim(output or Path("runs") / f"{loaded.study.study.name}-ensemble", force)
        keeps(Unfinished(folder).path)
        processes = cpu_count() if workers is None else workers
        made = make_ensemble(loaded, Plan(draws, folder, processes, scheduler, resume, force, lang, year))

    from capshare.commands.screen import screen
    from capshare.reports.console.ensemble import EnsembleSummary, print_ensemble
    from capshare.reports.words.catalogue import text

    tables, prepared = made.tables, made.prepared
    names = prepared.inputs.dataset.regions.names["name_zh" if lang == "zh" else "name_en"]
    said = EnsembleSummary(
        study=prepared.study.study.name,
        year=made.year,
        figure="quota_mt" if prepared.study.targets is None else "cut_pct",
        quantiles=tables.quantiles,
        probabilities=tables.probabilities,
        drivers=tables.drivers,
        names=names,
        asked=made.asked,
        solved=tables.solved,
        failed=tables.failed,
        pairs=tables.pairs,
    )
    print_ensemble(said, screen(), lang)
    click.echo(text("ensemble.files", lang, folder=made.folder))
