"""Which CSV files a run leaves behind, from which frame of its outcome, and how a frame becomes text."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import YEAR, has_years
from capshare.model.outcome.outcome import Outcome

_ONE_SIDED_PRICES = ("price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt")
# Theil's L has no bound where a rule leaves someone without quota.
_UNBOUNDED = ("ceiling_mt", *_ONE_SIDED_PRICES[2:], "theil_l_per_head", "theil_l_per_gdp")


@dataclass(frozen=True)
class Table:
    """One table of a run.

    Attributes
    ----------
    name : of the CSV file
    place : of its frame in :class:`~capshare.model.outcome.outcome.Outcome`, from part to part
    title : its heading for people
    meaning : what one row is, one sentence
    columns : order of the columns after the index; others follow in the frame's own order
    """

    name: str
    place: str
    title: str
    meaning: str
    columns: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name}.csv"

    def frame(self, outcome: Outcome) -> pd.DataFrame | None:
        """Its frame with all years; None where the outcome lacks it, or a part that it is of."""
        found: Any = outcome
        for part in self.place.split("."):
            found = None if found is None else getattr(found, part)
        frame: pd.DataFrame | None = found
        return frame


_PROVINCE_COLUMNS = (
    "name_en name_zh group score entitlement_mt emissions_mt floor_mt ceiling_mt quota_mt quota_share "
    "balance_mt balance_class cause intensity_cut_pct abatement_mt purchase_mt sale_mt uncovered_mt "
    "cost_1e8yuan penalty_1e8yuan value_yuan_per_t"
)
_GROUP_COLUMNS = "members cap_mt cap_share price_yuan_per_t price_low_yuan_per_t price_high_yuan_per_t"

TABLES = (
    Table(
        "cap",
        "cap.path",
        "National cap",
        "One row per year: the emissions allowed to all provinces together.",
        ("cap_mt",),
    ),
    Table(
        "cap_starts",
        "cap.starts",
        "The cap from the other starting point",
        "One row per starting point and year: the same pledges from another start.",
        ("cap_mt", "difference_mt", "difference_pct"),
    ),
    Table(
        "years",
        "cap.years",
        "Year by year",
        "One row per year: sums, prices and how many provinces are at a bound.",
    ),
    Table(
        "weights",
        "weights.table",
        "Indicator weights",
        "One row per indicator: how much it counts in the score that shares out the cap.",
        ("principle", "direction", "entropy", "weight"),
    ),
    Table(
        "normalised",
        "weights.normalised",
        "Normalised indicators",
        "One row per province: each indicator on a scale from 0 to 1, where 1 earns the most quota.",
    ),
    Table(
        "groups",
        "allocation.blocks",
        "Groups and the price of their caps",
        "One row per group: its cap, and what one tonne more (next) or less (last) of it is worth.",
        tuple(_GROUP_COLUMNS.split()),
    ),
    Table(
        "provinces",
        "allocation.provinces",
        "Provinces: quota, balance and cost",
        "One row per province: what it gets, what it emits, and what the difference costs it.",
        tuple(_PROVINCE_COLUMNS.split()),
    ),
    Table(
        "prices",
        "prices",
        "Prices of the constraints",
        "One row per constraint: what easing it by one tonne would save; zero where it does not bind.",
        ("price_yuan_per_t", "binding"),
    ),
    Table(
        "contributions",
        "allocation.contributions",
        "Contributions to the prices of the caps",
        "One row per province: its part of the price of its block's cap; not the permit price.",
    ),
    Table(
        "grouping",
        "groups.loss",
        "What grouping changed",
        "One row per province: entitlement and quota with groups, and with one national block instead.",
    ),
    Table(
        "group_choice",
        "groups.firmness.choice",
        "How many groups",
        "One row per number of groups: how well the provinces fall into so many.",
        ("inertia", "silhouette", "calinski_harabasz", "gap", "gap_rise", "gap_se", "asked"),
    ),
    Table(
        "group_stability",
        "groups.firmness.stability",
        "How firm the groups are",
        "One row per province: how often it stays with its group when provinces or indicators vary.",
        ("group", "members", "stability_resampling", "stability_noise", "group_jaccard"),
    ),
    Table(
        "abatement_steps",
        "allocation.steps",
        "Abatement cost steps",
        "One row per province and step: how much can be cut, and at which cost.",
        ("size_mt", "cost_yuan_per_t"),
    ),
    Table(
        "marginal_costs",
        "costs.marginal",
        "Marginal abatement costs",
        "One row per province: inefficiency, price at zero cut, its slope, firmness of its rank.",
    ),
    Table(
        "cost_curves",
        "costs.curves",
        "Levels of the cost curves",
        "One row per curve: its level before anchoring, against the anchor; no level is the right one.",
    ),
    Table(
        "intensity_targets",
        "targets.intensity",
        "Intensity that each quota implies",
        "One row per province: carbon intensity, its cut, and the pace that the 13th plan asked for.",
    ),
    Table(
        "market",
        "market.provinces",
        "The market after the allocation",
        "One row per province: abatement, trade and gain at one clearing price, purchases not limited.",
    ),
    Table(
        "market_years",
        "market.years",
        "Clearing price and gains",
        "One row per year: the price that clears the market, what is traded and what trade saves.",
    ),
    Table(
        "balance_values",
        "market.balance_values",
        "Value of the balances at named prices",
        "One row per province: what the last year's balance is worth at each carbon price.",
    ),
    Table(
        "potential",
        "potential.ranking",
        "Reduction potential of the provinces in deficit",
        "One row per province in deficit: its ability to cut emissions, relative to the others.",
        ("name_en", "name_zh", "score", "rank", "tier"),
    ),
    Table(
        "published",
        "published.table",
        "This run beside the published table",
        "One row per province: quota, class and group of this run and of the published study.",
        ("quota_mt", "published_quota_mt", "balance_class", "published_balance_class"),
    ),
    Table(
        "agreement",
        "published.agreement",
        "Distance to the published table",
        "One row per figure: how far this run is from the published results.",
        ("value", "unit", "meaning"),
    ),
    Table(
        "within_rules",
        "published.within",
        "Rules inside groups, side by side",
        "One row per rule: how it would reproduce the published classes; none of them is the rule.",
    ),
    Table(
        "comparison",
        "comparison.quotas",
        "The cap under every rule",
        "One row per rule and province: the last year's quota by the rule, by this run, and as published.",
        ("quota_mt",),
    ),
    Table(
        "fairness",
        "comparison.fairness",
        "Fairness and cost of every rule",
        "One row per rule: how equal its quotas are, who is cut most, what it costs with and without trade.",
    ),
    Table(
        "principle_mix",
        "comparison.mix.weights",
        "The mixture of rules that comes closest",
        "One row per rule: its weight in the mixture closest to the published table, or else to this run.",
        ("weight",),
    ),
    Table(
        "mix_residual",
        "comparison.mix.residual",
        "What no mixture of rules explains",
        "One row per province: the quota explained, the mixture, and what is left over.",
        ("quota_mt", "mix_mt", "residual_mt"),
    ),
)


def tables(outcome: Outcome) -> dict[Table, pd.DataFrame]:
    """The tables that an outcome has, in the order of the chain, columns in their documented order.

    A table of a run of one year does not say the year.

    Parameters
    ----------
    outcome : of a run

    Returns
    -------
    dict of Table to DataFrame; a frame that is None is left out
    """
    frames = {table: table.frame(outcome) for table in TABLES}
    one = len(outcome.years) == 1
    return {
        table: _ordered(_without_year(frame) if one else frame, table.columns)
        for table, frame in frames.items()
        if frame is not None
    }


def _without_year(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.droplevel(YEAR) if has_years(frame) else frame


def _ordered(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    known = [column for column in columns if column in frame.columns]
    return frame[[*known, *(column for column in frame.columns if column not in known)]]


def csv_text(frame: pd.DataFrame, source: str = "table") -> str:
    r"""The frame as CSV: comma, ``\n``, index first, floats in their shortest round-trip form.

    Parameters
    ----------
    frame : any index whose levels are named
    source : name used in errors

    Returns
    -------
    str
        ends with a newline; booleans are ``true`` and ``false``; a one-sided price whose side is
        infeasible (None) is empty; a ceiling may be ``inf``

    Raises
    ------
    CapshareError
        naming every cell that is missing or infinite where it may not be
    """
    refuse_gaps(frame, source)
    flat = frame.reset_index()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(flat.columns)
    columns = [[_cell(value) for value in flat[column]] for column in flat.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def refuse_gaps(frame: pd.DataFrame, source: str) -> None:
    """Raise CapshareError naming every cell of the frame that is missing or wrongly infinite."""
    problems = [
        Problem(
            source,
            f"row {_row_name(label)}, column {column}",
            "a finite number or text",
            repr(value) if isinstance(value, str | None) else str(value),
            "A result has no gaps: report this as a fault in the model.",
        )
        for column in frame.columns
        for label, value in frame[column].items()
        if _is_gap(str(column), value)
    ]
    if problems:
        raise CapshareError(problems)


def _is_gap(column: str, value: object) -> bool:
    if value is None:
        return column not in _ONE_SIDED_PRICES
    if not isinstance(value, Real):
        return value is pd.NA or value is pd.NaT
    number = float(value)
    if number == -math.inf:
        return column != "holds_from_mt"
    return math.isnan(number) or (number == math.inf and column not in _UNBOUNDED)


def _row_name(label: object) -> str:
    return ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        # -0.0 is 0.0: a sign on nothing only makes a reader wonder.
        return repr(float(value) + 0.0)
    return str(value)
