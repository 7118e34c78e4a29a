"""The equity frontier of a study: what staying close to entitlements costs, as files."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd
import tomli_w

from capshare.base.errors import CapshareError, Problem
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.model.allocation.frontier import equity_frontier
from capshare.reports.charts.frontier import frontier_chart
from capshare.reports.charts.save import image
from capshare.reports.folder.manifest import input_copies, versions
from capshare.reports.folder.tables import csv_text
from capshare.reports.folder.write import sha256
from capshare.study.reading import LoadedStudy

POPULATION = "population_1e4"


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
        where the study is wrong, or its dataset has no population to measure equality by.
    """
    found = prepare(loaded)
    table = found.inputs.dataset.table
    if POPULATION not in table:
        raise CapshareError(
            Problem(f"dataset {found.inputs.dataset.name}", "", f"a column {POPULATION}", "none",
                    "Add it: equality of quotas is measured per head.")
        )  # fmt: skip
    return found, equity_frontier(found.data(), table[POPULATION], largest, found.engine.options)


def frontier_files(found: PreparedStudy, table: pd.DataFrame) -> Mapping[str, bytes]:
    """Files of a frontier: table, chart, and what is needed to repeat it."""
    inputs = {found.path.name: found.path, **found.inputs.dataset.files}
    manifest = {
        "study": found.study.study.name,
        "seed": found.study.study.seed,
        "inputs": sha256(input_copies(inputs)),
        "versions": versions(),
    }
    chart = frontier_chart(table)
    return {
        "frontier.csv": csv_text(table, "frontier.csv").encode(),
        "frontier.svg": image(chart, "svg"),
        "frontier.png": image(chart, "png"),
        "study.toml": tomli_w.dumps(found.study.settings()).encode(),
        "manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode(),
    }
