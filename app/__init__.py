"""capshare: split a national CO2 cap across provinces, price every rule, rank reduction potential."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from capshare.analyses.from_workbook.run_from import run_from
    from capshare.analyses.read_run import read_run
    from capshare.analyses.run import run
    from capshare.base.errors import CapshareError, InfeasibleError, Problem
    from capshare.base.notes import Note
    from capshare.indicators.dataset.data_package import load_dataset
    from capshare.model.outcome.outcome import Outcome
    from capshare.reports.folder.write import write
    from capshare.reports.words.notes import notes_in_words
    from capshare.study.reading import load_study, shipped_studies

    __version__: str

# Imported on first use: pandas, Pyomo and altair take seconds that `capshare --help` need not wait.
_HOME = {
    "CapshareError": "base.errors",
    "InfeasibleError": "base.errors",
    "Note": "base.notes",
    "Outcome": "model.outcome.outcome",
    "Problem": "base.errors",
    "load_dataset": "indicators.dataset.data_package",
    "load_study": "study.reading",
    "notes_in_words": "reports.words.notes",
    "read_run": "analyses.read_run",
    "run": "analyses.run",
    "run_from": "analyses.from_workbook.run_from",
    "shipped_studies": "study.reading",
    "write": "reports.folder.write",
}

__all__ = [
    "CapshareError",
    "InfeasibleError",
    "Note",
    "Outcome",
    "Problem",
    "load_dataset",
    "load_study",
    "notes_in_words",
    "read_run",
    "run",
    "run_from",
    "shipped_studies",
    "write",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOME:
        raise AttributeError(f"module 'capshare' has no attribute {name!r}")
    return getattr(import_module(f"capshare.{_HOME[name]}"), name)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("capshare")
    except PackageNotFoundError:
        return "0+source"


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
