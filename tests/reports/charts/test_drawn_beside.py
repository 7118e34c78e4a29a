import subprocess
import sys

import pytest

from capshare.base.errors import CapshareError
from capshare.reports.charts.drawn_beside import drawings_begun
from capshare.reports.charts.engine import refused
from capshare.reports.charts.save import svg_text

BARS = {"data": {"values": [{"a": 1}, {"a": 3}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
POINTS = {**BARS, "mark": "point"}


def test_drawings_are_those_of_this_process_in_their_order():
    begun = drawings_begun()([BARS, POINTS])
    assert begun() == [svg_text(BARS), svg_text(POINTS)]


def test_what_cannot_be_drawn_is_an_error_that_says_so():
    with pytest.raises(CapshareError, match=r"report\.html, charts: .*found TypeError: "):
        drawings_begun()([{"mark": 7}])()


def test_without_a_process_there_is_one_message(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(CapshareError, match=r"a process that draws them; found .*No such file"):
        drawings_begun()([BARS])()


# What the engine left in a process that may have 8 GB of addresses, shortened.
LAST_WORDS = """

#
# Fatal process out of memory: Oilpan: CagedHeap reservation.
#
==== C stack trace ===============================

    /lib/x86_64-linux-gnu/libc.so.6(+0x891f5) [0x7f273aea71f5]
"""


def test_the_engine_s_last_words_are_told_and_not_its_calls():
    ended = refused(subprocess.CalledProcessError(-5, "python", "", LAST_WORDS), "report.html")
    assert "found Fatal process out of memory: Oilpan: CagedHeap reservation. Give it more room" in str(ended)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold the limit")
def test_too_few_addresses_are_a_problem_and_do_not_end_the_process():
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33))\n"
        "from capshare import CapshareError\n"
        "from capshare.reports.charts.save import svg_text\n"
        "try: svg_text({'data': {'values': []}, 'mark': 'bar'})\n"
        "except CapshareError as error: print(error)\n"
    )
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "drawing engine, charts: expected a process that draws them; found Fatal process" in ended.stdout
