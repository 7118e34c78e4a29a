"""The engine that draws charts, a browser's: whether it can start here, and what it says where not."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

from capshare.base.errors import CapshareError, Problem

# It takes half a second to start, before the first specification is there.
_PROGRAM = (
    "import json, sys, vl_convert;"
    "vl_convert.vegalite_to_svg({'data': {'values': []}, 'mark': 'bar'});"
    "json.dump([vl_convert.vegalite_to_svg(each) for each in json.load(sys.stdin)], sys.stdout)"
)
# How the engine begins the line that says why it gives up.
_LAST_WORDS = "# "
_REMEDY = (
    "Give it more room: the drawing engine reserves tens of gigabytes of addresses, most of them unused "
    "(ulimit -v unlimited)."
)


def started() -> subprocess.Popen[str]:
    """A process that draws what :func:`drawn` sends it.

    Raises
    ------
    OSError
        where it cannot be started.
    """
    # Not the user's folder: a file of theirs called json.py must not be imported. Their own packages are.
    command = [sys.executable, "-P", "-X", "utf8", "-c", _PROGRAM]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")


def drawn(process: subprocess.Popen[str], specifications: str) -> list[str]:
    """Charts as SVG, drawn by a process, which ends.

    Parameters
    ----------
    process : that was started for them
    specifications : JSON of a list of them, as Vega-Lite reads them

    Raises
    ------
    subprocess.CalledProcessError
        where the process does not live to the end.
    """
    told, said = process.communicate(specifications)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args, told, said)
    found: list[str] = json.loads(told)
    return found


def refused(error: OSError | subprocess.CalledProcessError, source: str) -> CapshareError:
    """Why a process draws nothing, as a problem.

    Parameters
    ----------
    error : that it ended with
    source : what the charts are of
    """
    lines = str(getattr(error, "stderr", "") or error).splitlines()
    # What went wrong stands to the left, where it did is indented; the engine lists its calls below.
    plain = (line for line in reversed(lines) if line[:1].strip())
    said = next((line for line in lines if line.startswith(_LAST_WORDS)), None) or next(plain)
    wanted = "a process that draws them"
    return CapshareError(
        Problem(source, "charts", wanted, said.removeprefix(_LAST_WORDS).rstrip("."), _REMEDY)
    )


@cache
def require_engine() -> None:
    """Refuse to draw in this process where that would end it: the engine does so where addresses are limited.

    Raises
    ------
    CapshareError
        where a process of its own, which is tried first under a limit, does not live to the end.
    """
    if not _is_limited():
        return
    try:
        drawn(started(), "[]")
    except (OSError, subprocess.CalledProcessError) as error:
        raise refused(error, "drawing engine") from error


def _is_limited() -> bool:
    """Whether this process may not have as many addresses as it asks for."""
    try:
        import resource
    except ImportError:
        # Windows knows no such limit.
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY
