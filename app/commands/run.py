"""``capshare run``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, SET, STUDY, UNIT, output_option
from capshare.commands.progress_line import FILES, RUN, progress_shown

if TYPE_CHECKING:
    from capshare.model.outcome.outcome import Outcome

_Solve: TypeAlias = "Callable[[Path | None], Outcome]"


@click.command()
@STUDY
@output_option("runs/ and the study's name")
@SET
@click.option(
    "--with",
    "ensemble",
    type=click.Path(path_type=Path),
    metavar="ENSEMBLE",
    help="Folder of an ensemble of STUDY: its intervals stand in tables, workbook and page.",
)
@click.option(
    "--from",
    "workbook",
    type=click.Path(path_type=Path),
    metavar="WORKBOOK",
    help="Edited study.xlsx of a run, or of a copy: runs with its edited cells, and sets before and after "
    "side by side. STUDY is then the folder of that run, where the workbook is not in it.",
)
@LANG
@UNIT
@FORCE
def run(
    study: str | None,
    output: Path | None,
    settings: tuple[str, ...],
    ensemble: Path | None,
    workbook: Path | None,
    lang: str,
    unit: str,
    force: bool,
) -> None:
    """Run STUDY and write its folder: tables, workbook, page, LP, and what is needed to repeat it."""
    with progress_shown(RUN + FILES, lang):
        from capshare.base.errors import told_in
        from capshare.reports.folder.write import write

        if workbook is None:
            name, solve = _of_study(study, settings)
        else:
            name, solve = _of_workbook(workbook, study, settings, lang)
        folder = claim(output or Path("runs") / name, force)
        with told_in(lang):
            result = solve(ensemble)
        written = write(result, folder, force, lang, unit)

    from capshare.commands.screen import screen
    from capshare.reports.console.summary import print_summary

    print_summary(result, written, screen(), lang)


def _of_study(study: str | None, settings: tuple[str, ...]) -> tuple[str, _Solve]:
    """Name of the study, and what runs it."""
    from capshare.analyses.run import run as run_study
    from capshare.study.reading import DEFAULT, load_study

    loaded = load_study(study or DEFAULT, settings)
    return loaded.study.study.name, lambda ensemble: run_study(loaded, ensemble=ensemble)


def _of_workbook(
    workbook: Path, study: str | None, settings: tuple[str, ...], lang: str
) -> tuple[str, _Solve]:
    """The same of an edited workbook, in a folder beside that of the run before."""
    from capshare.analyses.from_workbook.run_from import read_edited, run_edited
    from capshare.commands.told import tell

    read = read_edited(workbook, study, settings)
    tell(read.notes, {}, lang)
    return f"{read.loaded.study.study.name}-edited", lambda ensemble: run_edited(read, ensemble=ensemble)
