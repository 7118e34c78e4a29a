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

# A browser's engine draws them; it takes half a second to start and would hold up everything else.
_PROGRAM = (
    "import json, sys, vl_convert;"
    "json.dump([vl_convert.vegalite_to_svg(each) for each in json.load(sys.stdin)], sys.stdout)"
)


def drawings_begun(specifications: Sequence[dict[str, Any]]) -> Callable[[], list[str]]:
    """Begin to draw charts as SVG, as :func:`~capshare.reports.charts.save.svg_text` does each.

    Parameters
    ----------
    specifications : of charts, as Vega-Lite reads them

    Returns
    -------
    callable
        waits for the drawings and gives them in the order of `specifications`

    Raises
    ------
    CapshareError
        from the callable, where the process that draws cannot be started or does not live to the end.
    """
    threads = ThreadPoolExecutor(1, "drawings")
    begun = threads.submit(_drawn, json.dumps(list(specifications)))
    threads.shutdown(wait=False)

    def finished() -> list[str]:
        return [in_readers_words(svg) for svg in _result(begun)]

    return finished


def _result(begun: Future[list[str]]) -> list[str]:
    try:
        return begun.result()
    except (OSError, subprocess.CalledProcessError) as error:
        said = [*str(getattr(error, "stderr", "") or error).strip().splitlines(), "none"]
        remedy = "Give the run more memory: the drawing engine reserves some gigabytes of addresses."
        raise CapshareError(
            Problem(
                "report.html", "charts", "a process that draws them", said[-1] if said else "none", remedy
            )
        ) from error


def _drawn(specifications: str) -> list[str]:
    # Isolated from the user's folder: a file of theirs called json.py must not be imported.
    command = [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM]
    ended = subprocess.run(
        command, input=specifications, capture_output=True, check=True, encoding="utf-8"
    )  # fmt: skip
    found: list[str] = json.loads(ended.stdout)
    return found
