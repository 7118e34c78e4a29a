"""Writes study-keys.md, every key of the study file, from the models: python docs/keys_of_a_study.py."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from capshare.study.study import Study

PAGE = Path(__file__).parent / "study-keys.md"
_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "any value"}


HEAD = """\
# Every key of the study file

Written by `python docs/keys_of_a_study.py` from the models that validate a study; a test holds it to them.
[The study file](study-file.md) says how such a file is made.
"""


def page() -> str:
    """A heading and a table per section of a study, in the order of the model."""
    tables = (f"\n## {heading}\n\n{about}\n\n{table}\n" for heading, about, table in _sections())
    return HEAD + "".join(tables)


def _sections() -> Iterator[tuple[str, str, str]]:
    for name, field in Study.model_fields.items():
        model = _model(field.annotation)
        if model is None:
            yield f"`[{name}]`", _about(field), _rows({name: field}, own_keys=False)
        else:
            yield from _section(name, model, _repeated(field.annotation), field.is_required())


def _section(path: str, model: type[BaseModel], many: bool, needed: bool) -> Iterator[tuple[str, str, str]]:
    brackets = f"`[[{path}]]`" if many else f"`[{path}]`"
    about = " ".join((model.__doc__ or "").split())
    if many:
        about += " As many as wanted."
    about += " Needed." if needed else " May be left out."
    yield brackets, about, _rows(model.model_fields)
    for name, field in model.model_fields.items():
        inner = _model(field.annotation)
        if inner is not None:
            yield from _section(f"{path}.{name}", inner, _repeated(field.annotation), field.is_required())


def _rows(fields: Mapping[str, FieldInfo], own_keys: bool = True) -> str:
    first = "key" if own_keys else "section"
    lines = [f"| {first} | what it takes | default | meaning |", "|---|---|---|---|"]
    for name, field in fields.items():
        cells = (f"`{field.alias or name}`", _kind(field.annotation, field), _default(field), _about(field))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _about(field: FieldInfo) -> str:
    return " ".join((field.description or "").split())


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.default
    if value is None or isinstance(value, BaseModel) or value in ((), {}, ""):
        return "none"
    # JSON and TOML write these alike, all but infinity.
    return f"`{value}`" if isinstance(value, float) else f"`{json.dumps(value)}`"


def _model(annotation: Any) -> type[BaseModel] | None:
    """The section that a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model(part)) is not None), None)


def _repeated(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_repeated(part) for part in get_args(annotation))


def _kind(annotation: Any, field: FieldInfo | None = None) -> str:
    """What a value may be, in words and in TOML."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inside[0]) + _limits(inside[1:])
    limits = _limits(field.metadata) if field is not None else ""
    if origin is Literal:
        return ", ".join(f'`"{value}"`' for value in inside)
    if origin in (Union, types.UnionType):
        return " or ".join(_kind(part) for part in inside if part is not type(None)) + limits
    if origin is tuple:
        return f"list of {_kind(inside[0])}" if inside else "`[]`"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"table {{ name = {_kind(inside[1])} }}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "table, below"
    return _PLAIN[annotation] + limits


def _limits(metadata: Any) -> str:
    """Bounds in the words of the study file."""
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    found = [f"{sign} {limit:g}" for item in _flat(metadata) for name, sign in signs.items()
             if (limit := getattr(item, name, None)) is not None]  # fmt: skip
    return f" {' and '.join(found)}" if found else ""


def _flat(metadata: Any) -> Iterator[Any]:
    for item in metadata:
        yield from item.metadata if isinstance(item, FieldInfo) else (item,)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
