"""capshare: split a national CO2 cap across provinces, price every rule, rank reduction potential."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from capshare.analyses.read_run import read_run
    from capshare.analyses.run import run
    from capshare.base.errors import CapshareError, CapshareWarning, InfeasibleError, Problem
    from capshare.indicators.dataset.data_package import load_dataset
    from capshare.model.outcome.outcome import Outcome
    from capshare.reports.folder.write import write
    from capshare.study.reading import load_study, shipped_studies

try:
    __version__ = version("capshare")
except PackageNotFoundError:
    __version__ = "0+source"

# Imported on first use: pandas, Pyomo and scikit-learn take seconds that `capshare --help` need not wait.
_HOME = {
    "CapshareError": "base.errors",
    "CapshareWarning": "base.errors",
    "InfeasibleError": "base.errors",
    "Outcome": "model.outcome.outcome",
    "Problem": "base.errors",
    "load_dataset": "indicators.dataset.data_package",
    "load_study": "study.reading",
    "read_run": "analyses.read_run",
    "run": "analyses.run",
    "shipped_studies": "study.reading",
    "write": "reports.folder.write",
}

__all__ = [
    "CapshareError",
    "CapshareWarning",
    "InfeasibleError",
    "Outcome",
    "Problem",
    "load_dataset",
    "load_study",
    "read_run",
    "run",
    "shipped_studies",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'capshare' has no attribute {name!r}")
    return getattr(import_module(f"capshare.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
