"""What the command line prints after a run: the result on one page, every number with its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from capshare.model.result import Result
from capshare.reports.columns import MONEY, MT, PRICE, SHARE, describe, readable
from capshare.reports.figures import largest_deficits, largest_quotas, member_names

if TYPE_CHECKING:
    from rich.console import Console

_EXTREMES = 5
_Row = Sequence[str]


def print_summary(result: Result, folder: Path, console: Console) -> None:
    """Print the result on about one page, readable at 80 columns and more, coloured or piped.

    Parameters
    ----------
    result : a finished run
    folder : where :func:`capshare.reports.folder.write` has put its files
    console : where to print; rich drops colours by itself where the output is piped
    """
    _cap(result, console)
    _weights(result, console)
    _groups(result, console)
    _extremes(result, console)
    _potential(result, console)
    _comparisons(result, console)
    _allocation(result, console)
    _notes(result, console)
    console.print()
    # Unwrapped, so that a long path can be copied in one piece.
    console.print(f"Files: {folder}", markup=False, highlight=False, soft_wrap=True)
    _line(
        console,
        "study.xlsx (workbook), a CSV file per table, study.toml, manifest.json, allocation.mps (LP)",
    )


def _cap(result: Result, console: Console) -> None:
    from rich.text import Text

    console.print(Text(f"capshare, study {result.name}", style="bold"))
    emissions = result.provinces["emissions_mt"].sum()
    for year, cap in result.cap["cap_mt"].items():
        of_emissions = readable(cap / emissions, SHARE)
        _line(
            console,
            f"Cap {year}: {readable(cap, MT)} {MT}, {of_emissions} of the {readable(emissions, MT)} {MT} "
            f"that {len(result.provinces)} provinces emit before abatement.",
        )


def _weights(result: Result, console: Console) -> None:
    _title(console, "Indicator weights (how much each counts in the score; they add up to 1)")
    ranked = result.weights.sort_values("weight", ascending=False, kind="stable")
    headings = ("indicator", "principle", "earns quota", "weight, 0 to 1")
    rows = [
        (str(name), str(row["principle"]), str(row["direction"]), readable(row["weight"], "0 to 1"))
        for name, row in ranked.iterrows()
    ]
    _table(console, headings, rows, right=(3,))


def _groups(result: Result, console: Console) -> None:
    _title(console, "Groups (price: what one tonne more of cap saves, to what one less costs)")
    members = member_names(result)
    headings = ("group", f"cap, {MT}", "share, %", f"price, {PRICE}", "members")
    rows = [
        (
            str(group),
            readable(row["cap_mt"], MT),
            readable(row["cap_share"], SHARE).removesuffix("%"),
            _price_range(row["price_low_yuan_per_t"], row["price_high_yuan_per_t"]),
            names,
        )
        for (group, row), names in zip(result.groups.iterrows(), members, strict=True)
    ]
    _table(console, headings, rows, right=(1, 2, 3))


def _price_range(low: float | None, high: float | None) -> str:
    texts = readable(low, PRICE), readable(high, PRICE)
    return texts[0] if texts[0] == texts[1] else " to ".join(texts)


def _extremes(result: Result, console: Console) -> None:
    quotas = largest_quotas(result.provinces, _EXTREMES)
    deficits = largest_deficits(result.provinces, _EXTREMES)
    _title(console, f"The {len(quotas)} largest quotas, and the {len(deficits)} largest deficits")
    headings = ("province", f"quota, {MT}", f"emissions, {MT}", f"quota less emissions, {MT}", "class")
    _table(
        console, headings, [*_balances(quotas), *_balances(deficits)], right=(1, 2, 3), gap_after=len(quotas)
    )


def _balances(provinces: pd.DataFrame) -> list[_Row]:
    return [
        (
            str(row["name_en"]),
            readable(row["quota_mt"], MT),
            readable(row["emissions_mt"], MT),
            readable(row["balance_mt"], MT),
            str(row["balance_class"]),
        )
        for _, row in provinces.iterrows()
    ]


def _potential(result: Result, console: Console) -> None:
    _title(console, "Potential to reduce, of the provinces in deficit (score: 0 least, 100 most of them)")
    if result.potential.empty:
        _line(console, "No ranking was made; see the notes.")
        return
    ranked = result.potential.sort_values("rank", kind="stable")
    entries = [
        (str(row["rank"]), str(row["name_en"]), readable(row["score"], "0 to 100"), str(row["tier"]))
        for _, row in ranked.iterrows()
    ]
    half = (len(entries) + 1) // 2
    # Two ranks a line keep sixteen provinces on the page.
    right_half = [*entries[half:], *([("", "", "", "")] * (2 * half - len(entries)))]
    rows = [(*left, *right) for left, right in zip(entries[:half], right_half, strict=True)]
    _table(console, ("rank", "province", "score", "tier") * 2, rows, right=(0, 2, 4, 6))


def _comparisons(result: Result, console: Console) -> None:
    if result.agreement is not None:
        _agreement(result.agreement, console)
    if result.within_rules is not None:
        _within_rules(result.within_rules, console)


def _agreement(figures: pd.DataFrame, console: Console) -> None:
    _title(console, "Distance to the published table")
    rows = [
        (str(name), readable(row["value"]), str(row["unit"]), str(row["meaning"]))
        for name, row in figures.iterrows()
    ]
    _table(console, ("figure", "value", "unit", "meaning"), rows, right=(1,))


def _within_rules(rules: pd.DataFrame, console: Console) -> None:
    _title(console, "Published classes under several rules inside groups (none of them is the rule)")
    shown = [describe("within_rules", str(column)) for column in rules.columns]
    headings = ["rule", *(column.heading.lower() for column in shown)]
    rows = [
        [str(name), *(readable(value, column.unit) for value, column in zip(row, shown, strict=True))]
        for name, row in zip(rules.index, rules.itertuples(index=False), strict=True)
    ]
    _table(console, headings, rows, right=range(1, len(headings)))


def _allocation(result: Result, console: Console) -> None:
    end = result.allocation
    cost = result.provinces["cost_1e8yuan"].sum()
    console.print()
    _line(
        console,
        f"Allocation: {end.status} ({end.solver}, duality gap {end.duality_gap:.1e}); "
        f"abatement cost {readable(cost, MONEY)}, objective {readable(end.objective_1e8yuan, MONEY)}, "
        f"of it penalty for uncovered emissions {readable(end.penalty_1e8yuan, MONEY)}, "
        f"all in {MONEY} (1e8 = 100 million).",
    )
    failed = result.checks.index[~result.checks["passed"].astype(bool)]
    passed = len(result.checks) - len(failed)
    names = f"; FAILED: {', '.join(map(str, failed))}" if len(failed) else ""
    _line(console, f"Checks: {passed} of {len(result.checks)} passed{names}.")


def _notes(result: Result, console: Console) -> None:
    _title(console, "Notes")
    _table(console, (), [("-", note) for note in result.notes or ("None.",)], right=())


def _title(console: Console, text: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(text, style="bold cyan"))


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False)


def _table(
    console: Console,
    headings: _Row,
    rows: Iterable[_Row],
    right: Iterable[int],
    gap_after: int = 0,
) -> None:
    from rich.table import Table
    from rich.text import Text

    columns = headings or ("", "")
    table = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(headings), header_style="dim"
    )
    numeric = set(right)
    for place, heading in enumerate(columns):
        # Folding instead of cutting: a cut number would be a wrong number.
        table.add_column(Text(heading), justify="right" if place in numeric else "left", overflow="fold")
    for count, row in enumerate(rows, start=1):
        table.add_row(*(Text(text) for text in row))
        if count == gap_after:
            table.add_row(*("" for _ in columns))
    console.print(table)
