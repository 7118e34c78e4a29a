"""What is shown of an ensemble: intervals, chances, ranks, drivers, prices and counts, as tables in words."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.balance import BALANCE_CLASSES
from capshare.model.outcome.ensemble import QUANTILE_NAMES, DrawCounts, Ensemble
from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import slug, term
from capshare.reports.words.intervals import chances, class_chances, intervals, own_figure
from capshare.reports.words.uncertain_inputs import input_name, titles_of_columns

# Inputs of each province, and ranks in potential; the files have all.
STRONGEST, FIRST_RANKS = 3, 5
# Of a rank; rarer ones are in the files.
LEAST_CHANCE = 0.01
PRICE = "price_yuan_per_t"


def ensemble_tables(outcome: Outcome, lang: str) -> dict[str, pd.DataFrame]:
    """The tables by name; none where the run was given no ensemble.

    Parameters
    ----------
    outcome : of a run
    lang : language of the words
    """
    found = outcome.drivers.ensemble
    if found is None:
        return {}
    between = intervals(outcome, found)
    classes = class_chances(found, BALANCE_CLASSES)
    return {
        "ensemble": between.assign(place=[term("places", place, lang) for place in between["place"]]),
        "ensemble_chances": chances(outcome, found),
        "ensemble_classes": classes.rename(columns=lambda name: f"{slug(name)}_share"),
        "ensemble_drivers": driver_rows(outcome, found, lang),
        "ensemble_ranks": rank_rows(found),
        "ensemble_prices": price_rows(found),
        "ensemble_draws": count_rows(found.counts, lang),
    }


def driver_rows(outcome: Outcome, found: Ensemble, lang: str) -> pd.DataFrame:
    """The inputs that drive each province's figure most, index ``code, input`` with inputs in words.

    Parameters
    ----------
    outcome : of a run
    found : its ensemble
    lang : language of the words
    """
    rows = found.strongest(str(own_figure(outcome, found).name), STRONGEST)
    titles = titles_of_columns(outcome, lang)
    named = {name: input_name(name, lang, titles) for name in rows.index.get_level_values("input")}
    columns = {"total": "total_index", "low": "total_low", "high": "total_high"}
    return rows.rename(index=named, level="input").rename(columns=columns)


def rank_rows(found: Ensemble) -> pd.DataFrame:
    """Chance of each of the first ranks in potential, index code, of those that have a chance of one.

    Parameters
    ----------
    found : the ensemble
    """
    ranks = found.first_ranks(FIRST_RANKS)
    shown = ranks[ranks.max(axis="columns") >= LEAST_CHANCE]
    return shown.rename(columns=lambda rank: f"rank_{rank}_share")


def price_rows(found: Ensemble) -> pd.DataFrame:
    """Quantiles of the price of each block's cap, index group.

    Parameters
    ----------
    found : the ensemble
    """
    prices = found.spread(PRICE).rename(columns={name: f"{name}_{PRICE}" for name in QUANTILE_NAMES})
    return prices.rename_axis("group")


def count_rows(counts: DrawCounts, lang: str) -> pd.DataFrame:
    """Draws asked for, solved and without a solution by the reason, index ``figure``.

    Parameters
    ----------
    counts : of an ensemble
    lang : language of the words
    """
    rows = {
        term("draw_counts", "asked", lang): counts.asked,
        term("draw_counts", "solved", lang): counts.solved,
        **{term("draws_fail", reason, lang): count for reason, count in counts.without_solution.items()},
        term("draw_counts", "driver_pairs", lang): counts.driver_pairs,
        term("draw_counts", "seed", lang): counts.seed,
    }
    return pd.Series(rows, name="count", dtype=int).rename_axis("figure").to_frame()
