"""What the command line prints after a run: its outcome on one page, every number with its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from capshare.base.conventions import as_its_readers_say
from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.console.cuts import print_cuts
from capshare.reports.console.drivers import print_drivers
from capshare.reports.console.groups import print_groups
from capshare.reports.console.notes import print_notes, print_stops
from capshare.reports.console.whose_emissions import print_whose_emissions
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import (
    MONEY,
    MT,
    SHARE,
    describe,
    indicator_name,
    readable,
    unit_word,
    with_unit,
)
from capshare.reports.words.cuts import assigned_cuts
from capshare.reports.words.edits import edit_lines
from capshare.reports.words.ensemble import ensemble_lines
from capshare.reports.words.figures import largest_deficits, largest_quotas
from capshare.reports.words.notes import marked_notes
from capshare.reports.words.sensitivity import sensitivity_lines
from capshare.reports.words.vocabulary import in_its_words

if TYPE_CHECKING:
    from rich.console import Console

# Provinces named at either end; all are in the files.
_EXTREMES = 5
_Row = Sequence[str]


@as_its_readers_say
def print_summary(outcome: Outcome, folder: Path, console: Console, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print the outcome on about one page, readable at 80 columns and more, coloured or piped.

    Parameters
    ----------
    outcome : of a run; of several years the last is shown
    folder : where :func:`capshare.reports.folder.write.write` has put its files
    console : where to print; rich drops colours by itself where the output is piped
    lang : language of the texts
    """
    one = outcome.in_year()
    _cap(one, console, lang)
    said = marked_notes(outcome, lang)
    print_stops(said, console)
    _lines(edit_lines(outcome, lang), console)
    print_cuts(outcome, console, lang)
    # Cuts have it among their figures.
    _lines(() if assigned_cuts(outcome) else sensitivity_lines(outcome, lang), console)
    _lines(ensemble_lines(outcome, lang), console)
    print_whose_emissions(one, console, lang)
    _weights(outcome, console, lang)
    print_groups(one, console, lang)
    print_drivers(one, console, lang)
    _extremes(one, console, lang)
    _potential(outcome, console, lang)
    _comparisons(outcome, console, lang)
    _allocation(one, console, lang)
    print_notes(said, console, lang)
    console.print()
    # Unwrapped, so that a long path can be copied in one piece.
    console.print(text("summary.files", lang, folder=folder), markup=False, highlight=False, soft_wrap=True)
    print_line(console, text("summary.what_files", lang))


def _cap(one: OneYear, console: Console, lang: str) -> None:
    from rich.text import Text

    console.print(Text(text("summary.title", lang, study=one.outcome.study.name), style="bold"))
    emissions = one.provinces["emissions_mt"].sum()
    path, last, years = one.outcome.cap.path, one.year, one.outcome.years
    cap = float(path["cap_mt"].loc[last])
    values = {
        "year": last,
        "cap": readable(cap, MT),
        "share": readable(cap / emissions, SHARE),
        "emissions": readable(emissions, MT),
        "count": len(one.provinces),
    }
    print_line(console, text("summary.cap", lang, **values))
    if len(years) > 1:
        print_line(console, text("summary.years", lang, first=years[0], last=last))


def _lines(lines: Iterable[str], console: Console) -> None:
    """Sentences apart from what stands above them; nothing where there are none."""
    for place, line in enumerate(lines):
        if place == 0:
            console.print()
        print_line(console, line)


def _weights(outcome: Outcome, console: Console, lang: str) -> None:
    print_title(console, text("summary.weights", lang))
    ranked = outcome.weights.table.sort_values("weight", ascending=False, kind="stable")
    headings = [text(f"summary.{name}", lang) for name in ("indicator", "principle", "earns", "weight")]
    # The index of a study of targets says who is cut more, and earns nobody a quota.
    burden = outcome.targets is not None and outcome.targets.cuts is not None
    if burden:
        headings[2] = describe("burden", "direction", lang).label.lower()
    rows = [
        (
            indicator_name(str(name), lang),
            term("terms", row["principle"], lang),
            term("terms", f"{row['direction']} cut" if burden else row["direction"], lang),
            readable(row["weight"], "0 to 1"),
        )
        for name, row in ranked.iterrows()
    ]
    print_table(console, headings, rows, right=(3,))


def _extremes(one: OneYear, console: Console, lang: str) -> None:
    quotas = largest_quotas(one.provinces, _EXTREMES)
    deficits = largest_deficits(one.provinces, _EXTREMES)
    print_title(console, text("summary.extremes", lang, quotas=len(quotas), deficits=len(deficits)))
    amounts = [
        with_unit(text(f"summary.{name}", lang), MT, lang) for name in ("quota", "emissions", "balance")
    ]
    headings = (text("summary.province", lang), *amounts, text("summary.class", lang))
    rows = [*_balances(quotas, lang), *_balances(deficits, lang)]
    print_table(console, headings, rows, right=(1, 2, 3), gap_after=len(quotas))


