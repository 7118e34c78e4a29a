"""Verifying any folder that this program wrote and can make again: that of a run, or of a benchmark."""

from __future__ import annotations

from pathlib import Path

from capshare.analyses.facilities.run_benchmark import verify_benchmark
from capshare.analyses.verify import verify as verify_run
from capshare.base.errors import CapshareError
from capshare.reports.folder.benchmark_folder import is_benchmark
from capshare.reports.folder.files import listed
from capshare.reports.folder.verification import Verification


def verified(folder: Path) -> Verification:
    """Make a run or a benchmark again from its folder alone, and compare every file.

    Parameters
    ----------
    folder : that ``capshare run`` or ``capshare benchmark`` wrote

    Raises
    ------
    CapshareError
        where it is neither, or can no longer be made again
    """
    return verify_benchmark(folder) if is_benchmark(folder) else verify_run(folder)


def verified_state(folder: Path) -> tuple[str, str]:
    """Whether a folder verifies, and what does not agree or keeps it from being made again.

    Parameters
    ----------
    folder : of a run or a benchmark
    """
    try:
        found = verified(folder)
    except CapshareError as error:
        return "NOT verified", str(error.problems[0])
    bad = tuple(file.name for file in found.files if not file.agrees)
    return "NOT verified" if bad else "verified", listed(bad)
