"""``capshare explain``."""

from __future__ import annotations

import click


@click.command()
@click.argument("province")
@click.argument("run", default="", metavar="[RUN]")
@click.option("--year", type=int, help="One of the study's years; by default the last.")
def explain(province: str, run: str, year: int | None) -> None:
    """Tell PROVINCE's story on one screen: why its quota is what it is, and what would change it most.

    PROVINCE is a name in any spelling, or a code; RUN the folder of a run, or a study (by default
    tian-lin-2021).
    """
    from capshare.analyses.explain import explain as explain_province
    from capshare.commands.screen import screen
    from capshare.reports.console.explanation import print_explanation
    from capshare.study.reading import DEFAULT

    print_explanation(explain_province(province, run or DEFAULT, year), screen())