def _balances(provinces: pd.DataFrame, lang: str) -> list[_Row]:
    return [
        (
            str(row[f"name_{lang}"]),
            readable(row["quota_mt"], MT),
            readable(row["emissions_mt"], MT),
            readable(row["balance_mt"], MT),
            term("terms", row["balance_class"], lang),
        )
        for _, row in provinces.iterrows()
    ]


def _potential(outcome: Outcome, console: Console, lang: str) -> None:
    print_title(console, text("summary.potential", lang))
    if outcome.potential.ranking.empty:
        print_line(console, text("summary.no_ranking", lang))
        return
    ranked = outcome.potential.ranking.sort_values("rank", kind="stable")
    entries = [
        (
            str(row["rank"]),
            str(row[f"name_{lang}"]),
            readable(row["score"], "0 to 100"),
            term("terms", row["tier"], lang),
        )
        for _, row in ranked.iterrows()
    ]
    half = (len(entries) + 1) // 2
    # Two ranks a line keep sixteen provinces on the page.
    right_half = [*entries[half:], *([("", "", "", "")] * (2 * half - len(entries)))]
    rows = [(*left, *right) for left, right in zip(entries[:half], right_half, strict=True)]
    headings = [text(f"summary.{name}", lang) for name in ("rank", "province", "score", "tier")]
    print_table(console, headings * 2, rows, right=(0, 2, 4, 6))


def _comparisons(outcome: Outcome, console: Console, lang: str) -> None:
    if outcome.published is None:
        return
    _agreement(outcome.published.agreement, console, lang)
    if outcome.published.within is not None:
        _within_rules(outcome.published.within, console, lang)


def _agreement(figures: pd.DataFrame, console: Console, lang: str) -> None:
    print_title(console, text("summary.agreement", lang))
    headings = [text(f"summary.{name}", lang) for name in ("figure", "value", "unit", "meaning")]
    if lang != DEFAULT_LANGUAGE:
        # The meanings are sentences of the model, in English; the names say as much.
        rows: list[_Row] = [
            (term("agreement", name, lang), readable(row["value"]), unit_word(str(row["unit"]), lang))
            for name, row in figures.iterrows()
        ]
        print_table(console, headings[:3], rows, right=(1,))
        return
    rows = [
        (str(name), readable(row["value"]), *(in_its_words(str(row[of]), lang) for of in ("unit", "meaning")))
        for name, row in figures.iterrows()
    ]
    print_table(console, headings, rows, right=(1,))


def _within_rules(rules: pd.DataFrame, console: Console, lang: str) -> None:
    print_title(console, text("summary.within_rules", lang))
    shown = [describe("within_rules", str(column), lang) for column in rules.columns]
    headings = [text("summary.rule", lang), *(column.heading.lower() for column in shown)]
    rows = [
        [str(name), *(readable(value, column.unit) for value, column in zip(row, shown, strict=True))]
        for name, row in zip(rules.index, rules.itertuples(index=False), strict=True)
    ]
    print_table(console, headings, rows, right=range(1, len(headings)))


def _allocation(one: OneYear, console: Console, lang: str) -> None:
    end, checks = one.outcome.allocation.total, one.outcome.allocation.checks
    values = {
        "status": term("terms", end.status, lang),
        "solver": end.solver,
        "gap": f"{end.duality_gap:.1e}",
        "costs": _costs(one, lang),
    }
    console.print()
    print_line(console, text("summary.allocation", lang, **values))
    failed = checks.index[~checks["passed"].astype(bool)]
    counts = {"passed": len(checks) - len(failed), "count": len(checks)}
    names = ", ".join(map(str, failed))
    key = "summary.checks_failed" if len(failed) else "summary.checks"
    print_line(console, text(key, lang, **counts, **({"names": names} if len(failed) else {})))


def _costs(one: OneYear, lang: str) -> str:
    """What it costs; of several years, that of the year shown beside the sums of all."""
    outcome = one.outcome
    end, cost, shown = outcome.allocation.total, outcome.allocation.provinces["cost_1e8yuan"], outcome.years
    sums = {
        "cost": readable(cost.sum(), MONEY),
        "objective": readable(end.objective_1e8yuan, MONEY),
        "penalty": readable(end.penalty_1e8yuan, MONEY),
    }
    if len(shown) == 1:
        return text("summary.costs", lang, **sums)
    last = {"last": shown[-1], "of_last": readable(one.provinces["cost_1e8yuan"].sum(), MONEY)}
    return text("summary.costs_of_years", lang, first=shown[0], count=len(shown), **last, **sums)
