"""Drawings of many charts, made by a process of their own while this one goes on."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from capshare.reports.charts.engine import drawn, refused, started
from capshare.reports.charts.save import in_readers_words


def drawings_begun() -> Callable[[Sequence[dict[str, Any]]], Callable[[], list[str]]]:
    """Start the process that draws charts, each as :func:`~capshare.reports.charts.save.svg_text` does.

    Returns
    -------
    callable
        takes specifications as Vega-Lite reads them, once, and gives a callable that waits for their drawings
        in the same order

    Raises
    ------
    CapshareError
        from the last callable, where the process that draws cannot be started or does not live to the end.
    """
    threads = ThreadPoolExecutor(1, "drawings")
    process = threads.submit(started)

    def begin(specifications: Sequence[dict[str, Any]]) -> Callable[[], list[str]]:
        begun = threads.submit(_drawn, process, json.dumps(list(specifications)))
        threads.shutdown(wait=False)
        return lambda: [in_readers_words(svg) for svg in _result(begun)]

    return begin


def _drawn(process: Future[subprocess.Popen[str]], specifications: str) -> list[str]:
    return drawn(process.result(), specifications)


def _result(begun: Future[list[str]]) -> list[str]:
    try:
        return begun.result()
    except (OSError, subprocess.CalledProcessError) as error:
        raise refused(error, "report.html") from error
