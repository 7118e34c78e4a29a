"""``capshare explain``."""

from __future__ import annotations

from pathlib import Path

import click

from capshare.base.conventions import following
from capshare.commands.claim import claim
from capshare.commands.options import FORCE, LANG, SET
from capshare.commands.progress_line import CHAIN, RUN, progress_shown


@click.command()
@click.argument("province", default="", metavar="[PROVINCE]")
@click.argument("run", default="", metavar="[RUN]")
@SET
@LANG
@click.option("--year", type=int, help="One of the study's years; by default the last.")
@click.option(
    "--html", is_flag=True, help="Write PROVINCE's sheet, a page that prints, in place of a screen."
)
@click.option("--all", "every", is_flag=True, help="Write the sheets of all provinces into a folder.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File of --html, by default in runs/ by PROVINCE's name; folder of --all, by default runs/sheets.",
)
@FORCE
def explain(
    province: str,
    run: str,
    settings: tuple[str, ...],
    year: int | None,
    lang: str,
    html: bool,
    every: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Tell PROVINCE's story on one screen: why its quota is what it is, and what would change it most.

    PROVINCE is a name in any spelling, or a code; RUN the folder of a run, or a study (by default
    china-15fyp). With --all, where no PROVINCE is named, RUN comes first.
    """
    _require_sense(province, run, html, every, output, force)
    if every:
        _write_all(province, settings, year, lang, output or Path("runs") / "sheets", force)
    elif html:
        _write_one(province, run, settings, year, lang, output, force)
    else:
        _print(province, run, settings, year, lang)


def _require_sense(
    province: str, run: str, html: bool, every: bool, output: Path | None, force: bool
) -> None:
    """Refuse arguments that contradict each other."""
    if every and run:
        raise click.UsageError("--all writes the sheets of all provinces: name no PROVINCE")
    if every and html:
        raise click.UsageError("give --html for one province, or --all for all of them")
    if not every and not province:
        raise click.UsageError("name a PROVINCE, or give --all")
    if not (every or html) and (output or force):
        raise click.UsageError("-o and --force need --html or --all")


def _print(province: str, run: str, settings: tuple[str, ...], year: int | None, lang: str) -> None:
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


def _write_one(
    province: str,
    run: str,
    settings: tuple[str, ...],
    year: int | None,
    lang: str,
    output: Path | None,
    force: bool,
) -> None:
    with progress_shown((*CHAIN, *RUN, "sheets"), lang):
        from capshare.analyses.province_sheets import province_sheets
        from capshare.base.errors import told_in
        from capshare.reports.folder.one_file import require_free, write_file
        from capshare.reports.sheet.files import file_names
        from capshare.reports.sheet.page import sheet_html
        from capshare.study.reading import DEFAULT

        if output:
            require_free(output, force)
        with told_in(lang):
            [sheet] = province_sheets([province], run or DEFAULT, year, lang, settings).sheets
        [name] = file_names([sheet]).values()
        written = write_file(sheet_html(sheet, lang).encode(), output or Path("runs") / name, force)

    from capshare.reports.words.catalogue import text

    click.echo(text("sheet.file", lang, file=written))


def _write_all(
    run: str, settings: tuple[str, ...], year: int | None, lang: str, output: Path, force: bool
) -> None:
    with progress_shown((*CHAIN, *RUN, "sheets", "sheet_files"), lang):
        from capshare.analyses.province_sheets import province_sheets
        from capshare.base.errors import told_in
        from capshare.reports.folder.new_folder import write_files
        from capshare.reports.sheet.files import sheet_files
        from capshare.study.reading import DEFAULT

        folder = claim(output, force)
        with told_in(lang):
            sheets = province_sheets(None, run or DEFAULT, year, lang, settings).sheets
        written = write_files(sheet_files(sheets, lang), folder, force)

    from capshare.reports.words.catalogue import text

    click.echo(text("sheet.files", lang, folder=written, count=len(sheets)))
