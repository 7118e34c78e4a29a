"""Settings that an ensemble can draw: keys of a study, and what of a year's numbers each of them is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from capshare.chain.year_numbers import YearNumbers
from capshare.model.rules.registry import find, rules
from capshare.model.rules.rule import Rule
from capshare.study.sections.years import Cap
from capshare.study.study import Study

Change = Callable[[YearNumbers, Study, float], YearNumbers]
_CAP = re.compile(r"cap\.mt\.([12][0-9]{3})")
_RULE = re.compile(r"rules\.(?P<rule>[a-z-]+)\.(?P<parameter>[a-z_]+)")
# The caps of all years follow from these, by the formulas of the study's own path.
_CAPS = (
    "cap.cut_pct",
    "cap.first_year_cut_pct",
    "cap.co2_share_of_cut",
    "cap.net_ghg_per_co2",
    "cap.budget_mt",
    "cap.peak_mt",
    "cap.then.cut_pct",
    "cap.then.co2_share_of_cut",
    "cap.then.net_ghg_per_co2",
)
CAP_KEY, RULE_KEY = "cap.mt.YEAR", "rules.RULE.PARAMETER"


@cache
def change_of(key: str) -> Change | None:
    """How a setting changes the numbers of a year; None for one that does not, or only by the caps.

    Parameters
    ----------
    key : as ``--set`` takes it
    """
    said = _RULE.fullmatch(key)
    if said is None:
        return _CHANGES.get(key)
    parameters = find(said["rule"]).parameters if said["rule"] in rules() else {}
    return partial(_parameter, said["parameter"], isinstance(parameters.get(said["parameter"]), int))


def is_of_cap(key: str) -> bool:
    """Whether a setting is one that the caps follow.

    Parameters
    ----------
    key : as ``--set`` takes it
    """
    return key in _CAPS or _CAP.fullmatch(key) is not None


def is_drawable(key: str) -> bool:
    """Whether an ensemble can draw a setting.

    Parameters
    ----------
    key : as ``--set`` takes it
    """
    return is_of_cap(key) or change_of(key) is not None


def known_keys() -> tuple[str, ...]:
    """The settings that an ensemble can draw."""
    return (*sorted((*_CHANGES, *_CAPS, CAP_KEY)), RULE_KEY)


def setting_value(study: Study, key: str) -> float | int | None:
    """A study's own value of a setting; None where it has none.

    Parameters
    ----------
    study : of the ensemble
    key : one of :func:`known_keys`
    """
    if _RULE.fullmatch(key):
        rule, parameter = rule_parameter(study, key)
        value = None if rule is None else {**rule.parameters, **study.rules.get(rule.name, {})}.get(parameter)
        whole = rule is not None and isinstance(rule.parameters.get(parameter), int)
        return (value if whole else float(value)) if isinstance(value, int | float) else None
    found: object = study
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else getattr(found, part, None)
    return found if isinstance(found, int | float) else None


def rule_parameter(study: Study, key: str) -> tuple[Rule | None, str]:
    """The rule inside the blocks and the parameter of it that a key names; None for another rule.

    Parameters
    ----------
    study : of the ensemble
    key : ``rules.RULE.PARAMETER``
    """
    said = _RULE.fullmatch(key)
    if said is None or said["rule"] != study.allocation.within:
        return None, ""
    return find(study.allocation.within), said["parameter"]


def drawn_cap(cap: Cap, settings: Mapping[str, float]) -> Cap:
    """The section ``[cap]`` with the values of a draw.

    Parameters
    ----------
    cap : the study's
    settings : key → value, as drawn
    """
    own: dict[str, Any] = {}
    for key, value in settings.items():
        of_year = _CAP.fullmatch(key)
        if of_year:
            own["mt"] = {**own.get("mt", cap.mt), of_year[1]: value}
        elif key.startswith("cap.then.") and cap.then is not None:
            then = own.get("then", cap.then)
            own["then"] = then.model_copy(update={key.removeprefix("cap.then."): value})
        elif key in _CAPS:
            own[key.removeprefix("cap.")] = value
    return cap.model_copy(update=own)


def _field(name: str, numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    return numbers.with_(**{name: value})


def _count(name: str, numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    return numbers.with_(**{name: round(value)})


def _parameter(name: str, whole: bool, numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    own = {**numbers.sharing.parameters, name: round(value) if whole else value}
    return numbers.with_(sharing__parameters=own)


def _autonomous(numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    # A study without a baseline has no such setting.
    own = (study.baseline.autonomous_change if study.baseline else None) or 0.0
    years = numbers.year - study.study.base_year
    return numbers.with_(baseline_mt=numbers.baseline_mt * ((1 - value) / (1 - own)) ** years)


_CHANGES: Mapping[str, Change] = {
    "allocation.max_deviation": partial(_field, "limits__max_deviation"),
    "allocation.trade_limit": partial(_field, "limits__trade_limit"),
    "baseline.autonomous_change": _autonomous,
    "burden.spread_points": partial(_field, "sharing__targets__spread_points"),
    "groups.k": partial(_count, "grouping__k"),
    "targets.distance_points": partial(_field, "sharing__targets__distance_points"),
    "targets.tiers_k": partial(_count, "grouping__k"),
}
