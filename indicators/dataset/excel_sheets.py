"""Excel sheets: which columns each sheet of a workbook has, and what its cells say of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.shown import shown
from capshare.base.spelling import suggestion
from capshare.indicators.dataset.column_units import name_unit, study_column
from capshare.indicators.dataset.excel_cells import Rows
from capshare.indicators.dataset.fields import DESCRIPTION, Fault, Field, about, read_field
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.text_file import TextRows, text_rows
from capshare.indicators.dataset.typed_table import TypedTable, typed_table

UNIT_ROW, TEXT, PURE_NUMBER = "unit", "text", "number"
# The row below the heading and the units.
_FIRST_FIGURE = 3
_LONG = {"year": "year", "variable": "string", "value": "number", "unit": "string"}
# Columns that a sheet must have, and those it may have, with their types.
_COLUMNS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = MappingProxyType(
    {
        "dataset": ({"item": "string", "value": "string"}, {"note": "string"}),
        "regions": (
            {"code": "string", "name_en": "string"},
            {"name_zh": "string", "name_zh_long": "string", "aliases": "string", "note": "string"},
        ),
        "columns": (
            {"column": "string"},
            {"title": "string", "title_zh": "string", "source": "string", "minimum": "number",
             "may_be_blank": "string", "in_study_file": "string", "role": "string", "note": "string"},
        ),
        "panel": ({"region": "string", **_LONG}, {"source": "string", "status": "string"}),
        "national": (_LONG, {"source": "string", "status": "string"}),
    }
)  # fmt: skip
_UNIQUE = ("code", "column", "item")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table of a workbook.

    Attributes
    ----------
    resource : what it is
    text : its cells; None where it has none that could be read
    problems : found so far
    """

    resource: Resource
    text: TextRows | None
    problems: tuple[Problem, ...]

    def typed(self) -> TypedTable:
        """Its cells as numbers and texts, with the problems found so far and those found now."""
        if self.text is None:
            return TypedTable(self.resource, pd.DataFrame(), self.problems)
        table = typed_table(self.resource, self.text)
        return TypedTable(self.resource, table.frame, (*self.problems, *table.problems))


def fixed_sheet(name: str, rows: Rows, file: str) -> Sheet:
    """A sheet whose columns are always the same.

    Parameters
    ----------
    name : ``dataset``, ``regions``, ``columns``, ``panel`` or ``national``
    rows : its cells
    file : the workbook, for the messages

    Returns
    -------
    Sheet
    """
    source = f"{file}, sheet {name}"
    required, optional = _COLUMNS[name]
    text, problems = _text(rows, source)
    known = {**required, **optional}
    for column in [column for column in (text.header if text else ()) if column and column not in known]:
        remedy = f"Correct or drop it. {suggestion(column, known)}"
        problems.append(Problem(source, f"column {column}", "a column of this sheet", shown(column), remedy))
    text = _only(text, known) if text else None
    header = text.header if text else ()
    columns = {**required, **{column: kind for column, kind in optional.items() if column in header}}
    fields = [
        _field(column, kind, "", {"required": column in required, "unique": column in _UNIQUE})
        for column, kind in columns.items()
    ]
    resource = _resource(name, source, fields, region_column="region" if name == "panel" else "code")
    if name in ("panel", "national") and text and set(required) <= set(header):
        resource = _resource(name, source, fields, resource.region_column, _variables(text))
    return Sheet(resource, text, tuple(problems))


