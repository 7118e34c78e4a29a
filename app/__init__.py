"""capshare: split a national CO2 cap across provinces, price every rule, rank reduction potential."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from capshare.errors import CapshareError, CapshareWarning, InfeasibleError, Problem
    from capshare.indicators.datapackage import load_dataset
    from capshare.model.result import Result
    from capshare.pipeline import run
    from capshare.reports.folder import write
    from capshare.study_file import load_study, shipped_studies

try:
    __version__ = version("capshare")
except PackageNotFoundError:
    __version__ = "0+source"

# Imported on first use: pandas, Pyomo and scikit-learn take seconds that `capshare --help` need not wait.
_HOME = {
    "CapshareError": "errors",
    "CapshareWarning": "errors",
    "InfeasibleError": "errors",
    "Problem": "errors",
    "Result": "model.result",
    "load_dataset": "indicators.datapackage",
    "load_study": "study_file",
    "run": "pipeline",
    "shipped_studies": "study_file",
    "write": "reports.folder",
}

__all__ = [
    "CapshareError",
    "CapshareWarning",
    "InfeasibleError",
    "Problem",
    "Result",
    "load_dataset",
    "load_study",
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
