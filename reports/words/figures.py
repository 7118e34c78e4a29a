"""The few figures of a run that a reader wants first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, term, text
from capshare.reports.words.columns import MONEY, MT


@dataclass(frozen=True)
class Figure:
    """One figure with its unit and a sentence that says what it is; either may be empty."""

    name: str
    value: float | str
    unit: str
    meaning: str


def totals(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> tuple[Figure, ...]:
    """The cap, then the sums over provinces.

    Parameters
    ----------
    one : the year shown
    lang : language of names and meanings
    """
    return (_cap(one, lang), *_totals(one.provinces, lang))


def key_figures(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> tuple[Figure, ...]:
    """Cap, totals, and how the allocation ended.

    Parameters
    ----------
    one : the year shown
    lang : language of names and meanings; units stay as they are

    Returns
    -------
    tuple of Figure, quantities in Mt CO2 and 1e8 yuan
    """
    return (*totals(one, lang), *ending(one.outcome, lang))


def _figure(key: str, value: float | str, unit: str, lang: str, **values: object) -> Figure:
    name = text(f"figures.{key}.name", lang, **values)
    return Figure(name, value, unit, text(f"figures.{key}.meaning", lang))


def _cap(one: OneYear, lang: str) -> Figure:
    return _figure("cap", one.outcome.cap.path["cap_mt"][one.year], MT, lang, year=one.year)


def _totals(provinces: pd.DataFrame, lang: str) -> tuple[Figure, ...]:
    balance = provinces["balance_mt"]
    total = provinces.sum(numeric_only=True)
    return (
        _figure("emissions", total["emissions_mt"], MT, lang),
        _figure("quotas", total["quota_mt"], MT, lang),
        _figure("provinces", len(provinces), "", lang),
        _figure("surplus", int((balance > 0).sum()), "", lang),
        _figure("deficit", int((balance < 0).sum()), "", lang),
        _figure("deficits", -balance[balance < 0].sum(), MT, lang),
        _figure("abatement", total["abatement_mt"], MT, lang),
        _figure("purchases", total["purchase_mt"], MT, lang),
        _figure("uncovered", total["uncovered_mt"], MT, lang),
        _figure("cost", total["cost_1e8yuan"], MONEY, lang),
    )


def ending(outcome: Outcome, lang: str = DEFAULT_LANGUAGE) -> tuple[Figure, ...]:
    """How the allocation ended; of several years, amounts of money are sums over all and are called so.

    Parameters
    ----------
    outcome : of a run
    lang : language of names and meanings
    """
    end = outcome.allocation.total
    return (
        _summed(_figure("objective", end.objective_1e8yuan, MONEY, lang), outcome.years, lang),
        _summed(_figure("penalty", end.penalty_1e8yuan, MONEY, lang), outcome.years, lang),
        _figure("duality_gap", f"{end.duality_gap:.1e}", "relative", lang),
        _figure("status", term("terms", end.status, lang), "", lang),
        _figure("solver", end.solver, "", lang),
        _figure("seed", outcome.study.seed, "", lang),
    )


def _summed(figure: Figure, over: tuple[int, ...], lang: str) -> Figure:
    if len(over) == 1:
        return figure
    name = text("figures.of_years", lang, name=figure.name, first=over[0], last=over[-1], count=len(over))
    return replace(figure, name=name)


def largest_quotas(provinces: pd.DataFrame, count: int) -> pd.DataFrame:
    """The provinces with the largest quotas, the largest first.

    Parameters
    ----------
    provinces : index code, of one year; `quota_mt` (Mt CO2)
    count : at most so many rows
    """
    return provinces.sort_values("quota_mt", ascending=False, kind="stable").head(count)


def largest_deficits(provinces: pd.DataFrame, count: int) -> pd.DataFrame:
    """The provinces furthest below their emissions, the furthest first; fewer where fewer are in deficit.

    Parameters
    ----------
    provinces : index code, of one year; `balance_mt` (Mt CO2), below 0 in deficit
    count : as of :func:`largest_quotas`
    """
    short = provinces[provinces["balance_mt"] < 0]
    return short.sort_values("balance_mt", kind="stable").head(count)


def member_names(one: OneYear, lang: str = DEFAULT_LANGUAGE) -> pd.Series:
    """The names of each group's provinces, in the order of their codes.

    Parameters
    ----------
    one : the year shown; in national scope its one block, ``all``, holds every province
    lang : language of the names

    Returns
    -------
    Series indexed by ``group``, text
    """
    provinces = one.provinces.sort_index()
    names = {
        group: text("terms.separator", lang).join(
            provinces.loc[(provinces["group"] == group) | (group == "all"), f"name_{lang}"]
        )
        for group in one.blocks.index
    }
    return pd.Series(names, name="members", dtype=object).rename_axis("group")
