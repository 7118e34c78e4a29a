"""One province's story on one screen: why it gets what it gets, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from capshare.base.conventions import USUAL, Conventions, conventions
from capshare.base.notes import Note
from capshare.reports.console.explained_cut import ExplainedCut, explained_cut_lines
from capshare.reports.console.explained_potential import RankedPotential, potential_line
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MONEY, MT, PERCENT, PRICE, SHARE, readable
from capshare.reports.words.notes import note_texts
from capshare.reports.words.vocabulary import in_its_words

if TYPE_CHECKING:
    from rich.console import Console

# More rows push what stands above them out of sight.
_CHANGES = 8
_MEMBERS = 8
_PRICES = ("price_yuan_per_t", "price_low_yuan_per_t", "price_high_yuan_per_t")
# What is printed as 0.00 yuan/t is no price.
_LEAST_PRICE = 0.005
# What is printed as 0.0 Mt is no change.
_LEAST_CHANGE_MT = 0.05
# From here on a rise reads better as a multiple than in per cent.
_MULTIPLE = 2.0
# What each constraint means for the province it is about.
_RULES = {
    "cap": "the cap of its block",
    "coverage": "its emissions have to be covered",
    "equity_above": "quota at most T above the entitlement",
    "equity_below": "quota at least T below the entitlement",
    "floor": "its floor",
    "ceiling": "its ceiling",
    "purchase_limit": "its limit of purchases",
}


@dataclass(frozen=True)
class Explanation:
    """Why a province gets what it gets, in one year.

    Attributes
    ----------
    study : name of the study
    code, year : the province, the year
    province : its row of ``provinces.csv``, and its ``score_rank`` among all
    indicators : index indicator, the largest part of its score first; ``value`` (in the expression's unit),
        ``normalised`` and ``weight`` (0 to 1), ``rank`` (1 earns most), ``points`` of a hundred, and the
        ``mean_points`` of all provinces
    block : its block's row of ``groups.csv``, with the ``group`` it is named by, and ``under_curves``, the
        prices of its cap under every cost curve in words; "" where one stands alone
    members : English names of its group
    names : index code; English names of all provinces
    rules : index ``constraint, name``; binding rules with their prices, yuan/t
    market_yuan_per_t : clearing price
    potential : where it is ranked among those in deficit
    cut : its cut and what decided it, where the study sets targets; None elsewhere
    sensitivity : index ``change``; ``quota_mt, change_mt``, Mt, the largest first
    notes : of the run that name it
    conventions : of its dataset
    """

    study: str
    code: str
    year: int
    province: Mapping[str, Any]
    indicators: pd.DataFrame
    block: Mapping[str, Any]
    members: tuple[str, ...]
    names: pd.Series
    rules: pd.DataFrame
    market_yuan_per_t: float
    potential: RankedPotential
    cut: ExplainedCut | None
    sensitivity: pd.DataFrame
    notes: tuple[Note, ...]
    conventions: Conventions = USUAL


def print_explanation(found: Explanation, console: Console) -> None:
    """Print a province's story.

    Parameters
    ----------
    found : what to tell
    console : where to print
    """
    from rich.text import Text

    p = found.province
    title = f"{p['name_zh']} {p['name_en']} ({found.code}), study {found.study}, {found.year}"
    console.print(Text(title, style="bold"))
    cut_lines = explained_cut_lines(found.cut) if found.cut else ()
    for line in cut_lines:
        console.print(line, markup=False, highlight=False)
    _score(found, console)
    console.print()
    for line in (*_quota_lines(found), *_use_lines(found), potential_line(found.potential, found.year)):
        console.print(in_its_words(line, "en"), markup=False, highlight=False)
    _rule_table(found, console)
    _change_table(found, console)
    console.print()
    for note in note_texts(found.notes, found.names):
        console.print(f"Note: {note}", markup=False, highlight=False, style="dim")


def _score(found: Explanation, console: Console) -> None:
    score = readable(100 * float(found.province["score"]), "0 to 100")
    rank = f"rank {found.province['score_rank']} of {len(found.names)}"
    headings = (f"score {score}, {rank}", "value", "0 to 1", "rank", "weight", "points", "all provinces")
    rows = [
        (
            str(name),
            f"{row['value']:,.6g}",
            readable(row["normalised"], "0 to 1"),
            f"{row['rank']:.0f}",
            readable(row["weight"], "0 to 1"),
            readable(row["points"], "0 to 100"),
            readable(row["mean_points"], "0 to 100"),
        )
        for name, row in found.indicators.iterrows()
    ]
    _table(console, headings, rows, right=range(1, 7))


def _quota_lines(found: Explanation) -> Iterable[str]:
    p, block = found.province, found.block
    others = [name for name in found.members if name != p["name_en"]]
    listed = ", ".join(others[:_MEMBERS]) + (
        f" and {len(others) - _MEMBERS} more" if others[_MEMBERS:] else ""
    )
    price = f"{readable(block['price_yuan_per_t'], PRICE)} yuan"
    price += f" ({block['under_curves']} under the cost curves compared)" if block["under_curves"] else ""
    yield (
        f"Group {p['group']}" + (f", with {listed}" if listed else ", alone in it") + f". Cap of its block "
        f"({block['group']}): {readable(block['cap_mt'], MT)} {MT}; one tonne more of it saves {price}."
    )
    cover = readable(p["quota_mt"] / p["emissions_mt"], SHARE) if p["emissions_mt"] else "no share"
    moved = float(p["quota_mt"]) - float(p["entitlement_mt"])
    yield (
        f"Entitlement {readable(p['entitlement_mt'], MT)}, quota {readable(p['quota_mt'], MT)} "
        f"({moved:+,.1f}), {readable(p['quota_share'], SHARE)} of all quotas and {cover} of its emissions of "
        f"{readable(p['emissions_mt'], MT)}; floor {readable(p['floor_mt'], MT)} (all {MT})."
    )
    cut = p.get("intensity_cut_pct")
    implied = "" if cut is None else f" With this quota CO2 per GDP {_intensity(float(cut))}."
    yield f"Balance {float(p['balance_mt']):+,.1f} {MT}: {p['balance_class']}; {p['cause']}.{implied}"


def _intensity(cut_pct: float) -> str:
    """What a cut of carbon intensity, %, does to it: a negative one is a rise, a large rise a multiple."""
    times = 1 - cut_pct / 100
    if times >= _MULTIPLE:
        return f"rises to {times:.1f} times that of the base year"
    verb = "falls" if cut_pct >= 0 else "rises"
    return f"{verb} by {readable(abs(cut_pct), PERCENT)} % from the base year"


def _use_lines(found: Explanation) -> Iterable[str]:
    p, price = found.province, found.market_yuan_per_t
    uses = (
        f"abates {readable(p['abatement_mt'], MT)} for {readable(p['cost_1e8yuan'], MONEY)}",
        f"buys {readable(p['purchase_mt'], MT)}",
        f"sells {readable(p['sale_mt'], MT)}",
        f"leaves {readable(p['uncovered_mt'], MT)} uncovered",
    )
    # Mt times the price of a tonne is in millions.
    paid = (float(p["purchase_mt"]) - float(p["sale_mt"])) * price / conventions().millions
    trade = f"pays {readable(paid, MONEY)}" if paid >= 0 else f"earns {readable(-paid, MONEY)}"
    yield f"At least cost it {', '.join(uses)} ({MT}, {MONEY})."
    yield (
        f"Market: at {readable(price, PRICE)} {PRICE} its trade {trade} ({MONEY}). One more tonne of quota "
        f"is worth {readable(p['value_yuan_per_t'], PRICE)} yuan to it."
    )


def _rule_table(found: Explanation, console: Console) -> None:
    rows = []
    for row in found.rules.reset_index().to_dict("records"):
        constraint, name = str(row["constraint"]), str(row["name"])
        rows.append((_called(constraint, name), *(_price(row[column]) for column in _PRICES)))
    headings = (f"rules that bind, and their price in {PRICE}", "price", "next tonne", "last tonne")
    _table(console, headings, rows or [("none", "", "", "")], right=(1, 2, 3))


def _called(constraint: str, name: str) -> str:
    """What a constraint is called to the province it is about."""
    if constraint.startswith("rule_"):
        return f"the planner's rule {name}"
    return _RULES.get(constraint) or term("constraints", constraint)


def _price(value: float | None) -> str:
    # The last digit of a side of 0 may carry a minus.
    return readable(value if value is None or abs(value) >= _LEAST_PRICE else 0.0, PRICE)


def _change_table(found: Explanation, console: Console) -> None:
    headings = ("what would change its quota most", f"quota, {MT}", "change")
    _table(console, headings, change_rows(found.sensitivity), right=(1, 2))


def change_rows(sensitivity: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Rows of the table of changes: the largest, the rest in one row, those infeasible, those without effect.

    Parameters
    ----------
    sensitivity : index ``change``; ``quota_mt, change_mt``, Mt, the largest first

    Returns
    -------
    list of (change, quota, change of the quota), in words
    """
    size = sensitivity["change_mt"].abs()
    moving, unsolved = sensitivity[size >= _LEAST_CHANGE_MT], sensitivity[size.isna()]
    rows = [
        (str(name), readable(row["quota_mt"], MT), f"{row['change_mt']:+,.1f}")
        for name, row in moving.head(_CHANGES).iterrows()
    ]
    if len(rest := size[moving.index[_CHANGES:]]):
        rows.append((_counted(len(rest), "other change"), "", f"at most {rest.max():,.1f}"))
    rows += [(str(name), "no solution", "") for name in unsolved.index]
    if idle := len(sensitivity) - len(moving) - len(unsolved):
        rows.append((_counted(idle, "other change"), "", "none"))
    return rows


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _table(
    console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int]
) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold cyan")
    numeric = set(right)
    for place, heading in enumerate(headings):
        table.add_column(
            in_its_words(heading, "en"), justify="right" if place in numeric else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print()
    console.print(table)
