"""What the command line prints after a run: the result on one page, every number with its unit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.outcome.result import Result
from capshare.reports.console.console import print_line, print_table, print_title
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MONEY, MT, PRICE, SHARE, describe, readable, unit_word, with_unit
from capshare.reports.words.figures import largest_deficits, largest_quotas, member_names
from capshare.reports.words.notes import notes_in_words
from capshare.reports.years import of_year, years

if TYPE_CHECKING:
    from rich.console import Console

_EXTREMES = 5
_Row = Sequence[str]


def print_summary(result: Result, folder: Path, console: Console, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print the result on about one page, readable at 80 columns and more, coloured or piped.

    Parameters
    ----------
    result : a finished run; of several years the last is shown
    folder : where :func:`capshare.reports.folder.write.write` has put its files
    console : where to print; rich drops colours by itself where the output is piped
    lang : language of the texts
    """
    one = of_year(result)
    _cap(one, console, lang)
    _weights(one, console, lang)
    _groups(one, console, lang)
    _extremes(one, console, lang)
    _potential(one, console, lang)
    _comparisons(one, console, lang)
    _allocation(result, console, lang)
    _notes(one, console, lang)
    console.print()
    # Unwrapped, so that a long path can be copied in one piece.
    console.print(text("summary.files", lang, folder=folder), markup=False, highlight=False, soft_wrap=True)
    print_line(console, text("summary.what_files", lang))


def _cap(result: Result, console: Console, lang: str) -> None:
    from rich.text import Text

    console.print(Text(text("summary.title", lang, study=result.name), style="bold"))
    emissions = result.provinces["emissions_mt"].sum()
    last = years(result)[-1]
    cap = float(result.cap["cap_mt"].loc[last])
    values = {
        "year": last,
        "cap": readable(cap, MT),
        "share": readable(cap / emissions, SHARE),
        "emissions": readable(emissions, MT),
        "count": len(result.provinces),
    }
    print_line(console, text("summary.cap", lang, **values))
    if len(years(result)) > 1:
        print_line(console, text("summary.years", lang, first=years(result)[0], last=last))


def _weights(result: Result, console: Console, lang: str) -> None:
    print_title(console, text("summary.weights", lang))
    ranked = result.weights.sort_values("weight", ascending=False, kind="stable")
    headings = [text(f"summary.{name}", lang) for name in ("indicator", "principle", "earns", "weight")]
    rows = [
        (
            str(name),
            term("terms", row["principle"], lang),
            term("terms", row["direction"], lang),
            readable(row["weight"], "0 to 1"),
        )
        for name, row in ranked.iterrows()
    ]
    print_table(console, headings, rows, right=(3,))


def _groups(result: Result, console: Console, lang: str) -> None:
    print_title(console, text("summary.groups", lang))
    members = member_names(result, lang)
    headings = (
        text("summary.group", lang),
        with_unit(text("summary.group_cap", lang), MT, lang),
        with_unit(text("summary.share", lang), SHARE, lang),
        with_unit(text("summary.price", lang), PRICE, lang),
        text("summary.members", lang),
    )
    rows = [
        (
            term("terms", group, lang) if lang != DEFAULT_LANGUAGE else str(group),
            readable(row["cap_mt"], MT),
            readable(row["cap_share"], SHARE).removesuffix("%"),
            _price_range(row["price_low_yuan_per_t"], row["price_high_yuan_per_t"], lang),
            names,
        )
        for (group, row), names in zip(result.groups.iterrows(), members, strict=True)
    ]
    print_table(console, headings, rows, right=(1, 2, 3))


def _price_range(low: float | None, high: float | None, lang: str) -> str:
    texts = readable(low, PRICE, lang), readable(high, PRICE, lang)
    same = texts[0] == texts[1]
    return texts[0] if same else text("chart.prices.range", lang, low=texts[0], high=texts[1])


def _extremes(result: Result, console: Console, lang: str) -> None:
    quotas = largest_quotas(result.provinces, _EXTREMES)
    deficits = largest_deficits(result.provinces, _EXTREMES)
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


def _potential(result: Result, console: Console, lang: str) -> None:
    print_title(console, text("summary.potential", lang))
    if result.potential.empty:
        print_line(console, text("summary.no_ranking", lang))
        return
    ranked = result.potential.sort_values("rank", kind="stable")
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


def _comparisons(result: Result, console: Console, lang: str) -> None:
    if result.agreement is not None:
        _agreement(result.agreement, console, lang)
    if result.within_rules is not None:
        _within_rules(result.within_rules, console, lang)


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
        (str(name), readable(row["value"]), str(row["unit"]), str(row["meaning"]))
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


def _allocation(result: Result, console: Console, lang: str) -> None:
    end = result.allocation
    values = {
        "status": term("terms", end.status, lang),
        "solver": end.solver,
        "gap": f"{end.duality_gap:.1e}",
        "costs": _costs(result, lang),
    }
    console.print()
    print_line(console, text("summary.allocation", lang, **values))
    failed = result.checks.index[~result.checks["passed"].astype(bool)]
    counts = {"passed": len(result.checks) - len(failed), "count": len(result.checks)}
    names = ", ".join(map(str, failed))
    key = "summary.checks_failed" if len(failed) else "summary.checks"
    print_line(console, text(key, lang, **counts, **({"names": names} if len(failed) else {})))


def _costs(result: Result, lang: str) -> str:
    """What it costs; of several years, that of the year shown beside the sums of all."""
    end, cost, shown = result.allocation, result.provinces["cost_1e8yuan"], years(result)
    sums = {
        "cost": readable(cost.sum(), MONEY),
        "objective": readable(end.objective_1e8yuan, MONEY),
        "penalty": readable(end.penalty_1e8yuan, MONEY),
    }
    if len(shown) == 1:
        return text("summary.costs", lang, **sums)
    last = {"last": shown[-1], "of_last": readable(cost.xs(shown[-1], level="year").sum(), MONEY)}
    return text("summary.costs_of_years", lang, first=shown[0], count=len(shown), **last, **sums)


def _notes(result: Result, console: Console, lang: str) -> None:
    print_title(console, text("summary.notes", lang))
    notes = notes_in_words(result, lang) or [text("summary.none", lang)]
    print_table(console, (), [("-", note) for note in notes], right=())
