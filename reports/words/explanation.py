"""One province's story in sentences: why it gets what it gets, on a console and on its sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.base.conventions import USUAL, Conventions, conventions
from capshare.base.notes import Note
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MONEY, MT, PERCENT, PRICE, SHARE, readable
from capshare.reports.words.explained_cut import ExplainedCut
from capshare.reports.words.explained_potential import RankedPotential, potential_line

# More names push what stands below them out of sight.
_MEMBERS = 8
_PRICES = ("price_yuan_per_t", "price_low_yuan_per_t", "price_high_yuan_per_t")
# What is printed as 0.00 yuan/t is no price.
_LEAST_PRICE = 0.005
# From here on a rise reads better as a multiple than in per cent.
_MULTIPLE = 2.0
# Constraints whose meaning for the province they are about is said in words of their own.
_RULES = frozenset({"cap", "coverage", "equity_above", "equity_below", "floor", "ceiling", "purchase_limit"})


@dataclass(frozen=True)
class Explanation:
    """Why a province gets what it gets, in one year.

    Attributes
    ----------
    study : name of the study
    code, year : the province, the year
    province : its row of ``provinces.csv``, its ``score_rank`` among all, and ``ensemble``, between what
        draws of the uncertain inputs put its figure, in words; "" without an ensemble; and ``whose``, what of
        its emissions is in the national market and what the view of electricity moves, in sentences
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


def quota_lines(found: Explanation, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """What a province gets, what it does with it, and where its potential stands.

    Parameters
    ----------
    found : of the province
    lang : language of the lines
    """
    potential = potential_line(found.potential, found.year, lang)
    own = (_quota_line(found, lang), balance_line(found, lang))
    return *_group_lines(found, lang), *own, *use_lines(found, lang), *found.province["whose"], potential


def _group_lines(found: Explanation, lang: str) -> tuple[str, ...]:
    """Its group and block, and the price of its block's cap under the cost curves compared."""
    p, block, names = found.province, found.block, found.names[f"name_{lang}"]
    others = [str(names.loc[code]) for code in found.members if code != found.code]
    listed = text("terms.separator", lang).join(others[:_MEMBERS])
    if others[_MEMBERS:]:
        listed = text("note_items.more", lang, list=listed, count=len(others) - _MEMBERS)
    group = text(
        "explain.group" if others else "explain.group_alone",
        lang,
        group=term("terms", p["group"], lang),
        **({"list": listed} if others else {}),
        block=term("terms", block["group"], lang) if lang != DEFAULT_LANGUAGE else block["group"],
        cap=readable(block["cap_mt"], MT),
        price=readable(block["price_yuan_per_t"], PRICE),
    )
    curves = block["under_curves"]
    return (group, text("explain.under_curves", lang, range=curves)) if curves else (group,)


def _quota_line(found: Explanation, lang: str) -> str:
    p = found.province
    cover = readable(p["quota_mt"] / p["emissions_mt"], SHARE) if p["emissions_mt"] else ""
    mt = {name: readable(p[f"{name}_mt"], MT) for name in ("entitlement", "quota", "emissions", "floor")}
    moved = float(p["quota_mt"]) - float(p["entitlement_mt"])
    return text(
        "explain.quota",
        lang,
        **mt,
        moved=f"{moved:+,.1f}",
        share=readable(p["quota_share"], SHARE),
        cover=cover or text("explain.no_share", lang),
    )


def balance_line(found: Explanation, lang: str = DEFAULT_LANGUAGE) -> str:
    """What its quota leaves of its emissions, its class, and what that means for its carbon intensity.

    Parameters
    ----------
    found : what to tell
    lang : of the words
    """
    p = found.province
    cut = p.get("intensity_cut_pct")
    implied = "" if cut is None else text("explain.implied", lang, change=intensity_words(float(cut), lang))
    classes = {name: term("terms", p[name], lang) for name in ("balance_class", "cause")}
    return text("explain.balance", lang, balance=f"{float(p['balance_mt']):+,.1f}", **classes) + implied


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


def use_lines(found: Explanation, lang: str = DEFAULT_LANGUAGE) -> Iterable[str]:
    """What it does with its quota at least cost, and what its trade is worth on the market.

    Parameters
    ----------
    found : what to tell
    lang : of the words
    """
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


def rule_rows(found: Explanation, lang: str = DEFAULT_LANGUAGE) -> list[tuple[str, ...]]:
    """Binding rules with the price, that of the next tonne and that of the last; one row where there is none.

    Parameters
    ----------
    found : what to tell
    lang : of the words
    """
    rows = [
        (
            called(str(row["constraint"]), str(row["name"]), lang),
            *(_price(row[column], lang) for column in _PRICES),
        )
        for row in found.rules.reset_index().to_dict("records")
    ]
    return rows or [(text("explain.no_rule", lang), "", "", "")]


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


def _price(value: float | None, lang: str) -> str:
    # The last digit of a side of 0 may carry a minus.
    return readable(value if value is None or abs(value) >= _LEAST_PRICE else 0.0, PRICE, lang)
