"""What ``capshare compare-rules`` prints: quotas by rule, fairness, cost, and the mix of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

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
    """
    wide = quotas["quota_mt"].unstack("rule")[list(fairness.index)]
    first = max(len(str(names[code])) for code in wide.index)
    for rules in _packed(list(wide.columns), console.width - first - GAP):
        rows = [(names[str(code)], *(f"{mt:,.0f}" for mt in row)) for code, row in wide[rules].T.items()]
        _print(console, title, ("province", *map(_broken, rules)), rows)
    _print_fairness(fairness, names, console)
    _print_costs(fairness, console)
    if weights is not None:
        shown = weights[(weights >= 0.0005).any(axis="columns")]
        headings = ("rule", "weight, %", "without the score, %")[: 1 + weights.shape[1]]
        rows = [(str(rule), *(f"{100 * w:.1f}" for w in row)) for rule, row in shown.T.items()]
        _print(console, "The mixture of rules that comes closest", headings, rows)
    for note in notes:
        console.print(f"- {note}", markup=False, highlight=False)


def _packed(rules: list[str], width: int) -> list[list[str]]:
    """The rules in lots that fit beside each other."""
    lots: list[list[str]] = []
    used = width + 1
    for rule in rules:
        needed = max(7, *(len(part) for part in _broken(rule).split("\n"))) + GAP
        if used + needed > width:
            lots.append([])
            used = 0
        lots[-1].append(rule)
        used += needed
    return lots


def _broken(rule: str) -> str:
    """A rule's name on several lines, broken at its hyphens."""
    return rule.replace("-", "-\n")


def _print_fairness(fairness: pd.DataFrame, names: pd.Series, console: Console) -> None:
    if "gini_per_head" not in fairness:
        return
    measures = ("gini_per_head", "gini_per_gdp", "theil_t_per_head", "theil_t_per_gdp")
    rows = []
    for rule, row in fairness.iterrows():
        cut = row["largest_cut_pct"]
        who = f"{names[row['largest_cut_code']]} {cut:.0f}" if cut > NO_CUT_PCT else "none"
        cells = (f"{row[measure]:.3f}" for measure in measures)
        rows.append((str(rule), *cells, who, f"{row['winners']}", f"{row['losers']}"))
    headings = ("Gini\nper head", "Gini\nper GDP", "Theil\nper head", "Theil\nper GDP", "largest cut, %",
                "more", "less")  # fmt: skip
    title = "Fairness (0 is equal), largest cut, provinces with more and with less quota than they emit"
    _print(console, title, ("rule", *headings), rows)


def _print_costs(fairness: pd.DataFrame, console: Console) -> None:
    columns = ("cost_1e8yuan", "uncovered_mt", "no_trade_cost_1e8yuan", "no_trade_uncovered_mt")
    rows = [
        (str(rule), *(f"{row[column]:,.0f}" for column in columns), f"{row['distance_to_score_points']:.2f}")
        for rule, row in fairness.iterrows()
    ]
    headings = ("rule", "trade limit:\n1e8 yuan", "uncovered,\nMt", "no trade:\n1e8 yuan", "uncovered,\nMt",
                "from the score,\n% points")  # fmt: skip
    title = "Abatement cost under the study's trade limit and without trade; emissions left without cover"
    _print(console, title, headings, rows)


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
