"""The tables of what decides a split: cost curves, other caps, constraints, free quotas, choices."""

from __future__ import annotations

from capshare.reports.folder.table import Table

DRIVERS = (
    Table(
        "costs_compared",
        "drivers.curves.quotas",
        ("curve", "year", "code"),
        "The split under several cost curves",
        "One row per curve and province: what the last year's split would be; the run's own curve first.",
        ("quota_mt", "cut_pct", "abatement_mt", "value_yuan_per_t", "fragile"),
    ),
    Table(
        "curve_prices",
        "drivers.curves.prices",
        ("curve", "year", "group"),
        "Price of the cap under several cost curves",
        "One row per curve and block: price of its cap, cost, and quotas moved against the run's own curve.",
        ("price_yuan_per_t", "cost_1e8yuan", "moved_mt"),
    ),
    Table(
        "cap_curve",
        "drivers.cap_curve",
        ("group", "cap_mt"),
        "Cost and price of other caps",
        "One row per cap at which the price changes: cost of all blocks, price below and above it.",
        ("cost_1e8yuan", "price_low_yuan_per_t", "price_high_yuan_per_t"),
    ),
    Table(
        "constraint_costs",
        "drivers.constraint_costs",
        ("constraint",),
        "What each constraint costs",
        "One row per kind of constraint: what the last year's split would save without it.",
        ("cost_1e8yuan",),
    ),
    Table(
        "quota_ranges",
        "drivers.quota_ranges",
        ("code",),
        "How far quotas are free",
        "One row per province: the quotas of the last year that it could have at the same cost.",
        ("quota_low_mt", "quota_high_mt"),
    ),
    Table(
        "sensitivity_ranges",
        "drivers.sensitivity.ranges",
        ("code",),
        "How sure each result is",
        "One row per province: between what its result moves when one choice at a time is made otherwise.",
        ("name_en", "name_zh"),
        words=("driver",),
    ),
    Table(
        "sensitivity",
        "drivers.sensitivity.provinces",
        ("choice", "side", "value", "code"),
        "What each choice changes",
        "One row per choice, side and province: the last year's result with this one choice made otherwise.",
        ("quota_mt", "cut_pct"),
        words=("choice", "side", "value"),
    ),
    Table(
        "sensitivity_nation",
        "drivers.sensitivity.nation",
        ("choice", "side"),
        "What each choice moves",
        "One row per choice and side: how much other provinces get than in the run, price and cost.",
        ("value", "key", "status", "moved_mt", "price_yuan_per_t", "cost_1e8yuan", "reason"),
        blanks=True,
        words=("choice", "side", "value", "key", "reason"),
    ),
)
