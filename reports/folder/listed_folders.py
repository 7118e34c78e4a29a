"""The folders of runs and benchmarks in a folder, sound or damaged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capshare.base.errors import CapshareError, Problem
from capshare.base.file_bytes import is_folder
from capshare.reports.folder.benchmark_folder import is_benchmark, read_benchmark
from capshare.reports.folder.run_folder import RunFolder, is_run, read_run


@dataclass(frozen=True)
class DamagedRun:
    """A folder that looks like that of a run or a benchmark and cannot be read as one.

    Attributes
    ----------
    path : of the folder
    error : what is wrong with it
    """

    path: Path
    error: CapshareError


def runs_in(folder: Path) -> tuple[RunFolder | DamagedRun, ...]:
    """The runs and benchmarks in a folder: itself, or the folders in it, sorted by name.

    Parameters
    ----------
    folder : a run's or benchmark's folder, or one that holds such

    Raises
    ------
    CapshareError
        where there is no such folder
    """
    if not is_folder(folder):
        raise CapshareError(
            Problem("folder of runs", str(folder), "a folder", "none", "Name the folder that holds the runs.")
        )
    itself = is_run(folder) or is_benchmark(folder)
    places = [folder] if itself else sorted(path for path in folder.iterdir() if is_folder(path))
    # Hidden folders are what a run in progress, or one that was killed, keeps beside its target.
    shown = [place for place in places if not place.name.startswith(".")]
    return tuple(_run_or_damage(place) for place in shown if is_run(place) or is_benchmark(place))


def _run_or_damage(folder: Path) -> RunFolder | DamagedRun:
    try:
        return read_benchmark(folder) if is_benchmark(folder) else read_run(folder)
    except CapshareError as error:
        return DamagedRun(folder, error)
