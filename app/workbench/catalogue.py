"""The catalogue of settings: every key that may be turned, with its value, range, choices and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from capshare.base.errors import CapshareError
from capshare.chain.prepared import PreparedStudy
from capshare.reports.words.catalogue import LANGUAGES, slug, term, text, texts
from capshare.study.study import Study
from capshare.workbench.key_value import value_of
from capshare.workbench.price_range import price_holds
from capshare.workbench.session import Session
from capshare.workbench.setting_answers import Choice, Section, Setting
from capshare.workbench.turnable import SECTIONS, Turnable, turnables
from capshare.workbench.wire import as_json

_UNLIMITED = frozenset(
    {"allocation.max_deviation", "allocation.ceiling", "allocation.ceiling.default", "allocation.trade_limit",
     "allocation.max_abatement_change", "targets.distance_points"}
)  # fmt: skip


def settings(session: Session) -> list[Setting]:
    """The settings of a session's study.

    Parameters
    ----------
    session : holds the study, which is tried with every choice that may not fit it
    """
    base = session.base
    with session.prepared({}) as found:
        valid = price_holds(found)
    listed = turnables(base.study, base.inputs.anchor_yuan_per_t)
    return [made for turnable in listed for made in _setting(session, base, turnable, valid)]


def sections() -> list[Section]:
    """The topics of the settings, in order."""
    return [Section(key=key, **_words(f"settings.section.{key}")) for key in SECTIONS]


def _setting(
    session: Session, base: PreparedStudy, asked: Turnable, valid: Mapping[str, tuple[float, float]]
) -> Iterator[Setting]:
    value = _own_value(base, asked)
    choices = None
    if asked.kind == "choice":
        kept = [name for name in asked.choices if name == value or _fits(session, asked.key, name)]
        if len(kept) < 2:
            return
        choices = [_choice(asked, name) for name in kept]
    low, high, step = _range(base.study, asked, value)
    yield Setting(
        key=base.inputs.dataset.facts.conventions.outward(asked.key),
        section=asked.section,
        kind=asked.kind,
        value=as_json(value),
        minimum=low,
        maximum=high,
        step=step,
        unit=asked.unit,
        choices=choices,
        may_be_unlimited=asked.key in _UNLIMITED,
        valid=valid.get(asked.key),
        year=asked.year,
        **{f"unit_{lang}": term("units", asked.unit, lang) if asked.unit else "" for lang in LANGUAGES},
        **_called(asked),
    )


def _own_value(base: PreparedStudy, asked: Turnable) -> Any:
    key = asked.key
    if key == "prices.anchor":
        return base.inputs.anchor_yuan_per_t
    value = value_of(base.study, key)
    if key != "allocation.constraint":
        return asked.default if value is None else value
    return tuple(constraint.model_dump(exclude_none=True) for constraint in value)


def _fits(session: Session, key: str, value: str) -> bool:
    try:
        with session.prepared({key: value}):
            return True
    except CapshareError:
        return False


def _range(study: Study, asked: Turnable, value: Any) -> tuple[float | None, float | None, float | None]:
    """What the study says the value may be, else what is usual; the value itself is always inside."""
    if asked.span is None:
        return None, None, None
    low, high, step = asked.span
    stated = [*_stated(study, asked.key)]
    own = [float(one) for one in (value if isinstance(value, tuple) else (value,))]
    known = [one for one in own if abs(one) < float("inf")]
    if stated:
        low, high = min(stated), max(stated)
        step = min(step, (high - low) / 20) if high > low else step
    return min([low, *known]), max([high, *known]), step


def _stated(study: Study, key: str) -> Iterator[float]:
    for choice in study.sensitivity:
        if choice.key == key:
            for value in (choice.low, choice.high):
                yield from (float(one) for one in (value if isinstance(value, tuple) else (value,))
                            if isinstance(one, int | float))  # fmt: skip
    for setting in study.uncertainty.settings if study.uncertainty else ():
        if setting.key == key:
            yield from (one for one in (setting.low, setting.high) if one is not None)


def _choice(asked: Turnable, name: str) -> Choice:
    return Choice(value=name, **{f"label_{lang}": _choice_word(asked, name, lang) for lang in LANGUAGES})


def _choice_word(asked: Turnable, name: str, lang: str) -> str:
    own = f"settings.choice.{slug(asked.called or asked.key)}.{slug(name)}"
    if own in texts(lang):
        return text(own, lang)
    table = {"allocation.within": "rules", "prices.method": "curves"}.get(asked.key, "settings.choice")
    return term(table, name, lang)


def _called(asked: Turnable) -> dict[str, str]:
    key = slug(asked.called or asked.key)
    said: dict[str, str] = {}
    for lang in LANGUAGES:
        names = {name: _name(name, value, lang) for name, value in asked.names}
        said[f"label_{lang}"] = text(f"settings.label.{key}", lang, **names)
        said[f"help_{lang}"] = text(f"settings.help.{key}", lang, **names)
    return said


def _name(kind: str, value: str, lang: str) -> str:
    tables = {"indicator": "indicators", "rule": "rules", "parameter": "rule_parameters"}
    return term(tables.get(kind, "settings.choice"), value, lang)


def _words(key: str) -> dict[str, str]:
    return {f"label_{lang}": text(key, lang) for lang in LANGUAGES}
