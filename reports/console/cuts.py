"""What the command line prints of a study of targets first: cuts, their price, what decided them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import term, text
from capshare.reports.words.columns import PERCENT, PRICE, describe, readable
from capshare.reports.words.cuts import AssignedCuts, assigned_cuts, by_choice, by_tier, largest_changes
from capshare.reports.words.drivers import price_range

if TYPE_CHECKING:
    from rich.console import Console

# Provinces named as moved most by cost.
_CHANGES = 3


def print_cuts(outcome: Outcome, console: Console, lang: str) -> None:
    """Print the cuts of a study of targets; nothing of another study.

    Parameters
    ----------
    outcome : of a run
    console : where to print
    lang : language of the texts
    """
    assigned = assigned_cuts(outcome)
    if assigned is None:
        return
    _tiers(assigned, console, lang)
    _choices(assigned, console, lang)
    console.print()
    price = float(outcome.cap.years["price_yuan_per_t"].iloc[-1])
    values = {"year": assigned.year, "price": readable(price, PRICE)}
    under = price_range(outcome, "all", lang)
    key = "summary.cut_price_of_curves" if under else "summary.cut_price"
    print_line(console, text(key, lang, **values, **({"range": under} if under else {})))
    _changes(assigned, console, lang)
    if outcome.targets is not None and outcome.targets.pledge is not None:
        _pledge(outcome.targets.pledge, console, lang)


def _tiers(assigned: AssignedCuts, console: Console, lang: str) -> None:
    values = {
        "base": assigned.base_year,
        "year": assigned.year,
        "national": readable(assigned.national_pct, PERCENT),
        "rounded": f"{assigned.rounded_national_pct:.3f}",
    }
    print_title(console, text("summary.cuts", lang, **values))
    rows = [
        (tier or text("summary.no_tier", lang), _listed(_cut_words(rows, lang), lang))
        for tier, rows in by_tier(assigned.cuts).items()
    ]
    headings = (describe("targets", "tier", lang).label, text("summary.cuts_of_tier", lang))
    print_table(console, headings, rows, right=())


def _cut_words(rows: pd.DataFrame, lang: str) -> list[str]:
    return [
        text(
            "summary.cut",
            lang,
            name=row[f"name_{lang}"],
            rounded=readable(row["rounded_cut_pct"], PERCENT),
            cut=f"{row['cut_pct']:.2f}",
        )
        for _, row in rows.iterrows()
    ]


def _choices(assigned: AssignedCuts, console: Console, lang: str) -> None:
    rows = [
        (term("terms", choice, lang), str(len(held)), _listed(held[f"name_{lang}"].tolist(), lang))
        for choice, held in by_choice(assigned.cuts).items()
    ]
    headings = (
        describe("targets", "decided_by", lang).label,
        text("summary.count", lang),
        text("summary.members", lang),
    )
    print_title(console, text("summary.decided", lang))
    print_table(console, headings, rows, right=(1,))


def _changes(assigned: AssignedCuts, console: Console, lang: str) -> None:
    points, others = largest_changes(assigned.cuts, _CHANGES)
    if points.empty:
        print_line(console, text("summary.no_cut_change", lang))
        return
    names = assigned.cuts[f"name_{lang}"]
    listed = _listed([f"{names.loc[str(code)]} {change:+.2f}" for code, change in points.items()], lang)
    key = "summary.cut_changes_of_many" if others else "summary.cut_changes"
    print_line(console, text(key, lang, list=listed, **({"count": others} if others else {})))


def _pledge(pledge: pd.DataFrame, console: Console, lang: str) -> None:
    [row] = pledge.reset_index().to_dict("records")
    figures = {str(name): figure for name, figure in row.items()}
    print_line(console, text("summary.pledge", lang, first=int(figures["base_year"]) + 1, **figures))


def _listed(words: list[str], lang: str) -> str:
    return text("terms.separator", lang).join(words)
