"""What decided a plan's cuts, as sentences: the choices, the price, what cost moved, what a pledge asks."""

from __future__ import annotations

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.reports.words.catalogue import term, text
from capshare.reports.words.columns import MT, PRICE, readable
from capshare.reports.words.cuts import (
    LEAST_POINTS,
    AssignedCuts,
    LargestChanges,
    assigned_cuts,
    by_choice,
    largest_changes,
)
from capshare.reports.words.drivers import price_range
from capshare.reports.words.sensitivity import sensitivity_lines

# Provinces named as moved most by cost.
_CHANGES = 3


def cut_story(outcome: Outcome, lang: str) -> tuple[str, ...]:
    """What to read first of a study of targets, nothing of another study.

    Parameters
    ----------
    outcome : of a run
    lang : "en" or "zh"
    """
    assigned = assigned_cuts(outcome)
    if assigned is None:
        return ()
    return _deciding(assigned, lang), *cut_figures(outcome, assigned, lang)


def cut_figures(outcome: Outcome, assigned: AssignedCuts, lang: str) -> tuple[str, ...]:
    """The price of the national cut, what cost moved, how sure that is, and what a pledge asks.

    Parameters
    ----------
    outcome : of a run
    assigned : its cuts
    lang : "en" or "zh"
    """
    price = float(outcome.cap.years["price_yuan_per_t"].iloc[-1])
    values, under = (
        {"year": assigned.year, "price": readable(price, PRICE)},
        price_range(outcome, "all", lang),
    )
    key = "summary.cut_price_of_curves" if under else "summary.cut_price"
    pledge = outcome.targets.pledge if outcome.targets is not None else None
    return (
        text(key, lang, **values, **({"range": under} if under else {})),
        _changes(assigned, lang),
        *sensitivity_lines(outcome, lang),
        *(() if pledge is None else (_pledge(pledge, lang),)),
    )


def _deciding(assigned: AssignedCuts, lang: str) -> str:
    """How many cuts each choice decided, and whose."""
    parts = [
        text(
            "summary.decided_by",
            lang,
            choice=term("terms", choice, lang),
            count=len(rows),
            list=_listed(rows[f"name_{lang}"].tolist(), lang),
        )
        for choice, rows in by_choice(assigned.cuts).items()
    ]
    joined = text("note_items.rows", lang).join(parts)
    return text("summary.decided_in_short", lang, count=len(assigned.cuts), list=joined)


def _changes(assigned: AssignedCuts, lang: str) -> str:
    largest = largest_changes(assigned.cuts, _CHANGES)
    points = largest.points
    if points.empty:
        return text("summary.no_cut_change", lang)
    names = assigned.cuts[f"name_{lang}"]
    if largest.alike and largest.others:
        return _alike(assigned, largest, lang)
    listed = _listed([f"{names.loc[str(code)]} {change:+.2f}" for code, change in points.items()], lang)
    if largest.others:
        return text("summary.cut_changes_of_many", lang, list=listed, count=largest.others)
    return text("summary.cut_changes", lang, list=listed)


def _alike(assigned: AssignedCuts, largest: LargestChanges, lang: str) -> str:
    """Where more cuts than are named moved as far: how many, and whose tonnes are most."""
    names, points = assigned.cuts[f"name_{lang}"], float(largest.points.abs().max())
    count = len(largest.points) + largest.others
    listed = [
        text("summary.quota_change", lang, name=names.loc[str(code)], change=_signed(change))
        for code, change in largest.quota_mt.items()
    ]
    at_distance = abs(points - assigned.distance_points) < LEAST_POINTS
    key = "summary.cut_changes_at_distance" if at_distance else "summary.cut_changes_alike"
    return text(key, lang, count=count, of=len(assigned.cuts), points=points, list=_listed(listed, lang))


def _signed(change_mt: float) -> str:
    return ("+" if change_mt > 0 else "") + readable(change_mt, MT)


def _pledge(pledge: pd.DataFrame, lang: str) -> str:
    [row] = pledge.reset_index().to_dict("records")
    figures = {str(name): figure for name, figure in row.items()}
    return text("summary.pledge", lang, first=int(figures["base_year"]) + 1, **figures)


def _listed(words: list[str], lang: str) -> str:
    return text("terms.separator", lang).join(words)
