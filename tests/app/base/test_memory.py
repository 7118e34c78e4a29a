import subprocess
import sys

import pytest

from capshare.base.memory import give_back_memory

# What the process holds, Mb, after 40 arrays of 8 MB were freed below one that is still held.
_PROGRAM = """
import numpy as np
from capshare.base.memory import give_back_memory

def held():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

# The first array that is freed makes the library keep those that are no larger.
large = np.ones(4_000_000)
del large
arrays = [np.ones(1_000_000) for _ in range(40)]
last = np.ones(1_000_000)
del arrays
before = held()
give_back_memory()
print(before - held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there does a library keep what is free")
def test_what_is_free_is_given_back():
    told = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert float(told.stdout) > 100


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_nothing_happens(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("ctypes.CDLL", None)
    give_back_memory()
