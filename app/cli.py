"""The command line: parses, calls, prints. Heavy imports wait until a command needs them."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from capshare import __version__
from capshare.base.errors import CapshareError
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from rich.console import Console

    from capshare.base.notes import Note
    from capshare.reports.words.notes import Names

STUDY = click.argument("study", required=False)
LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True, help="Language."
)
_NOTE = "capshare, note: "
FORCE = click.option("--force", is_flag=True, help="Replace what an earlier call left there.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="capshare")
def cli() -> None:
    """Split a national CO2 cap across provinces, put a price on every rule, rank reduction potential.

    STUDY is the name of a shipped study (by default tian-lin-2021) or the path of a study file (.toml).
    """


@cli.command()
@STUDY
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder to write; by default runs/ and the study's name.",
)
@LANG
@FORCE
def run(study: str | None, output: Path | None, lang: str, force: bool) -> None:
    """Run STUDY and write its folder: tables, workbook, page, LP, and what is needed to repeat it."""
    from capshare.analyses.run import run as run_study
    from capshare.reports.console.summary import print_summary
    from capshare.reports.folder.write import require_replaceable, write
    from capshare.study.reading import DEFAULT, load_study

    loaded = load_study(study or DEFAULT)
    folder = output or Path("runs") / loaded.study.study.name
    # Before the work, not after it.
    require_replaceable(folder, force)
    result = run_study(loaded)
    print_summary(result, write(result, folder, force, lang), _console(), lang)


@cli.command()
@STUDY
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--largest", default=1.0, show_default=True, help="Last deviation T looked at; 1 is 100 %.")
@FORCE
def frontier(study: str | None, output: Path | None, largest: float, force: bool) -> None:
    """What it costs to keep quotas close to entitlements: a table and a chart over T, with every kink."""
    from capshare.analyses.frontier import frontier as find_frontier
    from capshare.analyses.frontier import frontier_files
    from capshare.reports.console.listing import print_frontier
    from capshare.reports.folder.write import require_replaceable, write_files
    from capshare.study.reading import DEFAULT, load_study

    loaded = load_study(study or DEFAULT)
    folder = output or Path("runs") / f"{loaded.study.study.name}-frontier"
    require_replaceable(folder, force)
    found, table = find_frontier(loaded, largest)
    _tell(found.notes, found.inputs.dataset.regions.names["name_en"])
    year = found.inputs.years[-1]
    print_frontier(table, year, write_files(frontier_files(found, table), folder, force), _console())


@cli.command()
def rules() -> None:
    """List the rules that split a cap: principle, formula, needs, parameters, reference."""
    from capshare.model.rules.registry import rules as all_rules
    from capshare.reports.console.rule_list import print_rules

    print_rules(all_rules().values(), _console())


@cli.command("compare-rules")
@STUDY
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write; by default none.")
@FORCE
def compare_rules(study: str | None, output: Path | None, force: bool) -> None:
    """Set STUDY's quotas beside those of every rule: fairness, cost, and the closest mixture of rules."""
    from capshare.analyses.compare_rules import compare_study, comparison_files
    from capshare.reports.console.rule_comparison import print_comparison
    from capshare.reports.folder.write import require_replaceable, write_files
    from capshare.reports.words.notes import note_texts
    from capshare.study.reading import DEFAULT, load_study

    if output is not None:
        require_replaceable(output, force)
    found, compared = compare_study(load_study(study or DEFAULT))
    names, weights = found.inputs.dataset.regions.names["name_en"], None
    if compared.mix is not None:
        weights = compared.mix.weights
    title = f"Quotas of {compared.year} by rule, Mt CO2"
    notes = note_texts(compared.notes, names)
    print_comparison(compared.quotas, compared.fairness, weights, names, title, notes, _console())
    if output is not None:
        click.echo(f"Files: {write_files(comparison_files(found, compared), output, force)}")


@cli.command()
@STUDY
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write.")
@LANG
@FORCE
def charts(study: str | None, output: Path | None, lang: str, force: bool) -> None:
    """Draw every chart of STUDY as SVG and as PNG at print resolution."""
    from capshare.analyses.run import run as run_study
    from capshare.reports.charts.files import chart_files
    from capshare.reports.folder.write import require_replaceable, write_files
    from capshare.study.reading import DEFAULT, load_study

    loaded = load_study(study or DEFAULT)
    folder = output or Path("runs") / f"{loaded.study.study.name}-charts"
    require_replaceable(folder, force)
    files = chart_files(run_study(loaded), lang)
    click.echo(f"{len(files) - 1} images: {write_files(files, folder, force)}")


@cli.command()
@STUDY
def check(study: str | None) -> None:
    """Validate STUDY and its dataset without running it."""
    from capshare.chain.inputs import read_inputs
    from capshare.study.reading import DEFAULT, load_study

    loaded = load_study(study or DEFAULT)
    inputs = read_inputs(loaded)
    _tell(inputs.notes, inputs.dataset.regions.names["name_en"])
    click.echo(
        f"{loaded.path.name}: valid. {len(inputs.emissions_mt)} provinces, "
        f"{inputs.indicators.shape[1]} indicators."
    )
    for year, cap_mt in inputs.cap["cap_mt"].items():
        emissions = inputs.baseline_mt[year].sum()
        click.echo(f"{year}: cap {cap_mt:.0f} Mt against emissions of {emissions:.0f} Mt before abatement.")


