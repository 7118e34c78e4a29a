"""What all tests share: runs of the shipped studies, made once, and programs besides Python to wait for.

Tests that need a program are skipped where it is missing, and counted at the end. Where the environment
variable CAPSHARE_ALL_PROGRAMS is set, as in CI, a missing program is a failure.
"""

import functools
import os
import pickle
import shutil
import signal
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

import capshare

# A shell that starts the tests behind itself has them ignore Ctrl-C, which some of them send.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is.
settings.register_profile("capshare", deadline=None)
# Where a red run has to be of the change and not of chance: the same examples each time.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("capshare")

# Name in the mark → names of the executable, and how to get it.
PROGRAMS = {
    "glpsol": (("glpsol",), "GLPK: apt-get install glpk-utils, brew install glpk, conda install glpk"),
    "cbc": (("cbc",), "CBC: apt-get install coinor-cbc, brew install cbc, conda install coin-or-cbc"),
    "soffice": (
        ("soffice", "libreoffice"),
        "LibreOffice Calc: apt-get install libreoffice-calc-nogui, or https://www.libreoffice.org",
    ),
    "chromium": (
        ("chromium", "chromium-browser", "google-chrome"),
        "Chromium: apt-get install chromium, or https://www.chromium.org",
    ),
}
ALL_WANTED = "CAPSHARE_ALL_PROGRAMS"
# Studies for tests alone, by name as the shipped ones.
STUDIES = Path(__file__).parent / "studies"


@functools.cache
def place(program):
    """Path of a program's executable, or None where it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS[program][0])), None)


@pytest.fixture(scope="session")
def executable():
    """Path of a program by its name in the mark ``needs``."""
    return place


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Place of what a function writes to the path it gets: the first worker to ask makes it, others wait."""
    from capshare.reports.folder.writer_lock import only_writer

    base = tmp_path_factory.getbasetemp()
    base = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    base.mkdir(exist_ok=True)

    def place(name, make):
        path, part = base / name, base / f"{name}.part"
        while not path.exists():
            with ExitStack() as held:
                try:
                    held.enter_context(only_writer(path))
                except capshare.CapshareError:
                    time.sleep(0.05)
                    continue
                if not path.exists():
                    make(part)
                    part.rename(path)
        return path

    return place


@pytest.fixture(scope="session")
def computed(once):
    """Value of a function by a name of it, computed once for all workers; nobody changes it."""

    def value(name, function, *arguments):
        def make(path):
            path.write_bytes(pickle.dumps(function(*arguments)))

        return pickle.loads(once(f"{name}.pickle", make).read_bytes())

    return value


def named_study(name):
    """A shipped study by its name, or one of the tests' own."""
    own = STUDIES / f"{name}.toml"
    return own if own.exists() else name


@pytest.fixture(scope="session")
def place_of_study():
    """What loads a study by its name: the name of a shipped one, the path of one for tests alone."""
    return named_study


@pytest.fixture(scope="session")
def finished(computed, place_of_study):
    """Result of a shipped study, or of one for tests alone, by its name."""
    return functools.cache(lambda name: computed(f"result of {name}", capshare.run, place_of_study(name)))


@pytest.fixture(scope="session")
def split(computed, place_of_study):
    """Result of :func:`finished` without analyses, which take most of the time."""
    return functools.cache(lambda name: computed(f"split of {name}", capshare.run, place_of_study(name), ()))


@pytest.fixture(scope="session")
def prepared(place_of_study):
    """Inputs, scores, groups and costs of a study by its name; not how firm each cost's place is."""
    from capshare.chain.prepared import prepare

    return functools.cache(lambda name: prepare(capshare.load_study(place_of_study(name)), bootstrap=False))


@pytest.fixture(scope="session")
def left_behind(finished, once):
    """Folder that a run of a shipped study leaves behind, by the study's name; to change it, copy it."""
    return lambda name: once(name, lambda path: capshare.write(finished(name), path))


@pytest.fixture(scope="session")
def tables_left(finished, once):
    """The folder of :func:`left_behind` with an empty workbook and page, which take most of the time."""

    def written(name):
        def make(path):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("capshare.reports.folder.write.workbook_bytes", lambda result, lang, unit: b"")
                patch.setattr("capshare.reports.folder.write.report_html", lambda result, lang: "")
                capshare.write(finished(name), path)

        return once(f"tables of {name}", make)

    return written


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    needed = {program for mark in item.iter_markers("needs") for program in mark.args}
    missing = sorted(program for program in needed if place(program) is None)
    if not missing:
        return
    if os.environ.get(ALL_WANTED):
        how = "; ".join(PROGRAMS[program][1] for program in missing)
        pytest.fail(f"{ALL_WANTED} is set and {', '.join(missing)} is missing. {how}", pytrace=False)
    # Unlike the reason, properties reach the summary as they are, from the workers of xdist too.
    item.user_properties += [("waits for", program) for program in missing]
    pytest.skip(f"needs {', '.join(missing)}")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    waiting = Counter(
        program for report in skipped for name, program in report.user_properties if name == "waits for"
    )
    if waiting:
        terminalreporter.section("tests that wait for a program")
    for program, count in sorted(waiting.items()):
        tests = "test waits" if count == 1 else "tests wait"
        terminalreporter.line(f"{count} {tests} for {program}. {PROGRAMS[program][1]}")
