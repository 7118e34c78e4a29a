"""An ensemble of a study: drawn in chunks that are kept as they come, summed up, written whole."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from capshare.analyses.ensemble.chunk_file import arrow
from capshare.analyses.ensemble.draws import input_names
from capshare.analyses.ensemble.record import identity, manifest
from capshare.analyses.ensemble.tables import EnsembleTables, ensemble_tables
from capshare.analyses.ensemble.tasks import Task, pairs_of, tasks
from capshare.analyses.ensemble.uncertain_study import UncertainStudy, uncertain_study
from capshare.analyses.ensemble.unfinished import Unfinished
from capshare.analyses.ensemble.workers import made_by_cluster, made_here
from capshare.analyses.processes import require_workers
from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.base.progress import stage
from capshare.chain.from_inputs import solver_limits
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.model.outcome.ensemble import CONTRADICTION
from capshare.reports.charts.ensemble import quantiles_chart
from capshare.reports.charts.origin import study_line
from capshare.reports.charts.save import image
from capshare.reports.charts.theme import sign
from capshare.reports.folder.manifest_checks import MANIFEST
from capshare.reports.folder.tables import csv_bytes
from capshare.reports.folder.writer_lock import only_writer
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.solvers.guard import within
from capshare.study.reading import LoadedStudy
from capshare.study.words import told_in_study_words

MOST_DRAWS = 10_000_000
TABLES = ("quantiles", "probabilities", "same_group", "drivers")


@dataclass(frozen=True)
class Ensemble:
    """An ensemble that is written.

    Attributes
    ----------
    prepared : the study
    tables : what the draws say
    asked : draws that were asked for
    year : whose figures they are
    folder : where it is
    """

    prepared: PreparedStudy
    tables: EnsembleTables
    asked: int
    year: int
    folder: Path


@dataclass(frozen=True)
class Plan:
    """How an ensemble is made.

    Attributes
    ----------
    draws : how many
    folder : where it is written
    workers : processes of this machine
    scheduler : address of a Dask scheduler in their place; None for this machine
    resume : whether to go on with an ensemble that was not finished
    force : whether what an earlier call left is replaced
    lang : language of the chart
    year : whose figures are kept; None: the study's last
    """

    draws: int
    folder: Path
    workers: int = 1
    scheduler: str | None = None
    resume: bool = False
    force: bool = False
    lang: str = DEFAULT_LANGUAGE
    year: int | None = None


@told_in_study_words
def ensemble(loaded: LoadedStudy, plan: Plan) -> Ensemble:
    """Draw a study as often as asked, and write what the draws say.

    Parameters
    ----------
    loaded : a study with a section ``[uncertainty]``
    plan : how

    Returns
    -------
    Ensemble

    Raises
    ------
    CapshareError
        where the study or the plan is wrong, with every problem; a worker or the scheduler is lost, or the
        disk is full: finished chunks are kept then; or no draw has a solution.
    InfeasibleError
        where it has none because the rules contradict each other in every draw.
    """
    _require_plan(plan)
    arrow()
    with within(solver_limits(loaded.study)):
        prepared = prepare(loaded, bootstrap=False)
    uncertain = uncertain_study(prepared, plan.year)
    inputs = input_names(uncertain.asked)
    pairs = pairs_of(plan.draws, inputs)
    unfinished = Unfinished(plan.folder.resolve())
    with _disk_told(unfinished.path), _alone(unfinished.path):
        unfinished.begin(identity(uncertain, prepared, pairs), plan.resume, plan.force)
        every = tasks(plan.draws, pairs, inputs)
        _draw(uncertain, every, unfinished, plan)
        tables = ensemble_tables(
            unfinished.path, uncertain.codes, prepared.study.balance, pairs, inputs, prepared.study.study.seed
        )
        if tables is None:
            raise _nothing_solved(unfinished.path, uncertain.codes)
        for name, data in _files(prepared, tables, plan.lang).items():
            unfinished.keep(name, data)
        unfinished.keep(
            MANIFEST, manifest(uncertain, prepared, tables, plan.draws, plan.lang, unfinished.path)
        )
        return Ensemble(prepared, tables, plan.draws, uncertain.year, unfinished.finish(plan.force))


def _draw(uncertain: UncertainStudy, every: list[Task], unfinished: Unfinished, plan: Plan) -> None:
    kept = unfinished.kept({task.file for task in every})
    left = [task for task in every if task.file not in kept]
    pickled = pickle.dumps(uncertain, protocol=5)
    if plan.scheduler is not None:
        made = made_by_cluster(pickled, left, plan.scheduler)
    else:
        made = made_here(pickled, left, plan.workers)
    with stage("draws", sum(len(task.draws) for task in left)) as advance:
        for file, count, data in made:
            unfinished.keep(file, data)
            for _ in range(count):
                advance()


def _files(prepared: PreparedStudy, tables: EnsembleTables, lang: str) -> dict[str, bytes]:
    names = prepared.inputs.dataset.regions.names["name_zh" if lang == "zh" else "name_en"]
    figure = "quota_mt" if prepared.study.targets is None else "cut_pct"
    chart = quantiles_chart(tables.quantiles, figure, names, lang)
    study, inputs = prepared.study.study, prepared.inputs
    sign(chart, study_line(study.name, inputs.years[-1], study.dataset, inputs.files, lang))
    files = {
        f"{name}.csv": csv_bytes(getattr(tables, name).set_index("code"), f"{name}.csv") for name in TABLES
    }
    return {
        **files,
        f"{figure}.svg": image(chart, "svg"),
        f"{figure}.png": image(chart, "png"),
        "study.toml": tomli_w.dumps(prepared.study.settings()).encode(),
    }


def _require_plan(plan: Plan) -> None:
    problems = []
    if not 1 <= plan.draws <= MOST_DRAWS:
        expected = f"a number of draws from 1 to {MOST_DRAWS}"
        problems.append(Problem("ensemble", "-n", expected, str(plan.draws), "Take 10 000."))
    problems += require_workers(plan.workers, "ensemble")
    if problems:
        raise CapshareError(problems)


def _nothing_solved(folder: Path, codes: tuple[str, ...]) -> CapshareError:
    """Why no draw has a solution: its rules contradict each other, or numbers are wrong."""
    from capshare.analyses.ensemble.tables import ChunkTables

    _, failed = ChunkTables(folder, codes).solved()
    told = "; ".join(f"{count} times: {reason}" for reason, count in failed.items())
    problem = Problem("ensemble", "", "draws with a solution", f"none ({told})",
                      "Narrow the spreads, or loosen the study's rules.")  # fmt: skip
    return InfeasibleError(problem) if set(failed) == {CONTRADICTION} else CapshareError(problem)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(folder):
        yield


@contextmanager
def _disk_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "Make room and permission, and go on with --resume: finished chunks are kept."
        raise CapshareError(
            Problem("output folder", str(folder), "a writable place", error.strerror or str(error), remedy)
        ) from error
