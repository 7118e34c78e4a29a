"""The page on the workbench's API, made of its own description: nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from capshare.reports.page.document import template

_METHODS = ("get", "post")


class Call(NamedTuple):
    """One address of the API.

    Attributes
    ----------
    method, path, summary : of the address
    takes, gives : names of the records that it takes and gives; "" for none
    """

    method: str
    path: str
    summary: str
    takes: str
    gives: str


class Field(NamedTuple):
    """One field of a record.

    Attributes
    ----------
    name, kind, meaning : in words
    """

    name: str
    kind: str
    meaning: str


class Record(NamedTuple):
    """One kind of record.

    Attributes
    ----------
    name, meaning : in words
    fields : of the record
    """

    name: str
    meaning: str
    fields: tuple[Field, ...]


def docs_html(described: Mapping[str, Any], nonce: str) -> str:
    """The page.

    Parameters
    ----------
    described : the API, as of OpenAPI
    nonce : by which the browser knows the page's own style
    """
    page: str = template("workbench_api.html").render(
        title=described["info"]["title"],
        nonce=nonce,
        calls=tuple(_calls(described)),
        records=tuple(_records(described)),
    )
    return page


def _calls(described: Mapping[str, Any]) -> Iterator[Call]:
    for path, operations in described["paths"].items():
        for method in _METHODS:
            if method in operations:
                call = operations[method]
                takes = _json(call.get("requestBody", {}))
                yield Call(
                    method.upper(),
                    path,
                    call["summary"],
                    _kind(takes),
                    _kind(_json(call["responses"]["200"])),
                )


def _json(part: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _records(described: Mapping[str, Any]) -> Iterator[Record]:
    for name, record in described["components"]["schemas"].items():
        fields = tuple(
            Field(key, _kind(field), field.get("description", ""))
            for key, field in record.get("properties", {}).items()
        )
        if fields:
            yield Record(name, record.get("description", ""), fields)


def _kind(field: Mapping[str, Any]) -> str:
    """What a field holds, in a word or two; "" where nothing is said."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(map(_kind, field["anyOf"])))
    if "enum" in field or "const" in field:
        return " or ".join(f'"{value}"' for value in field.get("enum", [field.get("const")]))
    if field.get("type") == "array":
        return f"list of {_kind(field.get('items', {})) or 'values'}"
    if field.get("type") == "object" and isinstance(field.get("additionalProperties"), Mapping):
        return f"table of {_kind(field['additionalProperties']) or 'values'}"
    return str(field.get("type", ""))
