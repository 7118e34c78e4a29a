"""The tables that a run takes over from an ensemble of its study."""

from __future__ import annotations

from capshare.reports.folder.table import Table

ENSEMBLE = (
    Table(
        "quantiles",
        "drivers.ensemble.quantiles",
        ("code", "figure"),
        "How far draws of the uncertain inputs move each result",
        "One row per province or block and figure: quantiles over the draws of the ensemble of this study.",
        ("p05", "p25", "p50", "p75", "p95"),
    ),
    Table(
        "probabilities",
        "drivers.ensemble.probabilities",
        ("code", "event"),
        "Chances of each result",
        "One row per province and event: the part of the draws in which it came about.",
        ("probability",),
        words=("event",),
    ),
    Table(
        "same_group",
        "drivers.ensemble.same_group",
        ("code", "other"),
        "Who shares a group with whom",
        "One row per pair of provinces: the part of the draws in which they are in one group.",
        ("probability",),
        words=("other",),
    ),
    Table(
        "drivers",
        "drivers.ensemble.drivers",
        ("code", "figure", "input"),
        "What drives the spread of each result",
        "One row per province, figure and uncertain input: parts of the variance over the draws.",
        ("first_order", "total", "low", "high"),
        words=("input",),
    ),
)
