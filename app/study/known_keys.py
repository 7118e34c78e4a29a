"""Known keys: which keys a study may have, by the model that reads it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from capshare.study.study import Study

_NEAR = 3
# Of difflib's ratio, from 0 to 1.
_ALIKE = 0.6


def is_known(place: Sequence[str], annotation: Any = Study) -> bool:
    """Whether a study may have a key.

    Parameters
    ----------
    place : parts of the key; an entry of a list, or of a table with names of its own, may be called anything
    annotation : type of what the key is looked for in
    """
    if not place:
        return True
    first, *rest = place
    for form in _forms(annotation):
        origin = get_origin(form)
        if origin is tuple:
            inside = get_args(form)[0]
        elif origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
            inside = get_args(form)[1]
        else:
            inside = _fields(form).get(first)
        if inside is not None and is_known(rest, inside):
            return True
    return False


def nearest_keys(key: str) -> list[str]:
    """The known keys that a wrong one may have meant: those of the same last part, then the most alike.

    Parameters
    ----------
    key : the wrong one, with dots between its parts
    """
    known = list(_keys(Study, ""))
    same = [name for name in known if name.rpartition(".")[2] == key.rpartition(".")[2]]
    alike = difflib.get_close_matches(key, known, n=_NEAR, cutoff=_ALIKE)
    return list(dict.fromkeys([*same, *alike]))[:_NEAR]


def _keys(annotation: Any, before: str) -> Iterator[str]:
    """Every key below a type, entries of lists left out."""
    for form in _forms(annotation):
        if get_origin(form) is tuple and get_args(form):
            yield from _keys(get_args(form)[0], f"{before}ID.")
        for name, inside in _fields(form).items():
            yield f"{before}{name}"
            yield from _keys(inside, f"{before}{name}.")


def _fields(form: Any) -> dict[str, Any]:
    """Keys of a section and their types."""
    if not (isinstance(form, type) and issubclass(form, BaseModel)):
        return {}
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def _forms(annotation: Any) -> Iterator[Any]:
    """The types that a value may have: the branches of a choice."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _forms(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for branch in get_args(annotation):
            yield from _forms(branch)
    else:
        yield annotation
