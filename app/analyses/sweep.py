"""A sweep: a study run for every combination of some settings, as one tidy table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from capshare.analyses.run import run
from capshare.base.errors import CapshareError, InfeasibleError, Problem
from capshare.base.progress import counted
from capshare.base.years import in_year
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.folder.tables import csv_text
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


def sweep(study: str | Path = DEFAULT, axes: Iterable[str] = ()) -> Sweep:
    """Run a study for every combination of settings.

    Parameters
    ----------
    study : a shipped study's name or the path of a study file
    axes : ``KEY=A,B,C`` or ``KEY=A:B`` each, as of :func:`~capshare.study.axes.read_axes`

    Returns
    -------
    Sweep; combinations without a solution are among its runs, with the reason

    Raises
    ------
    CapshareError
        where the study or a setting is wrong: all the settings, before anything runs; or where no
        combination has a solution, the first one's reason.
    """
    asked = read_axes(axes)
    combined = combinations(asked)
    loaded = _loaded(study, combined)
    base = load_study(study)
    runs: list[dict[str, Any]] = []
    parts: dict[int, pd.DataFrame] = {}
    files: Mapping[str, bytes] = {}
    first: CapshareError | None = None
    pairs = list(zip(combined, loaded, strict=True))
    for number, (settings, variant) in enumerate(counted("sweep", pairs), 1):
        try:
            outcome = run(variant, ())
        except CapshareError as error:
            first = first or error
            status = INFEASIBLE if isinstance(error, InfeasibleError) else REFUSED
            runs.append({**settings, "status": status, "reason": next(error.lines())})
            continue
        runs.append({**settings, "status": SOLVED, "reason": "", **_figures(outcome)})
        parts[number] = _provinces(outcome, settings)
        files = files or {**outcome.study.files, base.path.name: base.data}
    if first is not None and not parts:
        raise first
    table = pd.DataFrame(runs, index=pd.RangeIndex(1, len(runs) + 1, name="run"))
    return Sweep(base, asked, table, pd.concat(parts, names=["run"]), files)


def sweep_files(found: Sweep) -> Mapping[str, bytes]:
    """Files of a sweep: its tables, and what is needed to repeat it.

    Parameters
    ----------
    found : the sweep
    """
    figures = found.runs.astype(object).where(found.runs.notna(), "")
    files = {
        PROVINCES: csv_text(found.provinces, PROVINCES).encode(),
        RUNS: csv_text(figures, RUNS).encode(),
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


def _provinces(outcome: Outcome, settings: Mapping[str, str]) -> pd.DataFrame:
    table = outcome.allocation.provinces[list(_QUOTAS)]
    cuts = outcome.targets.cuts if outcome.targets else None
    if cuts is not None:
        year = outcome.years[-1]
        of_year = in_year(table, year).join(cuts[list(_CUTS)])
        table = pd.concat({year: of_year}, names=["year"])
    return pd.concat([pd.DataFrame(dict(settings), index=table.index), table], axis="columns")
