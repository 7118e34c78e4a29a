"""Settings: keys of a study given another value for one run, as ``--set cap.cut_pct=18`` says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from capshare.base.conventions import INSIDE, currency_of_key
from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.study.known_keys import is_known, nearest_keys
from capshare.study.price_keys import in_currency
from capshare.study.problems import place_text, problem_places
from capshare.study.study import without_implied
from capshare.study.toml_text import read_toml

OPTION = "--set"
# By these an entry of a list of tables is called in place of its number.
_CALLED = ("id", "name")
_OPENING = ("[", "{", '"', "'")


@dataclass(frozen=True)
class Setting:
    """One key of a study and its value for this run.

    Attributes
    ----------
    key : the key as it was written, for example ``burden.indicators.gdp.expression``
    value : of any type that TOML has; None leaves the key out
    text : the value as it was written
    """

    key: str
    value: Any
    text: str

    @property
    def place(self) -> tuple[str, ...]:
        """The parts of the key."""
        return tuple(self.key.split("."))


def read_settings(written: Iterable[str]) -> tuple[Setting, ...]:
    """Settings from their texts.

    Parameters
    ----------
    written : as of :func:`read_texts`, each with a value as in a study file; text needs no quotes

    Raises
    ------
    CapshareError
        as of :func:`read_texts`; or where a value begins like a list, a table or a quotation and is none.
    """
    return tuple(Setting(key, read_value(key, text), text) for key, text in read_texts(written).items())


def read_texts(written: Iterable[str]) -> dict[str, str]:
    """Keys of a study and the texts of their values.

    Parameters
    ----------
    written : ``KEY=VALUE`` each, KEY with dots between its parts

    Raises
    ------
    CapshareError
        where one has no ``=`` or no value, names a key that no study has, or a key is given twice.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for text in written:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            remedy = "For example: --set allocation.trade_limit=0.1"
            problems.append(Problem(OPTION, "", "KEY=VALUE", shown(text), remedy))
            continue
        if key in texts:
            problems.append(Problem(OPTION, key, "a value once", "two values", "Leave one out."))
        texts[key] = value
        problems += unknown_key(key, OPTION)
    if problems:
        raise CapshareError(problems)
    return texts


def unknown_key(key: str, source: str) -> list[Problem]:
    """The problem of a key that no study has; none where it is known.

    Parameters
    ----------
    key : with dots between its parts
    source : what names it
    """
    *before, last = key.split(".")
    # A price may be in any currency.
    if is_known([*before, in_currency(last, INSIDE) if currency_of_key(last) else last]):
        return []
    near = " or ".join(nearest_keys(key))
    remedy = f"Did you mean {near}?" if near else "The documentation lists the keys of a study."
    return [Problem(source, key, "a key of a study", "an unknown key", remedy)]


def read_value(key: str, text: str) -> Any:
    """A value as TOML has it; what is no TOML is text.

    Parameters
    ----------
    key : that it is of, named in messages
    text : as it was written

    Raises
    ------
    CapshareError
        where it begins like a list, a table or a quotation and is none.
    """
    try:
        read = read_toml(f"value = {text}".encode(), f"{OPTION} {key}")
    except CapshareError:
        if text.startswith(_OPENING):
            raise
        return text
    return read["value"] if set(read) == {"value"} else text


def with_settings(said: Mapping[str, Any], settings: Sequence[Setting]) -> dict[str, Any]:
    """What a study file says, with other values for some keys.

    Parameters
    ----------
    said : tables and values of the file
    settings : the keys that change; an entry of a list of tables is called by its id, its name or, from 1,
        its number

    Raises
    ------
    CapshareError
        where a list has no such entry, or a value on the way to the key is no table.
    """
    changed: Any = without_implied(said) if settings else dict(said)
    problems: list[Problem] = []
    for setting in settings:
        try:
            changed = _changed(changed, setting.place, setting)
        except CapshareError as error:
            problems += error.problems
    if problems:
        raise CapshareError(problems)
    return dict(changed)


def as_the_study_types_them(
    settings: Sequence[Setting], said: Mapping[str, Any], error: ValidationError
) -> tuple[Setting, ...]:
    """The settings, text where the study wants text and the value can be read as something else.

    Parameters
    ----------
    settings : as they were read
    said : what was validated, with the settings in it
    error : what validation found
    """
    wanted = problem_places(said, error, ("string_type", "literal_error"))
    places = [place_text(_place_in(said, setting.place)) for setting in settings]
    return tuple(
        replace(setting, value=setting.text) if place in wanted else setting
        for setting, place in zip(settings, places, strict=True)
    )


def told_of_settings(
    problems: Iterable[Problem], said: Mapping[str, Any], settings: Sequence[Setting]
) -> list[Problem]:
    """The problems of a study, those of a setting told as of the command line.

    Parameters
    ----------
    problems : of the study with its settings
    said : what was validated
    settings : the keys that were changed
    """
    keys = {place_text(_place_in(said, setting.place)): setting.key for setting in settings}
    told = []
    for problem in problems:
        # A problem of a value, or of something inside it.
        key = next((key for place, key in keys.items() if f"{problem.place}.".startswith(f"{place}.")), None)
        told.append(problem if key is None else replace(problem, source=OPTION, place=key))
    return told


def _changed(value: Any, place: Sequence[str], setting: Setting) -> Any:
    if not place:
        return setting.value
    first, *rest = place
    if isinstance(value, tuple):
        at = _entry(value, first, setting)
        return (*value[:at], _changed(value[at], rest, setting), *value[at + 1 :])
    if value is None or isinstance(value, Mapping):
        table = dict(value or {})
        if setting.value is None and not rest:
            return {key: item for key, item in table.items() if key != first}
        inside = _changed(table.get(first), rest, setting)
        # A table of which nothing is left says nothing: [weights.given] without a weight gives none.
        return {
            key: item
            for key, item in {**table, first: inside}.items()
            if key != first or _says(setting, item)
        }
    until = ".".join(setting.place[: len(setting.place) - len(place)])
    raise CapshareError(Problem(OPTION, setting.key, f"a table {until}", shown(value), f"Set {until} whole."))


def _says(setting: Setting, item: Any) -> bool:
    return setting.value is not None or item not in ({}, None)


def _entry(entries: Sequence[Any], name: str, setting: Setting) -> int:
    """Position of a list's entry."""
    called = [str(entry.get(key)) for entry in entries if isinstance(entry, Mapping)
              for key in _CALLED if key in entry]  # fmt: skip
    if name in called and len(called) == len(entries):
        return called.index(name)
    if name.isascii() and name.isdigit() and 1 <= int(name) <= len(entries):
        return int(name) - 1
    expected = f"an entry of the study's list, by its id or name, or a number from 1 to {len(entries)}"
    raise CapshareError(Problem(OPTION, setting.key, expected, shown(name), suggestion(name, called)))


def _place_in(said: Any, place: Sequence[str]) -> tuple[str | int, ...]:
    """The place of a key in what a study says, entries of lists by position."""
    parts: list[str | int] = []
    for part in place:
        if isinstance(said, tuple):
            position = _entry(said, part, Setting(part, "", ""))
            parts.append(position)
            said = said[position]
        else:
            parts.append(part)
            said = said.get(part) if isinstance(said, Mapping) else None
    return tuple(parts)
