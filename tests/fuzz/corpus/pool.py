"""Cases tried in processes of their own, each within a limit of time and memory."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Of the processor, so that a busy machine changes nothing; a case that waits for something is ended.
SECONDS, MB, WAIT = 60.0, 1024, 180.0


class Worker:
    """A process that tries cases of a kind, started anew where a case ended it."""

    def __init__(self, kind):
        self.kind, self.process = kind, None

    def __call__(self, number):
        """How a case ended."""
        if self.process is None or self.process.poll() is not None:
            self._start()
        stop = threading.Timer(WAIT, self.process.kill)
        stop.start()
        try:
            self.process.stdin.write(f"{number}\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        finally:
            stop.cancel()
        if not line:
            code = self.process.wait()
            ended = {"ended": "killed", "text": f"no answer in {WAIT:g} s, or the process died: {code}"}
            return {"number": number, **ended, "seconds": WAIT, "peak_mb": 0.0}
        answer = json.loads(line)
        if answer["peak_mb"] > MB:
            self.close()
        return answer

    def _start(self):
        path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "corpus", self.kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path},
            cwd=tempfile.gettempdir(),
        )

    def close(self):
        """End the process."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
            self.process = None


def answers(kind, numbers, workers):
    """How cases ended, in the order of their numbers."""
    numbers = list(numbers)

    def some(part):
        worker = Worker(kind)
        try:
            return [worker(number) for number in part]
        finally:
            worker.close()

    with ThreadPoolExecutor(workers) as pool:
        parts = pool.map(some, (numbers[start::workers] for start in range(workers)))
        return sorted((answer for part in parts for answer in part), key=lambda answer: answer["number"])


def faults(found):
    """What is wrong with how cases ended, one text each."""
    wrong = []
    for answer in found:
        head = f"case {answer['number']}, {answer['seconds']:.1f} s, {answer['peak_mb']:.0f} MB"
        if answer["ended"] in ("fault", "killed"):
            wrong.append(f"{head}: {answer['text']}")
        elif answer["seconds"] > SECONDS or answer["peak_mb"] > MB:
            wrong.append(f"{head}: more than {SECONDS:g} s or {MB} MB")
    return wrong
