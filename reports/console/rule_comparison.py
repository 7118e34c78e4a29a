"""What ``capshare compare-rules`` prints: quotas by rule, fairness, cost, and the mix of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd
from rich.cells import cell_len

from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.vocabulary import in_its_words

if TYPE_CHECKING:
    from rich.console import Console

# Cuts below it are rounding.
NO_CUT_PCT = 0.05
# Blanks between two columns.
GAP = 2


def print_comparison(
    quotas: pd.DataFrame,
    fairness: pd.DataFrame,
    weights: pd.DataFrame | None,
    names: pd.Series,
    title: str,
    notes: Iterable[str],
    console: Console,
    lang: str = DEFAULT_LANGUAGE,
) -> None:
    """Print a comparison of rules, as many rules side by side as the console is wide.

    Parameters
    ----------
    quotas : index (rule, code); ``quota_mt``
    fairness : index rule; inequality (where it was measured), costs, distance to the composite
    weights : index rule; weights of the closest mixture; None where there is none
    names : index code; what the provinces are called
    title : over the quotas
    notes : printed last
    console : where to print
    lang : of the texts
    """
    wide = quotas["quota_mt"].unstack("rule")[list(fairness.index)]
    first = max(cell_len(str(names[code])) for code in wide.index)
    province = text("rule_table.province", lang)
    for rules in _packed(list(wide.columns), console.width - first - GAP, lang):
        rows = [(names[str(code)], *(f"{mt:,.0f}" for mt in row)) for code, row in wide[rules].T.items()]
        _print(console, title, (province, *(_broken(rule, lang) for rule in rules)), rows)
    _print_fairness(fairness, names, console, lang)
    _print_costs(fairness, console, lang)
    if weights is not None:
        shown = weights[(weights >= 0.0005).any(axis="columns")]
        named = ("rule", "weight", "weight_without_score")[: 1 + weights.shape[1]]
        rows = [(_name(rule, lang), *(f"{100 * w:.1f}" for w in row)) for rule, row in shown.T.items()]
        _print(console, text("rule_table.mix", lang), _headings(named, lang), rows)
    for note in notes:
        console.print(f"- {note}", markup=False, highlight=False)


def _name(rule: object, lang: str) -> str:
    """A rule as a study names it, or in Chinese."""
    return str(rule) if lang == DEFAULT_LANGUAGE else term("rules", rule, lang)


def _headings(names: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(text(f"rule_table.{name}", lang) for name in names)


def _packed(rules: list[str], width: int, lang: str) -> list[list[str]]:
    """The rules in lots that fit beside each other."""
    lots: list[list[str]] = []
    used = width + 1
    for rule in rules:
        needed = max(7, *(cell_len(part) for part in _broken(rule, lang).split("\n"))) + GAP
        if used + needed > width:
            lots.append([])
            used = 0
        lots[-1].append(rule)
        used += needed
    return lots


def _broken(rule: str, lang: str) -> str:
    """A rule's name on several lines, broken at its hyphens."""
    return _name(rule, lang).replace("-", "-\n")


def _print_fairness(fairness: pd.DataFrame, names: pd.Series, console: Console, lang: str) -> None:
    if "gini_per_head" not in fairness:
        return
    measures = ("gini_per_head", "gini_per_gdp", "theil_t_per_head", "theil_t_per_gdp")
    rows = []
    for rule, row in fairness.iterrows():
        cut = row["largest_cut_pct"]
        named = f"{names[row['largest_cut_code']]} {cut:.0f}"
        who = named if cut > NO_CUT_PCT else text("rule_table.nobody", lang)
        cells = (f"{row[measure]:.3f}" for measure in measures)
        rows.append((_name(rule, lang), *cells, who, f"{row['winners']}", f"{row['losers']}"))
    headings = _headings(("rule", *measures, "largest_cut", "winners", "losers"), lang)
    _print(console, text("rule_table.fairness", lang), headings, rows)


def _print_costs(fairness: pd.DataFrame, console: Console, lang: str) -> None:
    columns = ("cost_1e8yuan", "uncovered_mt", "no_trade_cost_1e8yuan", "no_trade_uncovered_mt")
    rows = [
        (
            _name(rule, lang),
            *(f"{row[column]:,.0f}" for column in columns),
            f"{row['distance_to_score_points']:.2f}",
        )
        for rule, row in fairness.iterrows()
    ]
    headings = _headings(("rule", "cost", "uncovered", "no_trade_cost", "uncovered", "from_score"), lang)
    _print(console, text("rule_table.costs", lang), headings, rows)


def _print(console: Console, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
    for place, heading in enumerate(headings):
        table.add_column(
            Text(in_its_words(heading, "en")),
            justify="right" if place else "left",
            no_wrap=True,
            vertical="bottom",
        )
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console.print(Text(in_its_words(title, "en"), style="bold cyan"))
    console.print(table)
    console.print()
