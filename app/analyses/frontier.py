"""The equity frontier of a study: what staying close to entitlements costs, as files."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.base.conventions import following
from capshare.base.errors import CapshareError, Problem
from capshare.chain.from_inputs import solver_limits
from capshare.chain.infeasible import explained
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.indicators.dataset.sizes import size_of
from capshare.model.allocation.frontier import equity_frontier
from capshare.reports.charts.frontier import frontier_chart
from capshare.reports.charts.origin import study_line
from capshare.reports.charts.save import image
from capshare.reports.charts.theme import sign
from capshare.reports.folder.as_written import in_amounts
from capshare.reports.folder.manifest import sha256, with_manifest
from capshare.reports.folder.study_file import study_toml
from capshare.reports.folder.tables import csv_bytes
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.solvers.guard import within
from capshare.study.reading import LoadedStudy, load_study, shipped_studies
from capshare.study.words import told_in_study_words

POPULATION = "population_1e4"


@told_in_study_words
def frontier(loaded: LoadedStudy, largest: float = 1.0) -> tuple[PreparedStudy, pd.DataFrame]:
    """The study's frontier in its last year.

    Parameters
    ----------
    loaded : a study and its file
    largest : last T looked at

    Returns
    -------
    the study's chain, and a DataFrame as of :func:`capshare.model.allocation.frontier.equity_frontier`

    Raises
    ------
    CapshareError
        where the study is wrong, sets targets (its distances are points of a cut, not a share of quotas), or
        its dataset has no population to measure equality by.
    InfeasibleError
        where the rules contradict each other at T = 0, where the frontier starts.
    """
    if loaded.study.targets is not None:
        raise CapshareError(
            Problem(loaded.path.name, "targets", "a study of quotas, whose distance is a share of them",
                    "one of targets, whose distance is in points of a cut",
                    f"Name one of quotas, as {', '.join(_of_quotas())} are; or change "
                    "targets.distance_points, run again, and compare the runs.")
        )  # fmt: skip
    with within(solver_limits(loaded.study)):
        found = prepare(loaded)
        return found, frontier_of(found, largest)


def frontier_of(found: PreparedStudy, largest: float = 1.0) -> pd.DataFrame:
    """The frontier of a study that is prepared already.

    Parameters
    ----------
    found : the chain of a study of quotas
    largest : last T looked at

    Raises
    ------
    CapshareError, InfeasibleError
        as :func:`frontier`
    """
    # Equality of quotas is measured per head.
    population = size_of(found.inputs.dataset, POPULATION)
    # The frontier starts at T = 0, whatever the study's T: that is what has to have a solution.
    start = {"allocation": found.study.allocation.model_copy(update={"max_deviation": 0.0})}
    strictest = found.with_study(found.study.model_copy(update=start), found.inputs)
    with explained(strictest, fixed=["max_deviation"]):
        return _in_amounts(found, equity_frontier(found.data(), population, largest, found.engine.options))


def _in_amounts(found: PreparedStudy, points: pd.DataFrame) -> pd.DataFrame:
    return in_amounts(points, found.inputs.dataset.facts.conventions.per_inside)


def _of_quotas() -> list[str]:
    """Shipped studies that have a frontier."""
    return [name for name in shipped_studies() if load_study(name).study.targets is None]


def frontier_files(
    found: PreparedStudy, table: pd.DataFrame, lang: str = DEFAULT_LANGUAGE
) -> Mapping[str, bytes]:
    """Files of a frontier: table, chart, and what is needed to repeat it.

    Parameters
    ----------
    found : the study of the frontier
    table : its points, as ``frontier.csv`` holds them
    lang : of the chart
    """
    those = found.inputs.dataset.facts.conventions
    with following(those):
        chart = frontier_chart(table, lang)
        named, year = found.study.study, found.inputs.years[-1]
        sign(chart, study_line(named.name, year, named.dataset, found.inputs.files, lang))
        files = {
            "frontier.csv": csv_bytes(table.rename(columns=those.outward), "frontier.csv"),
            "frontier.svg": image(chart, "svg"),
            "frontier.png": image(chart, "png"),
            "study.toml": study_toml(found.study.settings(), those),
        }
    inputs = sha256(found.inputs.files)
    return with_manifest(files, study=named.name, seed=named.seed, inputs=inputs)
