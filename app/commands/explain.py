"""``capshare explain``."""

from __future__ import annotations

import click

from capshare.base.conventions import following
from capshare.commands.options import LANG, SET
from capshare.commands.progress_line import CHAIN, RUN, progress_shown


@click.command()
@click.argument("province")
@click.argument("run", default="", metavar="[RUN]")
@SET
@LANG
@click.option("--year", type=int, help="One of the study's years; by default the last.")
def explain(province: str, run: str, settings: tuple[str, ...], year: int | None, lang: str) -> None:
    """Tell PROVINCE's story on one screen: why its quota is what it is, and what would change it most.

    PROVINCE is a name in any spelling, or a code; RUN the folder of a run, or a study (by default
    china-15fyp).
    """
    with progress_shown((*CHAIN, *RUN, "changes"), lang):
        from capshare.analyses.explain import explain as explain_province
        from capshare.base.errors import told_in
        from capshare.study.reading import DEFAULT

        with told_in(lang):
            found = explain_province(province, run or DEFAULT, year, lang, settings)

    from capshare.commands.screen import screen
    from capshare.reports.console.explanation import print_explanation

    with following(found.conventions):
        print_explanation(found, screen(), lang)
