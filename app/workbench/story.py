"""A province's story under changed settings, beside those of its peers: the words of ``explain``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from capshare.analyses.explain import explanation_of
from capshare.analyses.run import outcome_of
from capshare.analyses.sensitivity import quota_sensitivity
from capshare.chain.prepared import PreparedStudy
from capshare.model.outcome.outcome import OneYear
from capshare.reports.console.explained_changes import change_rows
from capshare.reports.console.explained_cut import explained_cut_lines
from capshare.reports.console.explanation import Explanation, called, quota_lines
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, LANGUAGES
from capshare.reports.words.columns import indicator_name
from capshare.reports.words.notes import note_texts
from capshare.workbench.session import LONGEST_LOOK_S, Session
from capshare.workbench.solve import chosen_year
from capshare.workbench.story_answers import ChangeRow, IndicatorRow, RuleRow, Story

_NONE = pd.DataFrame({"quota_mt": [], "change_mt": []}, dtype=float)


def story(
    session: Session, changes: Mapping[str, Any], region: str, year: int | None, peers: Sequence[str]
) -> Story:
    """Why a province gets what it gets, and its peers what they get.

    Parameters
    ----------
    session : holds the study
    changes : key as of ``--set`` → value
    region : code or name of the province
    year : one of the study's; by default the last
    peers : codes or names of provinces beside it

    Raises
    ------
    CapshareError
        where a setting, a name or the year is wrong.
    InfeasibleError
        where the rules contradict each other.
    """
    with session.prepared(changes, LONGEST_LOOK_S) as found:
        regions = found.inputs.dataset.regions
        codes = [regions.resolve(name, "province") for name in (region, *peers)]
        one = outcome_of(found, ()).in_year(chosen_year(found, year))
        own, *others = (_story(found, one, code, code == codes[0]) for code in codes)
    return own.model_copy(update={"peers": others})


def _story(found: PreparedStudy, one: OneYear, code: str, with_changes: bool) -> Story:
    """The story of one province; what would change its quota takes a solve for each change."""
    told = {
        lang: explanation_of(
            found, one, code, _changes(found, one, code, lang) if with_changes else _NONE, lang
        )
        for lang in LANGUAGES
    }
    own = told[DEFAULT_LANGUAGE]
    return Story(
        code=code,
        name_en=str(own.names["name_en"][code]),
        name_zh=str(own.names["name_zh"][code]),
        year=one.year,
        rules=_rules(own.rules),
        indicators=_indicators(own.indicators),
        lines_en=_lines(told["en"], "en"),
        lines_zh=_lines(told["zh"], "zh"),
        changes_en=_change_rows(told["en"], "en"),
        changes_zh=_change_rows(told["zh"], "zh"),
    )


def _changes(found: PreparedStudy, one: OneYear, code: str, lang: str) -> pd.DataFrame:
    return quota_sensitivity(found, code, one.year, lang)


def _lines(explained: Explanation, lang: str) -> list[str]:
    cut = explained_cut_lines(explained.cut, lang) if explained.cut else ()
    notes = note_texts(explained.notes, explained.names[f"name_{lang}"], lang)
    return [*cut, *quota_lines(explained, lang), *notes]


def _rules(rules: pd.DataFrame) -> list[RuleRow]:
    return [
        RuleRow(
            constraint=str(constraint),
            name=str(name),
            price_yuan_per_t=price,
            **{f"label_{lang}": called(str(constraint), str(name), lang) for lang in LANGUAGES},
        )
        for (constraint, name), price in zip(rules.index.tolist(), rules["price_yuan_per_t"], strict=True)
    ]


def _indicators(table: pd.DataFrame) -> list[IndicatorRow]:
    return [
        IndicatorRow(
            value=row["value"],
            rank=row["rank"],
            weight=row["weight"],
            points=row["points"],
            mean_points=row["mean_points"],
            **{f"label_{lang}": indicator_name(str(row["indicator"]), lang) for lang in LANGUAGES},
        )
        for row in table.rename_axis("indicator").reset_index().to_dict("records")
    ]


def _change_rows(explained: Explanation, lang: str) -> list[ChangeRow]:
    rows = change_rows(explained.sensitivity, lang)
    return [ChangeRow(label=label, quota=quota, change=change) for label, quota, change in rows]
