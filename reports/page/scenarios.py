"""Scenarios that a run computed beside its own split, for the page: sides of the panel, other cost curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from capshare.model.outcome.drivers import ComparedCurves
from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.model.outcome.sensitivity import Sensitivity
from capshare.reports.charts.tiles import grid, tiles
from capshare.reports.page.planner import planner_words
from capshare.reports.words.catalogue import term, text, texts
from capshare.reports.words.columns import describe
from capshare.reports.words.sensitivity import nation_in_words

RUN, SOLVED = "run", "solved"
CURVE_KEY = "prices.method"
# Figures of the nation: key on the page → column of the panel; the cap is the sum of the quotas.
_FIGURES = {"cap": "cap_mt", "cost": "cost_1e8yuan", "price": "price_yuan_per_t", "moved": "moved_mt"}
_WORDS = "page.scenarios."
# Less of a quota does not show.
_LEAST_MT = 0.05
# Digits of a number that a screen can show; the CSV files have all.
_DIGITS = 7


@dataclass(frozen=True)
class Scenario:
    """A split that the run computed.

    Attributes
    ----------
    key : unique on the page
    choice, label : what was chosen otherwise, and how, in words; of the run itself the choice is ""
    reason : why it could be so, or why there is no such split
    provinces : index code; ``quota_mt`` and, where GDP is known, ``cut_pct``; None without a solution
    figures : of the nation, by the keys of the page; what is not known is left out
    """

    key: str
    choice: str
    label: str
    reason: str
    provinces: pd.DataFrame | None
    figures: Mapping[str, float]


def scenarios(outcome: Outcome, lang: str) -> tuple[Scenario, ...]:
    """The run and what it computed beside it, of its last year; nothing where it computed nothing else.

    Parameters
    ----------
    outcome : of a run
    lang : language of the words
    """
    panel, curves = outcome.drivers.sensitivity, outcome.drivers.curves
    own = _own(outcome, lang)
    sides = () if panel is None else tuple(_sides(outcome, panel, lang))
    others = () if curves is None else tuple(_curves(outcome, own, curves, lang))
    found = (own, *sides, *others)
    # Where no split differs from the run's as it is shown there is nothing to choose.
    return found if any(_differs(own, other) for other in found[1:]) else ()


def _differs(own: Scenario, other: Scenario) -> bool:
    if own.provinces is None or other.provinces is None:
        return False
    apart = own.provinces["quota_mt"] - other.provinces["quota_mt"].reindex(own.provinces.index)
    return bool(apart.abs().max() >= _LEAST_MT)


def scenario_data(outcome: Outcome, lang: str) -> dict[str, Any]:
    """What the page's script draws them from; empty where there is nothing to choose.

    Parameters
    ----------
    outcome : of a run
    lang : language of the words
    """
    found = scenarios(outcome, lang)
    if not found:
        return {}
    own = {key.removeprefix(_WORDS): said for key, said in texts(lang).items() if key.startswith(_WORDS)}
    return {
        "lang": lang,
        "words": planner_words(lang) | own,
        "regions": _regions(outcome.in_year(), lang),
        "absent": _absent(outcome.in_year(), lang),
        "scenarios": [_written(scenario, _figure_words(outcome, lang), lang) for scenario in found],
    }


def _own(outcome: Outcome, lang: str) -> Scenario:
    one = outcome.in_year()
    provinces, cuts = one.provinces[["quota_mt"]], _own_cuts(outcome)
    figures = {"cost": _own_cost(outcome), "moved": 0.0}
    if len(one.blocks) == 1:
        figures["price"] = float(one.blocks["price_yuan_per_t"].iloc[0])
    known = provinces if cuts is None else provinces.assign(cut_pct=cuts)
    return Scenario(RUN, "", text("workbench.the_run", lang), "", *_of_provinces(known, figures))


def _own_cuts(outcome: Outcome) -> pd.Series | None:
    """The run's cuts before rounding, %; None where they are not known."""
    panel, targets = outcome.drivers.sensitivity, outcome.targets
    if panel is not None and panel.figure == "cut_pct":
        return panel.ranges["cut_pct"]
    if targets is not None and targets.cuts is not None:
        return outcome.in_year().of(targets.cuts)["cut_pct"]
    return None


def _own_cost(outcome: Outcome) -> float:
    """What the panel calls cost: the programme's whole objective, of tied years that of all of them.

    Without a panel the cost of abatement alone, with which other curves are compared.
    """
    curves = outcome.drivers.curves
    if outcome.drivers.sensitivity is not None or curves is None:
        return outcome.allocation.endings[-1].objective_1e8yuan
    own = curves.prices.index.get_level_values("curve")[0]
    return float(_of(curves.prices, curve=own, year=outcome.years[-1])["cost_1e8yuan"].sum())


