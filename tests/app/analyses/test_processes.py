"""The same function of many items, in one process or several."""

import os
import signal
import sys

import pytest

from capshare.analyses.processes import results
from capshare.base.errors import CapshareError


def test_one_process_computes_one_after_the_other():
    made = results(lambda item: (os.getpid(), item * item), [1, 2, 3], 1, "sweep", "Take fewer workers.")
    assert list(made) == [(os.getpid(), 1), (os.getpid(), 4), (os.getpid(), 9)]


def test_one_item_needs_no_other_process():
    assert list(results(lambda _: os.getpid(), ["alone"], 4, "sweep", "")) == [os.getpid()]


def test_without_joblib_several_are_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "joblib", None)
    with pytest.raises(CapshareError, match=r"sweep, --workers: .*joblib.*capshare\[ensemble\]"):
        list(results(str, [1, 2], 2, "sweep", ""))


@pytest.mark.slow
def test_a_process_that_dies_is_told():
    # Inside the test, so that it is sent by value: a process of the pool need not find the tests.
    def die(item):
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(CapshareError, match=r"sweep, --workers: .* one that ended.*Take fewer workers"):
        list(results(die, [1, 2, 3], 2, "sweep", "Take fewer workers."))
