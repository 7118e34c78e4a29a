"""Whether the files of a run are as it left them, in one word."""

from __future__ import annotations

from collections.abc import Mapping

from capshare.reports.folder.run_folder import RunFolder

UNCHANGED, CHANGED, UNKNOWN, UNWRITTEN = "unchanged", "changed", "unknown", "unwritten"


def files_state(run: RunFolder, changed: Mapping[str, str]) -> str:
    """Whether the files of a run are as it left them.

    Parameters
    ----------
    run : its folder
    changed : files that are not, as the folder says

    Returns
    -------
    ``changed``, ``unchanged``, or ``unknown`` where the run's version recorded no digests
    """
    if not run.recorded:
        return UNKNOWN
    return CHANGED if changed else UNCHANGED
