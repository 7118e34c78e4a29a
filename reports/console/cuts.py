"""What the command line prints of a study of targets first: cuts, their price, what decided them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import term, text
from capshare.reports.words.columns import PERCENT, describe, readable
from capshare.reports.words.cut_story import cut_figures
from capshare.reports.words.cuts import AssignedCuts, assigned_cuts, by_choice, by_tier

if TYPE_CHECKING:
    from rich.console import Console


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
    for sentence in cut_figures(outcome, assigned, lang):
        print_line(console, sentence)


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


def _listed(words: list[str], lang: str) -> str:
    return text("terms.separator", lang).join(words)
