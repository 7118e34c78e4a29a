"""One province's story on one screen: why it gets what it gets, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from capshare.base.conventions import USUAL, Conventions, conventions
from capshare.base.notes import Note
from capshare.reports.console.explained_changes import change_rows
from capshare.reports.console.explained_cut import ExplainedCut, explained_cut_lines
from capshare.reports.console.explained_potential import RankedPotential, potential_line
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MONEY, MT, PERCENT, PRICE, SHARE, indicator_name, readable
from capshare.reports.words.notes import note_texts

if TYPE_CHECKING:
    from rich.console import Console

# More names push what stands below them out of sight.
_MEMBERS = 8
_PRICES = ("price_yuan_per_t", "price_low_yuan_per_t", "price_high_yuan_per_t")
_LEAST_PRICE = 0.005  # what is printed as 0.00 yuan/t is no price
_MULTIPLE = 2.0  # from here on a rise reads better so than in per cent
# Constraints whose meaning for the province they are about is said in words of their own.
_RULES = frozenset({"cap", "coverage", "equity_above", "equity_below", "floor", "ceiling", "purchase_limit"})


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
    members : codes of its group
    names : index code; ``name_en, name_zh`` of all provinces
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
    names: pd.DataFrame
    rules: pd.DataFrame
    market_yuan_per_t: float
    potential: RankedPotential
    cut: ExplainedCut | None
    sensitivity: pd.DataFrame
    notes: tuple[Note, ...]
    conventions: Conventions = USUAL


def print_explanation(found: Explanation, console: Console, lang: str = DEFAULT_LANGUAGE) -> None:
    """Print a province's story.

    Parameters
    ----------
    found : what to tell
    console : where to print
    lang : of the texts, as of the names of its changes
    """
    from rich.text import Text

    p = found.province
    names = {"name_zh": p["name_zh"], "name_en": p["name_en"], "code": found.code}
    title = text("explain.title", lang, **names, study=found.study, year=found.year)
    console.print(Text(title, style="bold"))
    for line in explained_cut_lines(found.cut, lang) if found.cut else ():
        console.print(line, markup=False, highlight=False)
    _score(found, console, lang)
    console.print()
    for line in quota_lines(found, lang):
        console.print(line, markup=False, highlight=False)
    _rule_table(found, console, lang)
    _change_table(found, console, lang)
    console.print()
    for note in note_texts(found.notes, found.names[f"name_{lang}"], lang):
        said = text("explain.note", lang, note=note)
        console.print(said, markup=False, highlight=False, style="dim")


def quota_lines(found: Explanation, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """What a province gets, what it does with it, and where its potential stands.

    Parameters
    ----------
    found, lang : of the province, and the language of the lines
    """
    potential = potential_line(found.potential, found.year, lang)
    return *_quota_lines(found, lang), *_use_lines(found, lang), potential


def _score(found: Explanation, console: Console, lang: str) -> None:
    score = readable(100 * float(found.province["score"]), "0 to 100")
    rank, count = found.province["score_rank"], len(found.names)
    columns = ("value", "normalised", "rank", "weight", "points", "mean_points")
    headings = (
        text("explain.score", lang, score=score, rank=rank, count=count),
        *(text(f"explain.{column}", lang) for column in columns),
    )
    rows = [
        (
            indicator_name(str(name), lang),
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


def _quota_lines(found: Explanation, lang: str) -> Iterable[str]:
    p, block, names = found.province, found.block, found.names[f"name_{lang}"]
    others = [str(names.loc[code]) for code in found.members if code != found.code]
    listed = text("terms.separator", lang).join(others[:_MEMBERS])
    if others[_MEMBERS:]:
        listed = text("note_items.more", lang, list=listed, count=len(others) - _MEMBERS)
    yield text(
        "explain.group" if others else "explain.group_alone",
        lang,
        group=term("terms", p["group"], lang),
        **({"list": listed} if others else {}),
        block=term("terms", block["group"], lang) if lang != DEFAULT_LANGUAGE else block["group"],
        cap=readable(block["cap_mt"], MT),
        price=readable(block["price_yuan_per_t"], PRICE),
    )
    if block["under_curves"]:
        yield text("explain.under_curves", lang, range=block["under_curves"])
    cover = readable(p["quota_mt"] / p["emissions_mt"], SHARE) if p["emissions_mt"] else ""
    mt = {name: readable(p[f"{name}_mt"], MT) for name in ("entitlement", "quota", "emissions", "floor")}
    moved = float(p["quota_mt"]) - float(p["entitlement_mt"])
    yield text(
        "explain.quota",
        lang,
        **mt,
        moved=f"{moved:+,.1f}",
        share=readable(p["quota_share"], SHARE),
        cover=cover or text("explain.no_share", lang),
    )
    cut = p.get("intensity_cut_pct")
    implied = "" if cut is None else text("explain.implied", lang, change=intensity_words(float(cut), lang))
    classes = {name: term("terms", p[name], lang) for name in ("balance_class", "cause")}
    yield text("explain.balance", lang, balance=f"{float(p['balance_mt']):+,.1f}", **classes) + implied


def intensity_words(cut_pct: float, lang: str = DEFAULT_LANGUAGE) -> str:
    """What a cut of carbon intensity does to it: a negative one is a rise, a large rise a multiple.

    Parameters
    ----------
    cut_pct : against the base year, %
    lang : of the words
    """
    times = 1 - cut_pct / 100
    if times >= _MULTIPLE:
        return text("explain.rises_to", lang, times=times)
    key = "explain.falls" if cut_pct >= 0 else "explain.rises"
    return text(key, lang, share=readable(abs(cut_pct), PERCENT))


def _use_lines(found: Explanation, lang: str) -> Iterable[str]:
    p, price = found.province, found.market_yuan_per_t
    uses = {name: readable(p[f"{name}_mt"], MT) for name in ("abatement", "purchase", "sale", "uncovered")}
    yield text("explain.uses", lang, **uses, cost=readable(p["cost_1e8yuan"], MONEY))
    # Mt times the price of a tonne is in millions.
    paid = (float(p["purchase_mt"]) - float(p["sale_mt"])) * price / conventions().millions
    yield text(
        "explain.pays" if paid >= 0 else "explain.earns",
        lang,
        price=readable(price, PRICE),
        amount=readable(abs(paid), MONEY),
        worth=readable(p["value_yuan_per_t"], PRICE),
    )


def _rule_table(found: Explanation, console: Console, lang: str) -> None:
    rows = []
    for row in found.rules.reset_index().to_dict("records"):
        constraint, name = str(row["constraint"]), str(row["name"])
        rows.append((called(constraint, name, lang), *(_price(row[column]) for column in _PRICES)))
    headings = [text(f"explain.{name}", lang) for name in ("binding", "price", "next_tonne", "last_tonne")]
    _table(console, headings, rows or [(text("explain.no_rule", lang), "", "", "")], right=(1, 2, 3))


def called(constraint: str, name: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """What a constraint is called to the province it is about.

    Parameters
    ----------
    constraint, name : of a row of the prices
    lang : of the words
    """
    if constraint.startswith("rule_"):
        return text("explain.planner", lang, name=name)
    return (
        text(f"explain.rule_{constraint}", lang)
        if constraint in _RULES
        else term("constraints", constraint, lang)
    )


def _price(value: float | None) -> str:
    # The last digit of a side of 0 may carry a minus.
    return readable(value if value is None or abs(value) >= _LEAST_PRICE else 0.0, PRICE)


def _change_table(found: Explanation, console: Console, lang: str) -> None:
    headings = [text(f"explain.{name}", lang) for name in ("changes", "changed_quota", "change")]
    _table(console, headings, change_rows(found.sensitivity, lang), right=(1, 2))


def _table(
    console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int]
) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold cyan")
    numeric = set(right)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print()
    console.print(table)
