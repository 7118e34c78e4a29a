"""Allowed values: what a key of a study may be, by the model that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from capshare.study.study import Study

Kind = Literal["choice", "number", "integer", "flag", "list", "table", "text"]
_LIMITS = ("ge", "gt", "le", "lt")
_KINDS: Mapping[type, Kind] = {bool: "flag", int: "integer", float: "number", str: "text"}


@dataclass(frozen=True)
class Allowed:
    """One form that a value may have.

    Attributes
    ----------
    kind : of value
    limits : "ge", "gt", "le" or "lt" → the number that the value is held against, in the unit of the key
    choices : the texts to choose from
    """

    kind: Kind
    limits: tuple[tuple[str, float], ...] = ()
    choices: tuple[str, ...] = ()


def allowed(place: Sequence[str]) -> tuple[Allowed, ...]:
    """Every form that the value of a key may have.

    Parameters
    ----------
    place : parts of the key; an entry of a list, or of a table with names of its own, may be called anything

    Returns
    -------
    none where no study has such a key
    """
    return tuple(dict.fromkeys(_inside(place, Study, ())))


def _inside(place: Sequence[str], annotation: Any, metadata: Sequence[Any]) -> Iterator[Allowed]:
    for form, about in _forms(annotation, metadata):
        if not place:
            yield from _form(form, about)
            continue
        origin, inner = get_origin(form), get_args(form)
        if origin is tuple:
            yield from _inside(place[1:], inner[0], ())
        elif isinstance(origin, type) and issubclass(origin, Mapping):
            yield from _inside(place[1:], inner[1], ())
        elif isinstance(form, type) and issubclass(form, BaseModel):
            named = {field.alias or name: field for name, field in form.model_fields.items()}
            if place[0] in named:
                field = named[place[0]]
                yield from _inside(place[1:], field.annotation, field.metadata)


def _form(form: Any, metadata: Sequence[Any]) -> Iterator[Allowed]:
    origin = get_origin(form)
    if origin is Literal:
        yield Allowed("choice", choices=tuple(map(str, get_args(form))))
    elif form in _KINDS:
        yield Allowed(_KINDS[form], _limits(metadata))
    elif origin is tuple:
        yield Allowed("list")
    elif form is not type(None):
        yield Allowed("table")


def _forms(annotation: Any, metadata: Sequence[Any]) -> Iterator[tuple[Any, Sequence[Any]]]:
    """The types that a value may have, each with what is asked of it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        bare, *more = get_args(annotation)
        yield from _forms(bare, [*metadata, *more])
    elif origin in (Union, UnionType):
        for branch in get_args(annotation):
            yield from _forms(branch, metadata)
    else:
        yield annotation, metadata


def _limits(metadata: Sequence[Any]) -> tuple[tuple[str, float], ...]:
    every = [one for part in metadata for one in (part.metadata if isinstance(part, FieldInfo) else [part])]
    return tuple(
        (name, float(limit)) for part in every for name in _LIMITS
        if (limit := getattr(part, name, None)) is not None
    )  # fmt: skip
