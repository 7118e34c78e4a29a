"""Checks of what is uncertain: that the study knows it, and allows it to its ends."""

from __future__ import annotations

from pydantic import ValidationError

from capshare.analyses.ensemble.draws import ends
from capshare.analyses.ensemble.setting_keys import (
    is_drawable,
    known_keys,
    rule_parameter,
    setting_value,
)
from capshare.base.collector import Collector
from capshare.base.spelling import nearest, suggestion
from capshare.chain.prepared import PreparedStudy
from capshare.model.rules.requirements import parameter_problems
from capshare.study.problems import validation_problems
from capshare.study.sections.uncertainty import UncertainSetting, Uncertainty
from capshare.study.setting import read_settings, with_settings
from capshare.study.study import Study


def check_uncertainty(prepared: PreparedStudy, found: Collector) -> None:
    """Keep as problems what an ensemble of a study cannot draw.

    Parameters
    ----------
    prepared : the study
    found : keeps the problems
    """
    study = prepared.study
    if study.uncertainty is None:
        found.add("uncertainty", "a section that says what is drawn, how widely and why", "none",
                  "Add [uncertainty] as the shipped studies have it.")  # fmt: skip
        return
    _check_columns(study.uncertainty, prepared, found)
    _check_baseline(study, study.uncertainty, found)
    for number, setting in enumerate(study.uncertainty.settings, start=1):
        _check_setting(study, setting, f"uncertainty.settings {number}", found)


def _check_columns(asked: Uncertainty, prepared: PreparedStudy, found: Collector) -> None:
    known = ["emissions_mt", *map(str, prepared.inputs.dataset.table.select_dtypes("number").columns)]
    for number, column in enumerate(asked.columns, start=1):
        if column.column not in known:
            place = f"uncertainty.columns {number}.column"
            remedy = suggestion(column.column, known)
            found.add(place, "a numeric column of the dataset, or emissions_mt", column.column, remedy)


def _check_baseline(study: Study, asked: Uncertainty, found: Collector) -> None:
    method = study.baseline.method if study.baseline else "base-year"
    drawn = [column.column for column in asked.columns]
    if method == "table" and (asked.inventories or "emissions_mt" in drawn):
        found.add("uncertainty", "emissions as the study has them beside a stated [baseline]",
                  "emissions that are drawn", "Leave the inventories and emissions_mt out.")  # fmt: skip
    if asked.growth is not None and method != "growth":
        found.add("uncertainty.growth", 'a [baseline] with method "growth", which growth changes',
                  f'method "{method}"', "Leave growth out.")  # fmt: skip


def _check_setting(study: Study, setting: UncertainSetting, place: str, found: Collector) -> None:
    if not is_drawable(setting.key):
        near = nearest(setting.key, known_keys())
        remedy = f"Did you mean {near}?" if near else f"Draw one of {', '.join(known_keys())}."
        found.add(f"{place}.key", "a setting that an ensemble can draw", setting.key, remedy)
        return
    own = setting_value(study, setting.key)
    if own is None:
        found.add(f"{place}.key", "a setting that this study has", f"{setting.key}, which it lacks",
                  "Leave it out.")  # fmt: skip
        return
    whole = isinstance(own, int)
    if whole and not setting.values:
        found.add(place, "`values`, of a setting that is a whole number", "a range", "List them.")
        return
    rule, parameter = rule_parameter(study, setting.key)
    for value in sorted(set(ends(setting, own))):
        if rule is not None:
            number = round(value) if whole else value
            found.problems += parameter_problems(found.file, rule, {parameter: number})
        said = f"{setting.key}={round(value) if whole and value == round(value) else value!r}"
        try:
            Study.model_validate(with_settings(study.own_settings(), read_settings([said])))
        except ValidationError as error:
            # The study's own words for what it does not allow.
            first = validation_problems(found.file, study.own_settings(), error)[0]
            found.add(place, first.expected, said, "Narrow the spread, whose ends are tried.")
