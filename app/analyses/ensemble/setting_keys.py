"""Settings that an ensemble can draw: keys of a study, and what of a year's numbers each of them is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from capshare.chain.planned import planned
from capshare.chain.year_numbers import YearNumbers
from capshare.study.study import Study

Change = Callable[[YearNumbers, Study, float], YearNumbers]
_CAP = re.compile(r"cap\.mt\.([12][0-9]{3})")
CAP_KEY = "cap.mt.YEAR"


def change_of(key: str) -> Change | None:
    """How a setting changes the numbers of a year; None for one that an ensemble cannot draw.

    Parameters
    ----------
    key : as ``--set`` takes it
    """
    if _CAP.fullmatch(key):
        return _cap
    return _CHANGES.get(key)


def known_keys() -> tuple[str, ...]:
    """The settings that an ensemble can draw."""
    return (*_CHANGES, CAP_KEY)


def setting_value(study: Study, key: str) -> float | int | None:
    """A study's own value of a setting; None where it has none.

    Parameters
    ----------
    study : of the ensemble
    key : one of :func:`known_keys`
    """
    value: object = study
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else getattr(value, part, None)
    return value if isinstance(value, int | float) else None


def _field(name: str, numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    return numbers.with_(**{name: value})


def _count(name: str, numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    return numbers.with_(**{name: round(value)})


def _cap(numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    return numbers.with_(divided_mt=value * (1 - study.market.reserve_share))


def _autonomous(numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    # A study without a baseline has no such setting.
    own = (study.baseline.autonomous_change if study.baseline else None) or 0.0
    years = numbers.year - study.study.base_year
    return numbers.with_(baseline_mt=numbers.baseline_mt * ((1 - value) / (1 - own)) ** years)


def _cut(numbers: YearNumbers, study: Study, value: float) -> YearNumbers:
    return planned(numbers, cut_pct=value)


_CHANGES: Mapping[str, Change] = {
    "allocation.max_deviation": partial(_field, "limits__max_deviation"),
    "allocation.trade_limit": partial(_field, "limits__trade_limit"),
    "baseline.autonomous_change": _autonomous,
    "burden.spread_points": partial(_field, "sharing__targets__spread_points"),
    "cap.cut_pct": _cut,
    "groups.k": partial(_count, "grouping__k"),
    "targets.distance_points": partial(_field, "sharing__targets__distance_points"),
    "targets.tiers_k": partial(_count, "grouping__k"),
}