@cli.command()
@click.argument("dataset", default="", metavar="[DATASET]")
def data(dataset: str) -> None:
    """List the shipped datasets, or the columns of DATASET with units and sources."""
    from capshare.indicators.dataset.catalogue import describe, shipped_datasets
    from capshare.indicators.dataset.data_package import load_dataset
    from capshare.reports.console.listing import print_columns, print_datasets

    if dataset:
        loaded = load_dataset(dataset)
        _tell(loaded.notes, loaded.regions.names["name_en"])
        print_columns(loaded, describe(loaded), _console())
    else:
        print_datasets([load_dataset(name) for name in shipped_datasets()], _console())


@cli.command()
@click.argument("province")
@click.argument("run", default="", metavar="[RUN]")
@click.option("--year", type=int, help="One of the study's years; by default the last.")
def explain(province: str, run: str, year: int | None) -> None:
    """Tell PROVINCE's story on one screen: why its quota is what it is, and what would change it most.

    PROVINCE is a name in any spelling, or a code; RUN the folder of a run, or a study (by default
    tian-lin-2021).
    """
    from capshare.analyses.explain import explain as explain_province
    from capshare.reports.console.explanation import print_explanation
    from capshare.study.reading import DEFAULT

    print_explanation(explain_province(province, run or DEFAULT, year), _console())


@cli.command()
@click.argument("folder", default="runs", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--verify", "again", is_flag=True, help="Run each again and compare, which takes seconds each.")
def runs(folder: Path, again: bool) -> None:
    """List the runs in DIR (by default runs/): date, cap, headline figures, whether they still stand."""
    from capshare.reports.console.run_list import print_runs, run_line
    from capshare.reports.folder.run_folder import runs_in

    found = runs_in(folder)
    if again:
        from capshare.analyses.verify import verified_state

        lines = [run_line(run, verified_state(run.path)) for run in found]
    else:
        lines = [run_line(run) for run in found]
    if not lines:
        click.echo(f"No runs in {folder}.")
        return
    print_runs(lines, _console())


@cli.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="RUN RUN...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder to write; by default runs/comparison."
)
@LANG
@FORCE
def compare(folders: tuple[Path, ...], output: Path | None, lang: str, force: bool) -> None:
    """Set the runs in the folders RUN RUN... side by side: what differs in settings, quotas and prices.

    Differences are taken against the first. A workbook and a page are written; nothing is run again.
    """
    from capshare.reports.comparison.compare import compare_runs as side_by_side
    from capshare.reports.comparison.console import print_runs_compared
    from capshare.reports.comparison.files import comparison_files
    from capshare.reports.comparison.reader import read_compared, reading_notes
    from capshare.reports.folder.write import require_replaceable, write_files

    folder = output or Path("runs") / "comparison"
    require_replaceable(folder, force)
    read = read_compared(folders)
    _tell(reading_notes(read), {}, lang)
    found = side_by_side(read)
    print_runs_compared(found, write_files(comparison_files(found, lang), folder, force), _console(), lang)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="RUN")
def verify(folder: Path) -> None:
    """Run the study of the folder RUN again from its copies, and compare every file.

    Ends with 0 only when every file holds what the run gives when made again, else with 2.
    """
    from capshare.analyses.verify import verify as verify_run
    from capshare.reports.folder.verification import print_verification

    found = verify_run(folder)
    print_verification(found, _console())
    if not found.agrees:
        sys.exit(2)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--dataset", is_flag=True, help="Also a workbook and CSV files for your own data.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Base year of your data; 2020 by default.")
@click.option("--regions", metavar="DATASET", help="Begin with the regions of a dataset, e.g. china-2017.")
@FORCE
def new(folder: Path, dataset: bool, year: int | None, regions: str | None, force: bool) -> None:
    """Write a commented study file into DIR to start from; with --dataset, also forms for your own data."""
    if not dataset:
        if year is not None or regions is not None:
            raise click.UsageError("--year and --regions are about the forms that --dataset writes.")
        from capshare.analyses.new_study import write_new_study

        path = write_new_study(folder, force)
        click.echo(f"{path}\nEdit it, then: capshare check {path} && capshare run {path}")
        return
    from capshare.analyses.new_dataset import write_new_dataset

    study, workbook, package = write_new_dataset(folder, year or 2020, regions, force)
    click.echo(f"{study}\n{workbook}\n{package}")
    click.echo(f"Fill in the workbook (or the CSV files), set the cap in {study.name}, then:")
    click.echo(f"capshare check {study} && capshare run {study}")


def main() -> None:
    """Run the command line; wrong input ends in one message and its exit code."""
    with _problems_reported(), _log_in_words():
        cli()


@contextmanager
def _problems_reported() -> Iterator[None]:
    try:
        yield
    except CapshareError as error:
        count = len(error.problems)
        click.echo(f"capshare: {count} problem{'s' if count > 1 else ''}", err=True)
        for problem in error.problems:
            click.echo(f"  - {problem}", err=True)
        sys.exit(error.exit_code)


@contextmanager
def _log_in_words() -> Iterator[None]:
    """Print what the library logs as a sentence; only here is the logging set up."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(f"{_NOTE}%(message)s"))
    logger = logging.getLogger("capshare")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _tell(notes: Iterable[Note], names: Names, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print what a planner should know where no report does it; not how a figure was made."""
    from capshare.reports.words.notes import note_texts

    for said in note_texts((note for note in notes if note.severity != "detail"), names, lang):
        click.echo(f"{_NOTE}{said}", err=True)


def _console() -> Console:
    from rich.console import Console

    # A pipe has no width of its own; 100 columns fit every table.
    console = Console()
    return console if console.is_terminal else Console(width=100)
