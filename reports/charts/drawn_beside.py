"""Drawings of many charts, made by a process of their own while this one goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from capshare.base.errors import CapshareError, Problem
from capshare.reports.charts.save import in_readers_words

# A browser's engine draws them; it takes half a second to start, before the first specification is there.
_PROGRAM = (
    "import json, sys, vl_convert;"
    "vl_convert.vegalite_to_svg({'data': {'values': []}, 'mark': 'bar'});"
    "json.dump([vl_convert.vegalite_to_svg(each) for each in json.load(sys.stdin)], sys.stdout)"
)


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
    process = threads.submit(_started)

    def begin(specifications: Sequence[dict[str, Any]]) -> Callable[[], list[str]]:
        begun = threads.submit(_drawn, process, json.dumps(list(specifications)))
        threads.shutdown(wait=False)
        return lambda: [in_readers_words(svg) for svg in _result(begun)]

    return begin


def _result(begun: Future[list[str]]) -> list[str]:
    try:
        return begun.result()
    except (OSError, subprocess.CalledProcessError) as error:
        lines = str(getattr(error, "stderr", "") or error).splitlines()
        # What went wrong stands to the left; where it did, indented.
        said = next(line for line in reversed(lines) if line[:1].strip())
        remedy = "Give the run more memory: the drawing engine reserves some gigabytes of addresses."
        wanted = "a process that draws them"
        raise CapshareError(Problem("report.html", "charts", wanted, said, remedy)) from error


def _started() -> subprocess.Popen[str]:
    # Not the user's folder: a file of theirs called json.py must not be imported. Their own packages are.
    command = [sys.executable, "-P", "-X", "utf8", "-c", _PROGRAM]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")


def _drawn(started: Future[subprocess.Popen[str]], specifications: str) -> list[str]:
    process = started.result()
    told, said = process.communicate(specifications)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args, told, said)
    found: list[str] = json.loads(told)
    return found
