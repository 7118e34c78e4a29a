"""A sweep: a study run for every combination of some settings, as one tidy table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from capshare.analyses.processes import require_workers, results
from capshare.analyses.run import run
from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.base.progress import stage
from capshare.base.years import in_year
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.folder.tables import csv_bytes
from capshare.study.axes import Axis, combinations, read_axes
from capshare.study.reading import DEFAULT, LoadedStudy, load_study

PROVINCES, RUNS = "sweep.csv", "sweep_runs.csv"
SOLVED, INFEASIBLE, REFUSED = "solved", "infeasible", "refused"
# Of each province, beside what its cut is where the study sets targets.
_QUOTAS = (
    "name_en", "name_zh", "group", "quota_mt", "quota_share", "balance_mt", "balance_class", "abatement_mt",
    "cost_1e8yuan", "value_yuan_per_t",
)  # fmt: skip
_CUTS = ("cut_pct", "rounded_cut_pct", "decided_by")


@dataclass(frozen=True, eq=False)
class Sweep:
    """Runs of one study with other settings.

    Attributes
    ----------
    base : the study without the settings
    axes : the settings and their values
    runs : index ``run``; a column per key, ``status``, ``reason`` where there is no solution, and of the last
        year ``cap_mt``, ``objective_1e8yuan`` and, of one block, ``price_yuan_per_t``
    provinces : index ``run, year, code``, of the runs that have a solution; a column per key, then quotas,
        balances, costs and, where the study sets targets, the cuts of the last year
    files : content of the files that the base study reads
    """

    base: LoadedStudy
    axes: tuple[Axis, ...]
    runs: pd.DataFrame
    provinces: pd.DataFrame
    files: Mapping[str, bytes]


@dataclass(frozen=True, eq=False)
class _Solved:
    """What came of one combination.

    Attributes
    ----------
    number : its place among the combinations, from 1
    row : its row of the runs, without the settings
    provinces : what each province got; None without a solution
    files : content of the files that were read
    error : why there is no solution
    """

    number: int
    row: dict[str, Any]
    provinces: pd.DataFrame | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    error: CapshareError | None = None


def sweep(study: str | Path = DEFAULT, axes: Iterable[str] = (), workers: int = 1) -> Sweep:
    """Run a study for every combination of settings.

    Parameters
    ----------
    study : a shipped study's name or the path of a study file
    axes : ``KEY=A,B,C`` or ``KEY=A:B`` each, as of :func:`~capshare.study.axes.read_axes`
    workers : processes, each with one thread; 1 is this one. The result is the same with any number

    Returns
    -------
    Sweep; combinations without a solution are among its runs, with the reason

    Raises
    ------
    CapshareError
        where the study or a setting is wrong: all the settings, before anything runs; or where no
        combination has a solution, the first one's reason.
    """
    if problems := require_workers(workers, "sweep"):
        raise CapshareError(problems)
    asked = read_axes(axes)
    combined = combinations(asked)
    loaded = _loaded(study, combined)
    base = load_study(study)
    solved = _in_order(list(enumerate(loaded, 1)), workers)
    found = [(settings, one) for settings, one in zip(combined, solved, strict=True)]
    parts = {
        one.number: pd.concat(
            [pd.DataFrame(dict(settings), index=one.provinces.index), one.provinces], axis="columns"
        )
        for settings, one in found
        if one.provinces is not None
    }
    if not parts and (first := next((one.error for one in solved if one.error), None)):
        raise first
    files = next(one.files for one in solved if one.provinces is not None)
    rows = [{**settings, **one.row} for settings, one in found]
    table = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="run"))
    read = {**files, base.path.name: base.data}
    return Sweep(base, asked, table, pd.concat(parts, names=["run"]), read)


def _in_order(numbered: Sequence[tuple[int, LoadedStudy]], workers: int) -> list[_Solved]:
    """What came of every combination, whichever was finished first."""
    found: dict[int, _Solved] = {}
    with stage("sweep", len(numbered)) as advance:
        for one in results(_solve, numbered, workers, "sweep", "Take fewer workers."):
            found[one.number] = one
            advance()
    return [found[number] for number, _ in numbered]


def _solve(numbered: tuple[int, LoadedStudy]) -> _Solved:
    number, variant = numbered
    try:
        outcome = run(variant, ())
    except CapshareError as error:
        status = INFEASIBLE if isinstance(error, InfeasibleError) else REFUSED
        return _Solved(number, {"status": status, "reason": next(error.lines())}, error=error)
    row = {"status": SOLVED, "reason": "", **_figures(outcome)}
    return _Solved(number, row, _provinces(outcome), outcome.study.files)


def sweep_files(found: Sweep) -> Mapping[str, bytes]:
    """Files of a sweep: its tables, and what is needed to repeat it.

    Parameters
    ----------
    found : the sweep
    """
    figures = found.runs.astype(object).where(found.runs.notna(), "")
    files = {
        PROVINCES: csv_bytes(found.provinces, PROVINCES),
        RUNS: csv_bytes(figures, RUNS),
        "study.toml": tomli_w.dumps(found.base.study.settings()).encode(),
    }
    about = found.base.study.study
    axes = {axis.key: list(axis.values) for axis in found.axes}
    return with_manifest(files, study=about.name, seed=about.seed, sweep=axes, inputs=sha256(found.files))


def _loaded(study: str | Path, combined: Sequence[Mapping[str, str]]) -> list[LoadedStudy]:
    """The study of each combination; every wrong setting is told, each once."""
    loaded: list[LoadedStudy] = []
    problems: dict[Problem, None] = {}
    for settings in combined:
        try:
            loaded.append(load_study(study, [f"{key}={value}" for key, value in settings.items()]))
        except CapshareError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise CapshareError(problems)
    return loaded


def _figures(outcome: Outcome) -> dict[str, float]:
    last = outcome.in_year()
    figures = {
        "cap_mt": float(last.blocks["cap_mt"].sum()),
        "objective_1e8yuan": outcome.allocation.total.objective_1e8yuan,
    }
    if len(last.blocks) == 1:
        figures["price_yuan_per_t"] = float(last.blocks["price_yuan_per_t"].iloc[0])
    return figures


def _provinces(outcome: Outcome) -> pd.DataFrame:
    table = outcome.allocation.provinces[list(_QUOTAS)]
    cuts = outcome.targets.cuts if outcome.targets else None
    if cuts is None:
        return table
    year = outcome.years[-1]
    of_year = in_year(table, year).join(cuts[list(_CUTS)])
    return pd.concat({year: of_year}, names=["year"])
