"""Try cases of the corpus, one per line of standard input, and answer each with a line of JSON.

By hand, from the repository::

    echo 17 | PYTHONPATH=tests/fuzz python -m corpus studies
"""

import json
import os
import resource
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

from capshare.base.errors import InfeasibleError
from capshare.reports.folder.write import write
from capshare.reports.workbook.book import workbook_bytes
from corpus import facility_outcome
from corpus.cases import case
from corpus.outcome import outcome, require_either, require_read_back

# Ends a case that would take the machine with it; what a case may take is the test's to say.
STOP_BYTES = 4 << 30


def tried(kind, number):
    """How a case ended, and what is wrong with that."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            error = error_of(kind, number, folder)
        except Exception:
            return "fault", traceback.format_exc()
    if error is None:
        return "result", None
    return "infeasible" if isinstance(error, InfeasibleError) else "problems", str(error)


def error_of(kind, number, folder):
    """The error that a case ends with, None where it has a result; what is wrong with either is raised."""
    made = case(kind, number)
    study = made.save(folder)
    if kind == "facilities":
        return facility_outcome.tried(folder)[1]
    result, error = outcome(study)
    require_either(result, error)
    lang = ("en", "zh")[number % 2]
    if result is not None and made.written:
        require_read_back(write(result, Path(folder, "run"), lang=lang))
    elif result is not None:
        # Formulas are where choices meet; drawing the charts of a page takes longer than all else.
        workbook_bytes(result, lang)
    return error


def peak_mb():
    """The most memory this process ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells on Linux includes the process that started this one, until it was this one.
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    in_mb = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / in_mb


def main():
    # Whatever a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # Of what is written to: the JavaScript that draws charts only reserves more addresses than that.
    resource.setrlimit(resource.RLIMIT_DATA, (STOP_BYTES, STOP_BYTES))
    for line in sys.stdin:
        start = time.process_time()
        ended, text = tried(sys.argv[1], int(line))
        answer = {
            "number": int(line),
            "ended": ended,
            "text": text,
            "seconds": time.process_time() - start,
            "peak_mb": peak_mb(),
        }
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
