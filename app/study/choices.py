"""Choices of a study as studies of their own: one for each value that a choice could as well have had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from capshare.base.conventions import INSIDE, currency_of_key
from capshare.base.errors import CapshareError, Problem
from capshare.study.price_keys import in_currency
from capshare.study.problems import validation_problems
from capshare.study.sections.sensitivity import Choice
from capshare.study.setting import Setting, told_of_settings, unknown_key, with_settings
from capshare.study.study import Study

SECTION = "sensitivity"


@dataclass(frozen=True)
class Side:
    """A study with one choice made otherwise.

    Attributes
    ----------
    choice : as the study has it
    side : "low" or "high"
    value : what the value is called
    study : with this value, and without choices
    """

    choice: Choice
    side: str
    value: str
    study: Study


def sides(study: Study, file: str) -> tuple[Side, ...]:
    """Every choice made otherwise, one at a time.

    Parameters
    ----------
    study : with its choices
    file : of the study, named in messages

    Raises
    ------
    CapshareError
        with every choice whose key or value no study has.
    """
    said = {key: value for key, value in study.settings().items() if key != SECTION}
    made: list[Side] = []
    problems: list[Problem] = []
    for number, choice in enumerate(study.sensitivity, 1):
        unknown = unknown_key(choice.key, f"{file}, {SECTION} {number}")
        problems += unknown
        for side, (value, name) in choice.sides().items() if not unknown else ():
            wrong, varied = _varied(said, Setting(_inside(choice.key), value, str(value)), file)
            problems += [_of_choice(problem, number, side, file) for problem in wrong]
            if varied is not None:
                made.append(Side(choice, side, name, varied))
    if problems:
        raise CapshareError(problems)
    return tuple(made)


def _inside(key: str) -> str:
    """A key of a price as a study knows it, whatever currency it is written in."""
    section, dot, last = key.rpartition(".")
    return f"{section}{dot}{in_currency(last, INSIDE) if currency_of_key(last) else last}"


def _varied(said: dict[str, Any], setting: Setting, file: str) -> tuple[list[Problem], Study | None]:
    try:
        whole = with_settings(said, (setting,))
        return [], Study.model_validate(whole)
    except ValidationError as error:
        return list(_told(file, whole, setting, error)), None
    except CapshareError as error:
        return list(error.problems), None


def _told(file: str, whole: dict[str, Any], setting: Setting, error: ValidationError) -> Iterator[Problem]:
    yield from told_of_settings(validation_problems(file, whole, error), whole, (setting,))


def _of_choice(problem: Problem, number: int, side: str, file: str) -> Problem:
    place = f"{SECTION} {number}.{side}, which sets {problem.place}"
    return Problem(file, place, problem.expected, problem.found, problem.remedy)
