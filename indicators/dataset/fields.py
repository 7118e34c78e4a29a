"""Fields: what a data package says about a column, and what it demands of a cell."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.written_number import DecimalMark, is_unclear, plain_number

TYPES = ("string", "number", "integer", "year")
_MEANT = {
    "required": "true or false",
    "unique": "true or false",
    "minimum": "a number",
    "maximum": "a number",
    "enum": "a list of texts",
}
DESCRIPTION = ("title_en", "title_zh", "unit", "source", "status", "confidence", "check", "description")
# Beyond it a float no longer tells a whole number from the next.
_LARGEST = {"integer": 2.0**53 - 1, "year": 9999.0}
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)


@dataclass(frozen=True)
class Field:
    """One column of a resource.

    Attributes
    ----------
    name : of the column
    type : ``string``, ``number``, ``integer`` or ``year``
    about : the keys of `DESCRIPTION`; what the package does not say is ``""``
    required : no cell may be blank
    unique : no value may occur twice
    minimum, maximum : bounds of a number, both allowed
    enum : the texts allowed, or None
    """

    name: str
    type: str
    about: Mapping[str, str]
    required: bool
    unique: bool
    minimum: float
    maximum: float
    enum: tuple[str, ...] | None

    @property
    def numeric(self) -> bool:
        """Whether a cell is a number."""
        return self.type != "string"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, before it is known where the cell is."""

    expected: str
    found: str
    remedy: str = "Correct the cell or drop the row."

    def at(self, source: str, place: str) -> Problem:
        """The fault as a problem of one place.

        Parameters
        ----------
        source : file, or sheet of a file
        place : row and column, or other place in it
        """
        return Problem(source, place, self.expected, self.found, self.remedy)


def about(descriptor: Mapping[str, Any]) -> dict[str, str]:
    """Description of a column or variable, under the names of `DESCRIPTION`.

    Parameters
    ----------
    descriptor : of the column or variable, as the package holds it
    """
    said = {"title_en": descriptor.get("title", "")} | dict(descriptor)
    return {key: str(said.get(key, "")) for key in DESCRIPTION}


def read_field(descriptor: Mapping[str, Any], source: str, place: str) -> tuple[Field | None, list[Problem]]:
    """Field of its description in datapackage.json.

    Parameters
    ----------
    descriptor : one entry of ``schema.fields``
    source, place : where it stands, for the messages

    Returns
    -------
    the field, or None where it cannot be used, and the problems found
    """
    constraints = descriptor.get("constraints", {})
    name, kind = descriptor.get("name"), descriptor.get("type")
    where = f"{place} {name}"
    problems = []
    if not isinstance(name, str) or not name:
        problems.append(Problem(source, place, "a field with a name", shown(name), "Name its column."))
    if kind not in TYPES:
        expected, remedy = f"a type of {', '.join(TYPES)}", suggestion(str(kind), TYPES)
        problems.append(Problem(source, where, expected, shown(kind), remedy))
    if not isinstance(constraints, Mapping):
        problems.append(Problem(source, where, "an object constraints", shown(constraints), "Write {...}."))
        return None, problems
    problems += _constraint_problems(constraints, source, where)
    return (None, problems) if problems else (_field(descriptor, constraints), [])


def read_cell(
    field: Field, text: str, blanks: tuple[str, ...], mark: DecimalMark = DecimalMark.POINT
) -> float | str | Fault:
    """Value of a cell: a number, a text, or what is wrong with it.

    Full-width digits and thousands marks are read.

    Parameters
    ----------
    field : the cell's column
    text : the cell as in the file
    blanks : texts that mean "no value"
    mark : what separates decimals in the file

    Returns
    -------
    the value; NaN or ``""`` for a blank cell that need not be filled
    """
    stripped = text.strip()
    if stripped in blanks:
        if field.required:
            return Fault(_expected(field), "a blank cell", "Fill the cell or drop the row.")
        return math.nan if field.numeric else ""
    if not field.numeric:
        if field.enum is not None and stripped not in field.enum:
            return Fault(_expected(field), shown(text), suggestion(stripped, field.enum))
        return stripped
    return _read_number(field, text, mark)


def _read_number(field: Field, text: str, mark: DecimalMark) -> float | Fault:
    if is_unclear(text, mark):
        remedy = "Write it without thousands marks, or another number of the file with clear decimals."
        return Fault(
            f"{_expected(field)}, written one way", f"{shown(text)}, whose mark may be either", remedy
        )
    # A spreadsheet shows 46 % where it holds 0.46; in a column of percentages the sign says nothing new.
    percentage = "%" in field.about["unit"]
    number = plain_number(text.strip().rstrip("%％") if percentage else text, mark)
    whole = field.type == "number" or number is None or _WHOLE.fullmatch(number)
    if number is None or not whole or not math.isfinite(float(number)):
        return Fault(_expected(field), shown(text), "Write a plain number, without a unit or words.")
    value = float(number)
    if field.type in _LARGEST and not abs(value) <= _LARGEST[field.type]:
        return Fault(_expected(field), shown(text))
    if not field.minimum <= value <= field.maximum:
        return Fault(_expected(field), shown(text))
    return value


def _expected(field: Field) -> str:
    if field.enum is not None:
        return "one of " + ", ".join(field.enum)
    if not field.numeric:
        return "a text"
    kind = {"number": "a finite number", "integer": "a whole number", "year": "a year"}[field.type]
    if math.isfinite(field.minimum):
        kind += f", at least {field.minimum:g}"
    return kind + (f", at most {field.maximum:g}" if math.isfinite(field.maximum) else "")


def _field(descriptor: Mapping[str, Any], constraints: Mapping[str, Any]) -> Field:
    return Field(
        name=descriptor["name"],
        type=descriptor["type"],
        about=about(descriptor),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        minimum=float(constraints.get("minimum", -math.inf)),
        maximum=float(constraints.get("maximum", math.inf)),
        enum=tuple(constraints["enum"]) if "enum" in constraints else None,
    )


def _constraint_problems(constraints: Mapping[str, Any], source: str, place: str) -> list[Problem]:
    problems = []
    for name, value in constraints.items():
        where = f"{place}, constraint {name}"
        if name not in _MEANT:
            remedy = suggestion(name, _MEANT)
            problems.append(Problem(source, where, "a constraint that is checked", shown(name), remedy))
        elif not _is_meant(name, value):
            remedy = "Correct its value; write it without quotes."
            problems.append(Problem(source, where, _MEANT[name], shown(value), remedy))
    return problems


def _is_meant(constraint: str, value: object) -> bool:
    match _MEANT[constraint]:
        case "true or false":
            return isinstance(value, bool)
        case "a number":
            # No float is larger, and no larger number can be compared with a cell.
            if isinstance(value, bool) or not isinstance(value, int | float):
                return False
            return abs(value) <= sys.float_info.max
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
