"""What pydantic found wrong with a study file, in the words and places of the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion

Place = tuple[int | str, ...]


def validation_problems(
    file: str, data: Any, error: ValidationError, whole: type[BaseModel] | None = None
) -> list[Problem]:
    """One problem for each place of the file that is wrong.

    Parameters
    ----------
    file : name of the study file
    data : what was read from it
    error : what validation found; the branches of a choice of types are put together again
    whole : what the file is; None is a study
    """
    details: dict[Place, list[Any]] = {}
    for detail in error.errors():
        details.setdefault(_place_in_file(data, detail), []).append(detail)
    # A problem inside a value says more than those that follow from it: that the whole has none of the other
    # forms allowed, or that a list without its wrong entries is too short.
    outer = {place[:depth] for place in details for depth in range(len(place))}
    return [_problem(file, place, found, whole) for place, found in details.items() if place not in outer]


def problem_places(data: Any, error: ValidationError, kinds: Collection[str]) -> set[str]:
    """Places of a file, in words, where validation found a problem of some kinds.

    Parameters
    ----------
    data : what was read from the file
    error : what validation found
    kinds : pydantic's names of the kinds
    """
    return {place_text(_place_in_file(data, detail)) for detail in error.errors() if detail["type"] in kinds}


def _place_in_file(data: Any, detail: Any) -> Place:
    """The location without pydantic's own names for the branches of a choice."""
    place: list[int | str] = []
    for part in detail["loc"]:
        inside = part in data if isinstance(data, dict) else isinstance(part, int)
        if inside:
            place.append(part)
            data = data[part]
    if detail["type"] == "missing":
        place.append(detail["loc"][-1])
    return tuple(place)


def _problem(file: str, place: Place, details: list[Any], whole: type[BaseModel] | None) -> Problem:
    where, first = place_text(place), details[0]
    if first["type"] == "missing":
        remedy = "Add it; `capshare new` shows where." if whole is None else "Add it."
        return Problem(file, where, "this key", "nothing", remedy)
    if all(detail["type"] == "extra_forbidden" for detail in details):
        section = place_text(place[:-1]) or ("a study" if whole is None else "the file")
        remedy = suggestion(str(place[-1]), _keys_at(place[:-1], whole or _study()))
        return Problem(file, where, f"a key of {section}", f"the unknown key {shown(place[-1])}", remedy)
    expected = " or ".join(dict.fromkeys(_expected(detail) for detail in details))
    # Of the whole study, which sections it has says more than their content.
    own = first["input"] if place or not isinstance(first["input"], dict) else list(first["input"])
    return Problem(file, where, expected, shown(own), "Correct it.")


def _study() -> type[BaseModel]:
    # Takes longer to import than a file of another kind to check.
    from capshare.study.study import Study

    return Study


def _expected(detail: Any) -> str:
    match detail["type"]:
        case "string_pattern_mismatch":
            return f"text of the form {detail['ctx']['pattern']}"
        case "string_too_short" | "too_short" if isinstance(detail["input"], str):
            return "text that is not empty"
        case "string_too_long":
            return f"text of at most {detail['ctx']['max_length']} characters"
        case "too_short":
            return "at least one entry"
        case "dict_type" | "mapping_type" | "model_type":
            return "a table { key = value }"
        case "list_type" | "tuple_type":
            return "a list [ ... ]"
        case _:
            message: str = detail["msg"]
            return (
                message.removeprefix("Input should be ")
                .removeprefix("Value error, ")
                .removeprefix("a valid ")
            )


def place_text(place: Iterable[int | str]) -> str:
    """A place of a study file in words, for example ``indicators 2.expression``.

    Parameters
    ----------
    place : keys, and positions in lists from 0
    """
    text = ""
    for part in place:
        text += f" {part + 1}" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _keys_at(place: Place, whole: type[BaseModel]) -> list[str]:
    """Keys that the section at a place of the file knows."""
    section = whole
    for part in place:
        if isinstance(part, str) and part in section.model_fields:
            section = next(_sections(section.model_fields[part].annotation), section)
    return [field.alias or name for name, field in section.model_fields.items()]


def _sections(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _sections(argument)