def _sides(outcome: Outcome, panel: Sensitivity, lang: str) -> Iterator[Scenario]:
    said = nation_in_words(outcome, lang)
    values = panel.nation["value"].tolist()
    rows = said.reset_index().to_dict("records")
    for row, value in zip(rows, values, strict=True):
        choice, side = row["choice"], row["side"]
        words = (term("choices", choice, lang), str(row["value"]), str(row["reason"]))
        key = f"{choice}/{side}/{value}"
        if row["status"] != SOLVED:
            yield Scenario(key, *words, None, {})
            continue
        provinces = _of(panel.provinces, choice=choice, side=side, value=value)
        figures = {name: float(row[column]) for name, column in _FIGURES.items() if column in row}
        yield Scenario(key, *words, *_of_provinces(provinces, figures))


def _curves(outcome: Outcome, own: Scenario, curves: ComparedCurves, lang: str) -> Iterator[Scenario]:
    """Other cost curves than the run's own, those that are no side of the panel already."""
    panel = outcome.drivers.sensitivity
    known = set() if panel is None else set(panel.nation["value"][panel.nation["key"] == CURVE_KEY])
    _, *names = dict.fromkeys(curves.prices.index.get_level_values("curve"))
    for name in names:
        if name in known:
            continue
        at = {"curve": name, "year": outcome.years[-1]}
        rows = _of(curves.prices, **at)
        figures = {"moved": float(rows["moved_mt"].sum())}
        if panel is None:
            figures["cost"] = float(rows["cost_1e8yuan"].sum())
        if len(rows) == 1:
            figures["price"] = float(rows["price_yuan_per_t"].iloc[0])
        provinces = _with_cuts(_of(curves.quotas, **at)[["quota_mt"]], own)
        choice, reason = (text(f"page.scenarios.{key}", lang) for key in ("curve", "curve_reason"))
        label = term("curves", name, lang)
        yield Scenario(f"curve/{name}", choice, label, reason, *_of_provinces(provinces, figures))


def _with_cuts(quotas: pd.DataFrame, own: Scenario) -> pd.DataFrame:
    """Cuts that quotas are: a curve changes neither GDP nor the base year, so intensity is as the quota."""
    if own.provinces is None or "cut_pct" not in own.provinces:
        return quotas
    left_pct = (100.0 - own.provinces["cut_pct"]) * quotas["quota_mt"] / own.provinces["quota_mt"]
    return quotas.assign(cut_pct=100.0 - left_pct)


def _of(frame: pd.DataFrame, **levels: object) -> pd.DataFrame:
    """Rows with these labels, without their levels."""
    return cast("pd.DataFrame", frame.xs(tuple(levels.values()), level=tuple(levels)))


def _of_provinces(
    provinces: pd.DataFrame, figures: Mapping[str, float]
) -> tuple[pd.DataFrame, dict[str, float]]:
    known = {name: value for name, value in figures.items() if pd.notna(value)}
    return provinces, {"cap": float(provinces["quota_mt"].sum()), **known}


def _written(scenario: Scenario, said: Mapping[str, str], lang: str) -> dict[str, Any]:
    found = scenario.provinces
    return {
        "key": scenario.key,
        "choice": scenario.choice,
        "label": scenario.label,
        "reason": scenario.reason,
        "provinces": None if found is None else _rows(found),
        "figures": [_figure(key, scenario.figures.get(key), said[key], lang) for key in _FIGURES],
    }


def _rows(provinces: pd.DataFrame) -> dict[str, dict[str, float]]:
    return {
        str(code): {str(name): _short(value) for name, value in row.items()}
        for code, row in provinces.iterrows()
    }


def _figure_words(outcome: Outcome, lang: str) -> dict[str, str]:
    tied = len(outcome.allocation.endings) < len(outcome.years)
    named = {**{key: key for key in _FIGURES}, **({"cost": "cost_of_years"} if tied else {})}
    return {key: text(f"page.scenarios.figure_{name}", lang) for key, name in named.items()}


def _figure(key: str, value: float | None, label: str, lang: str) -> dict[str, Any]:
    unit = term("units", describe("sensitivity_nation", _FIGURES[key], lang).unit, lang)
    said = {f"label_{lang}": label, f"unit_{lang}": unit}
    return {"key": key, "value": None if value is None else _short(value), **said}


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _regions(one: OneYear, lang: str) -> list[dict[str, Any]]:
    places = tiles(one, lang)
    return [
        {"code": str(row["code"]), f"name_{lang}": str(row[f"name_{lang}"]), **_place(row)}
        for row in places.rename_axis("code").reset_index().to_dict("records")
    ]


def _absent(one: OneYear, lang: str) -> list[dict[str, Any]]:
    """Places of the map that the data do not have, where the map is that of the run's provinces."""
    places, codes = grid(), one.provinces.index
    if not codes.isin(places.index).all():
        return []
    outside = places.drop(index=codes).to_dict("records")
    return [{f"name_{lang}": row[f"name_{lang}"], **_place(row)} for row in outside]


def _place(row: Mapping[Any, Any]) -> dict[str, int]:
    return {"column": int(row["column"]), "row": int(row["row"])}
