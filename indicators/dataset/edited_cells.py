"""Edited cells: the files of a dataset with other figures in some cells, and what stood there before."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from capshare.base.errors import CapshareError, Problem
from capshare.indicators.dataset.cell_places import CellPlace, Tables
from capshare.indicators.dataset.descriptor import FILE_NAME, read_descriptor
from capshare.indicators.dataset.encodings import decode, encoding_of
from capshare.indicators.dataset.excel_book import SUFFIXES, workbook_tables
from capshare.indicators.dataset.fields import Fault, read_cell
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.scenarios import scenario_resource
from capshare.indicators.dataset.text_file import TextRows, delimiter_of, read_text
from capshare.indicators.dataset.workbook_cells import with_workbook_cells
from capshare.indicators.dataset.written_number import DecimalMark

RECORD = "edited"
"""Key of a data package under which edited cells are listed; nothing reads it but people."""


@dataclass(frozen=True)
class NewFigure:
    """A figure of a dataset that shall be another.

    Attributes
    ----------
    key : ``inputs.COLUMN.CODE`` and the like, see :meth:`~.cell_places.Tables.place`
    value : in the unit that a study reads; None for a blank cell
    source, place : where the new figure was read, for messages: file, and sheet and cell
    """

    key: str
    value: float | str | None
    source: str
    place: str


def dataset_with(
    files: Mapping[str, bytes], regions: Regions, figures: Iterable[NewFigure]
) -> dict[str, bytes]:
    """Files of a dataset with other figures; what is not changed keeps its bytes, encoding and decimal mark.

    Parameters
    ----------
    files : name → content, as :attr:`~.dataset.Dataset.files` has them
    regions : by which the rows of a province are found
    figures : the new ones

    Returns
    -------
    the changed files alone; the description of a data package lists what stood in the changed cells

    Raises
    ------
    CapshareError
        with every figure that has no cell, or that its column does not allow.
    """
    figures = list(figures)
    if not figures:
        return {}
    tables = _tables(files, regions)
    placed = _placed(tables, figures)
    if FILE_NAME not in files:
        (name,) = (name for name in files if name.lower().endswith(SUFFIXES))
        cells = [(place.resource.name, place.row, _column_number(tables, place), text) for place, text in
                 placed.values()]  # fmt: skip
        return {name: with_workbook_cells(files[name], cells, name)}
    changed = {}
    for path in dict.fromkeys(place.resource.path for place, _ in placed.values()):
        inside = [(place, text) for place, text in placed.values() if place.resource.path == path]
        changed[path] = _with_texts(files[path], tables, inside)
    changed[FILE_NAME] = _with_record(files[FILE_NAME], tables, placed, figures[0].source)
    return changed


def scenario_with(data: bytes, file: str, figures: Iterable[NewFigure]) -> bytes:
    """File of a scenario with other rates of growth.

    Parameters
    ----------
    data : content of the CSV
    file : its name, for messages
    figures : the new ones, keys ``inputs.scenario.gdp_growth_pct.YEAR``

    Raises
    ------
    CapshareError
        as of :func:`dataset_with`.
    """
    resource = scenario_resource(file)
    tables = Tables([resource], {resource.name: read_text(data, file)}, None)
    return _with_texts(data, tables, list(_placed(tables, figures).values()))


def _tables(files: Mapping[str, bytes], regions: Regions) -> Tables:
    if FILE_NAME not in files:
        (name,) = (name for name in files if name.lower().endswith(SUFFIXES))
        resources, texts = workbook_tables(files[name], name)
        return Tables(resources, texts, regions)
    described = read_descriptor(files[FILE_NAME]).resources
    return Tables(described, {r.name: read_text(files[r.path], r.path) for r in described}, regions)


def _placed(tables: Tables, figures: Iterable[NewFigure]) -> dict[str, tuple[CellPlace, str]]:
    """Key → where it is, and the text that its cell shall have."""
    placed: dict[str, tuple[CellPlace, str]] = {}
    problems: list[Problem] = []
    for figure in figures:
        try:
            place = tables.place(figure.key)
        except CapshareError as error:
            problems += error.problems
            continue
        mark = tables.texts[place.resource.name].mark
        text = _text(figure.value, place, tables, mark)
        fault = read_cell(place.field, text, place.resource.blanks, mark)
        if isinstance(fault, Fault):
            # A row of a workbook cannot be dropped, as one of a file can.
            problems.append(
                Problem(figure.source, figure.place, fault.expected, fault.found, "Correct the cell.")
            )
        placed[figure.key] = (place, text)
    if problems:
        raise CapshareError(problems)
    return placed


def _text(value: float | str | None, place: CellPlace, tables: Tables, mark: DecimalMark) -> str:
    """A figure as its file writes it."""
    if value is None:
        return place.resource.blanks[0]
    if isinstance(value, str):
        return value
    number = float(Fraction(repr(float(value))) / place.factor)
    whole = number.is_integer() and "." not in tables.text(place)
    text = str(int(number)) if whole else repr(number)
    return text.replace(".", ",") if mark is DecimalMark.COMMA else text


def _with_texts(data: bytes, tables: Tables, texts: Iterable[tuple[CellPlace, str]]) -> bytes:
    """The file with other texts in some cells, all other lines as they are."""
    texts = list(texts)
    file = texts[0][0].resource.path if texts else ""
    written, delimiter = decode(data, file), delimiter_of(decode(data, file))
    lines, records = _lines_of_records(written, delimiter)
    for place, text in texts:
        cells = list(records[place.row - 1])
        cells[_column_number(tables, place) - 1] = text
        records[place.row - 1] = cells
        ending = lines[place.row - 1][len(lines[place.row - 1].rstrip("\r\n")) :]
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, lineterminator=ending).writerow(cells)
        lines[place.row - 1] = line.getvalue()
    return "".join(lines).encode(encoding_of(data))


def _lines_of_records(text: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    """Text and cells of each record; a quoted cell may go over several lines."""
    source = io.StringIO(text, newline="")
    taken: list[str] = []

    def lines() -> Iterable[str]:
        for line in source:
            taken.append(line)
            yield line

    texts, records = [], []
    for record in csv.reader(lines(), delimiter=delimiter, strict=True):
        texts.append("".join(taken))
        taken.clear()
        records.append(record)
    return texts, records


def _column_number(tables: Tables, place: CellPlace) -> int:
    text: TextRows = tables.texts[place.resource.name]
    return text.header.index(place.field.name) + 1


def _with_record(
    data: bytes, tables: Tables, placed: Mapping[str, tuple[CellPlace, str]], source: str
) -> bytes:
    """The description of a data package, with a list of what was edited, and what stood there before."""
    text = data.decode("utf-8-sig")
    package = json.loads(text)
    now = [
        {"key": key, "file": place.resource.path, "was": tables.text(place), "is": text, "edited_in": source}
        for key, (place, text) in placed.items()
    ]
    if RECORD in package:
        earlier = [entry for entry in package[RECORD] if entry.get("key") not in placed]
        return _json({**package, RECORD: [*earlier, *now]}).encode()
    # Put in as text, all that stands there stays as it was written.
    body = text.rstrip().removesuffix("}").rstrip()
    return f"{body},\n{_json({RECORD: now}).removeprefix('{').lstrip(chr(10))}".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
