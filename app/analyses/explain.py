"""One province's story, gathered from a run and from what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from capshare.analyses.sensitivity import quota_sensitivity
from capshare.analyses.told_run import ToldRun
from capshare.chain.from_inputs import solver_limits
from capshare.chain.prepared import PreparedStudy
from capshare.model.outcome.distance import ranks
from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.drivers import price_range
from capshare.reports.words.electricity import electricity_line
from capshare.reports.words.ensemble import province_line
from capshare.reports.words.explained_cut import explained_cut
from capshare.reports.words.explained_potential import RankedPotential
from capshare.reports.words.explanation import Explanation
from capshare.reports.words.market_sectors import market_line
from capshare.solvers.guard import within
from capshare.study.reading import DEFAULT


def explain(
    region: str,
    run_or_study: str | Path = DEFAULT,
    year: int | None = None,
    lang: str = DEFAULT_LANGUAGE,
    settings: Sequence[str] = (),
) -> Explanation:
    """Gather why a province gets what it gets.

    Parameters
    ----------
    region : its code, its name in any known spelling, or an alias
    run_or_study : folder of a run, which is read, or run again where its files were changed since; or a
        study's name or path
    year : one of the study's; by default the last
    lang : of the names of what would change its quota
    settings : keys of a study that shall have another value, as of ``load_study``

    Returns
    -------
    Explanation

    Raises
    ------
    CapshareError
        where no province has this name, the study has no such year, or it cannot be run
    """
    told = ToldRun(run_or_study, settings)
    # A name that nobody has is told before the work.
    code, chosen = told.code(region), told.year(year)
    one = told.outcome.in_year(chosen)
    with within(solver_limits(told.found.study)):
        changes = quota_sensitivity(told.found, code, chosen, lang)
        found = explanation_of(told.found, one, code, changes, lang)
    return replace(found, notes=(*found.notes, *told.notes))


def explanation_of(
    found: PreparedStudy, one: OneYear, code: str, changes: pd.DataFrame, lang: str = DEFAULT_LANGUAGE
) -> Explanation:
    """Gather one province's story from an outcome.

    Parameters
    ----------
    found : the study's chain
    one : its outcome, in the year told
    code : of the province
    changes : what would change its quota, of :func:`~capshare.analyses.sensitivity.quota_sensitivity`
    lang : of words among the figures
    """
    outcome, provinces, ranking = one.outcome, one.provinces, one.outcome.potential.ranking
    province = {
        **_row(provinces, code),
        "score_rank": _rank(provinces["score"], code),
        "ensemble": province_line(outcome, code, lang),
        "whose": tuple(filter(None, (market_line(one, code, lang), electricity_line(outcome, code, lang)))),
    }
    block = found.blocks.block[code]
    members = provinces.index[provinces["group"] == province["group"]]
    return Explanation(
        study=outcome.study.name,
        code=code,
        year=one.year,
        province=province,
        indicators=_indicators(found, outcome, code),
        block={**_row(one.blocks, block), "group": block, "under_curves": _under_curves(one, block, lang)},
        members=tuple(members),
        rules=_rules(one.prices, found, code, one.year),
        market_yuan_per_t=float(one.prices["price_yuan_per_t"].xs("market", level="constraint").iloc[0]),
        potential=RankedPotential(
            _row(ranking, code) if code in ranking.index else None, len(ranking), found.inputs.years[-1]
        ),
        cut=explained_cut(outcome, code),
        sensitivity=changes,
        names=provinces[["name_en", "name_zh"]],
        notes=tuple(note for note in outcome.notes if code in note.provinces),
        conventions=outcome.study.conventions,
    )


def _under_curves(one: OneYear, block: str, lang: str) -> str:
    """Prices of the block's cap under every cost curve, which the run has of its last year."""
    return price_range(one.outcome, block, lang) if one.year == one.outcome.years[-1] else ""


def _row(frame: pd.DataFrame, label: str) -> dict[str, Any]:
    [row] = frame.loc[[label]].to_dict("records")
    return {str(column): value for column, value in row.items()}


def _indicators(found: PreparedStudy, outcome: Outcome, code: str) -> pd.DataFrame:
    """What each indicator contributed to the province's score, in points of a hundred."""
    normalised, weight = outcome.weights.normalised, outcome.weights.table["weight"]
    points = 100 * normalised.loc[code] * weight
    return pd.DataFrame(
        {
            "value": found.inputs.indicators.loc[code],
            "normalised": normalised.loc[code],
            "rank": normalised.apply(lambda column: _rank(column, code)),
            "weight": weight,
            "points": points,
            "mean_points": 100 * normalised.mean() * weight,
        }
    ).sort_values("points", ascending=False, kind="stable")


def _rules(prices: pd.DataFrame, found: PreparedStudy, code: str, year: int) -> pd.DataFrame:
    """Binding rules on this province, its block's cap and planners' rules that name it, with prices."""
    block = found.blocks.block[code]
    own = [rule.name for rule in found.inputs.rules[year] if code in rule.weight]
    constraint = prices.index.get_level_values("constraint")
    name = prices.index.get_level_values("name")
    about = (name == code) | ((constraint == "cap") & (name == block))
    about |= constraint.str.startswith("rule_") & name.isin(own)
    binding: pd.DataFrame = prices.loc[about & prices["binding"].astype(bool)]
    return binding


def _rank(values: pd.Series, code: str) -> int:
    return int(ranks(values, "min")[code])
