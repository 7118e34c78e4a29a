import functools
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

import capshare
from capshare.model.outcome.outcome import Outcome
from capshare.reports.workbook.book import builder
from capshare.reports.workbook.packed import packed


@pytest.fixture(scope="session")
def base(finished) -> Outcome:
    return finished("tian-lin-2021-t20")


@pytest.fixture(scope="session")
def states(finished) -> Outcome:
    """The study of another country, in euros."""
    return finished("eu-2030")


@pytest.fixture(scope="session")
def path(finished) -> Outcome:
    return finished("china-2035")


@pytest.fixture(scope="session")
def pledge(finished) -> Outcome:
    return finished("pledge-2021")


@pytest.fixture(scope="session")
def given(finished) -> Outcome:
    return finished("tian-lin-2021-given")


ISLES = Path(__file__).parents[1] / "targets"


@pytest.fixture(scope="session")
def plan(finished) -> Outcome:
    return finished("china-15fyp")


@pytest.fixture(scope="session")
def tiers(computed) -> Outcome:
    """Six islands that are given one cut per tier, in one year."""
    return computed("islands with one cut per tier", capshare.run, ISLES / "isles-cut.toml")


@pytest.fixture(scope="session")
def changed_isles(computed, tmp_path_factory):
    """A run of the islands with other texts in their study file."""

    def run(name, *changes):
        folder = shutil.copytree(ISLES, tmp_path_factory.mktemp("given") / "isles")
        study = folder / "isles-cut.toml"
        text = study.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        study.write_text(text, encoding="utf-8")
        return computed(name, capshare.run, study)

    return run


@pytest.fixture(scope="session")
def tiers_in_years(changed_isles) -> Outcome:
    """Years of which the plan states the last alone; no limit on the distance."""
    return changed_isles(
        "islands with one cut per tier in years",
        ("years = [2022]", "years = [2019, 2020, 2022]"),
        ("cut_pct = 17.0", "cut_pct = 17.0\nfirst_year_cut_pct = 3.0"),
        ("distance_points = 3.0", "distance_points = inf"),
        ("max_share = 0.3525", "max_share = 0.3556"),
    )


@pytest.fixture(scope="session")
def smoothed(changed_isles) -> Outcome:
    """Years tied by limits on yearly change, one of which has a price, and cuts that tiers do not bind."""
    return changed_isles(
        "islands with limits on yearly change",
        ("years = [2022]", "years = [2018, 2019, 2022]"),
        ("cut_pct = 17.0", "cut_pct = 17.0\nfirst_year_cut_pct = 4.0"),
        ("distance_points = 3.0", "distance_points = 4.0"),
        ('tiers = "bind"', 'tiers = "guide"'),
        ("trade_limit = 0.05", "trade_limit = 0.0"),
        ("max_share = 0.3525", "max_share = 0.4"),
        ("[prices]", "[smoothing]\nmax_yearly_change = 0.02892\n[prices]"),
    )


@pytest.fixture(scope="session")
def drawn_plan(plan, drawn) -> Outcome:
    """The plan with an ensemble beside it."""
    return drawn(plan)


@pytest.fixture(scope="session")
def drawn_base(base, drawn) -> Outcome:
    """A study of quotas with an ensemble beside it."""
    return drawn(base)


@pytest.fixture(scope="session")
def built(request):
    """Builder of the workbook of a study by the name of its fixture; made once, so nobody changes it."""
    return functools.cache(lambda study, *asked: builder(request.getfixturevalue(study), *asked))


@pytest.fixture(scope="session")
def packed_book(built):
    """The file of :func:`built`."""
    return functools.cache(lambda study, *asked: packed(built(study, *asked).book))


@pytest.fixture(scope="session")
def opened_book(packed_book):
    """The workbook of :func:`built` as openpyxl reads it, to be read alone."""
    return functools.cache(lambda study, *asked: load_workbook(io.BytesIO(packed_book(study, *asked))))


@pytest.fixture(scope="session")
def office(tmp_path_factory, executable):
    """Recalculates one workbook, or several in one start of the program; gives the place of the last."""
    program = executable("soffice")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def recalculate(source, target="xlsx", others=()):
        out = source.parent / "computed"
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
        files = [*others, source]
        subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True, timeout=300)
        return out / f"{source.stem}.{target}"

    return recalculate