def provinces_sheet(
    rows: Rows, described: Mapping[str, Mapping[str, Any]], base_year: int, file: str
) -> Sheet:
    """The sheet of figures: names of the columns, their units, then a row for every region.

    Parameters
    ----------
    rows : its cells
    described : column → what the sheet ``columns`` says of it, as `about_columns` returns it
    base_year : of its figures
    file : the workbook, for the messages

    Returns
    -------
    Sheet
    """
    source = f"{file}, sheet provinces"
    text, problems = _text(rows, source, _FIRST_FIGURE)
    header = text.header if text else tuple(cell.strip() for cell in rows[0] if cell.strip()) if rows else ()
    units = [cell.strip() for cell in rows[1]] if len(rows) > 1 else [""]
    if not header or units[0].casefold() != UNIT_ROW:
        remedy = "Put a row of units between the header and the figures."
        problems.append(Problem(source, "row 2", f"the word {UNIT_ROW}, then units", shown(units[0]), remedy))
        return Sheet(_resource("provinces", source, [], "region", base_year=base_year), None, tuple(problems))
    if not header[0]:
        remedy = "Write, say, region above the regions, and keep them in the first column."
        problems.append(Problem(source, "cell A1", "the name of the regions' column", "a blank cell", remedy))
        return Sheet(_resource("provinces", source, [], "region", base_year=base_year), None, tuple(problems))
    fields = {header[0]: _field(header[0], "string", "", {"required": True, "unique": True})}
    for name, unit in list(zip(header, units, strict=False))[1:]:
        fault = _unit_fault(name, unit) if name else None
        if fault is not None:
            problems.append(fault.at(source, f"row 2, column {name}"))
        if name:
            fields[name] = _figure(name, unit if fault is None else "", described.get(name, {}))
    problems += _not_there(described, header, file)
    resource = _resource("provinces", source, list(fields.values()), header[0], base_year=base_year)
    return Sheet(resource, text, tuple(problems))


def _not_there(described: Iterable[str], header: Sequence[str], file: str) -> list[Problem]:
    """Columns that are described but absent."""
    return [
        Problem(
            f"{file}, sheet columns",
            f"column {name}",
            "a column of sheet provinces",
            shown(name),
            f"Correct the name or drop the row. {suggestion(name, header[1:])}",
        )
        for name in described
        if name not in header
    ]


def _text(rows: Rows, source: str, first: int = 2) -> tuple[TextRows | None, list[Problem]]:
    try:
        return text_rows(rows or [[]], source, first), []
    except CapshareError as error:
        return None, list(error.problems)


def _only(text: TextRows, columns: Iterable[str]) -> TextRows:
    """Cells of the columns named, and of those without a name."""
    kept = [place for place, name in enumerate(text.header) if not name or name in columns]
    rows = {row: tuple(cells[place] for place in kept) for row, cells in text.rows.items()}
    return TextRows(tuple(text.header[place] for place in kept), rows, text.mark)


def _unit_fault(name: str, unit: str) -> Fault | None:
    if unit.casefold() in (TEXT, PURE_NUMBER):
        return None
    if not unit and name_unit(name) is None:
        expected = f'the unit of {name}, "{PURE_NUMBER}" for a number without one, or "{TEXT}" for words'
        return Fault(expected, "a blank cell", "Choose one from the list or write it.")
    column = study_column(name, unit)
    return column if isinstance(column, Fault) else None


def _figure(name: str, unit: str, said: Mapping[str, Any]) -> Field:
    if unit.casefold() == TEXT:
        return _field(name, "string", "", {})
    required = str(said.get("may_be_blank", "")).strip().casefold() != "yes"
    constraints: dict[str, Any] = {"required": required}
    minimum = said.get("minimum")
    if minimum is not None and not pd.isna(minimum):
        constraints["minimum"] = float(minimum)
    kept = {key: str(said[key]) for key in ("title", "title_zh", "source") if said.get(key)}
    kept["description"] = str(said.get("note", ""))
    return _field(name, "number", "" if unit.casefold() == PURE_NUMBER else unit, constraints, kept)


def _field(
    name: str, kind: str, unit: str, constraints: Mapping[str, Any], said: Mapping[str, str] | None = None
) -> Field:
    descriptor = {"name": name, "type": kind, "unit": unit, "constraints": constraints, **(said or {})}
    field, problems = read_field(descriptor, name, kind)
    if field is None:
        raise CapshareError(problems)
    return field


def _resource(
    name: str,
    source: str,
    fields: list[Field],
    region_column: str,
    variables: pd.DataFrame | None = None,
    base_year: int | None = None,
) -> Resource:
    return Resource(name, name, source, base_year, tuple(fields), region_column, ("",), variables)


def _variables(text: TextRows) -> pd.DataFrame:
    """Variables of a long sheet, each described by its first row."""
    first: dict[str, str] = {}
    for variable, unit in zip(text.column("variable"), text.column("unit"), strict=True):
        first.setdefault(variable.strip(), unit.strip())
    rows = [about({"title": variable, "unit": unit}) for variable, unit in first.items()]
    index = pd.Index(list(first), name="variable", dtype="str")
    return pd.DataFrame(rows, index, list(DESCRIPTION), dtype="str")
