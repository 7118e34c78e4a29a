"""What was edited in a workbook: input cells with other values; all else must stand as the run wrote it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import coordinate_to_tuple

from capshare.base.errors import Problem
from capshare.base.shown import shown
from capshare.indicators.dataset.excel_formulas import KeptCell, KeptSheets
from capshare.reports.words.catalogue import text
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.edits.input_cells import InputCell, input_cells, place_of
from capshare.reports.workbook.edits.same_formula import same_formula

# Programs write a number with 15 to 17 digits.
_SAME = 1e-14
_ONLY_INPUTS = "Put it back as it was (undo): only yellow cells are read."
_Value = float | str | None


@dataclass(frozen=True)
class Edit:
    """An input cell with another value than in the run.

    Attributes
    ----------
    cell : where it stands, and its key
    before, after : in the study's own terms; None for a blank cell, infinity for no limit
    """

    cell: InputCell
    before: _Value
    after: _Value


@dataclass
class FoundEdits:
    """What differs between a workbook and the one that the run wrote.

    Attributes
    ----------
    edits : of input cells
    problems : of cells that hold what they may not
    further_sheets : titles of sheets that the run did not write; they are not read
    further_cells : how many cells were filled that the run left blank; they are not read
    inputs : every cell that may be edited
    """

    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    further_sheets: list[str] = field(default_factory=list)
    further_cells: int = 0
    inputs: tuple[InputCell, ...] = ()


def found_edits(builder: WorkbookBuilder, written: KeptSheets, edited: KeptSheets, file: str) -> FoundEdits:
    """Compare a workbook with the one that the run wrote, cell by cell.

    Parameters
    ----------
    builder : of the run's workbook
    written : cells of the run's workbook
    edited : cells of the other
    file : name of the other, for messages
    """
    every = input_cells(builder, written)
    inputs = {(cell.sheet, cell.cell): cell for cell in every}
    found = FoundEdits(further_sheets=[title for title in edited if title not in written], inputs=every)
    for sheet, cells in written.items():
        if sheet not in edited:
            remedy = "Put the sheet back, or edit a fresh workbook of the run."
            found.problems.append(Problem(file, f"sheet {sheet}", "this sheet of the run", "none", remedy))
            continue
        own = dict.fromkeys(address for title, address in inputs if title == sheet)
        found.further_cells += len(edited[sheet].keys() - cells.keys() - own.keys())
        for address in dict.fromkeys((*cells, *own)):
            held, now = cells.get(address), edited[sheet].get(address)
            cell = inputs.get((sheet, address))
            if cell is None and sheet == builder.title("summary") and _is_input(builder, sheet, address):
                # A choice of what is shown, a year or a unit, is no part of the study.
                continue
            if cell is None:
                place = place_of(builder, written, sheet, address) if held != now else ""
                found.problems += _altered(held, now, file, place)
            else:
                _take(found, cell, held, now, file, builder.lang)
    # As one reads: cells that were blank are not listed among the others.
    order = list(written)
    found.edits.sort(key=lambda edit: (order.index(edit.cell.sheet), *coordinate_to_tuple(edit.cell.cell)))
    return found


def _is_input(builder: WorkbookBuilder, sheet: str, address: str) -> bool:
    return builder.book[sheet][address].kind == "input"


def _altered(held: KeptCell | None, now: KeptCell | None, file: str, place: str) -> Iterator[Problem]:
    """The problem of a cell that is no input and holds something else."""
    if held is None or held == now:
        return
    if held.formula is not None:
        if now is None or now.formula is None:
            found = "a blank cell" if now is None else _said(now.value)
            yield Problem(file, place, f"the formula ={held.formula}", found, _ONLY_INPUTS)
        elif not same_formula(held.formula, now.formula):
            yield Problem(file, place, f"the formula ={held.formula}", f"={now.formula}", _ONLY_INPUTS)
    elif now is None or now.formula is not None or not _same(held.value, now.value):
        found = "a blank cell" if now is None else f"={now.formula}" if now.formula else _said(now.value)
        expected = f"{_said(held.value)}, as the run wrote it"
        yield Problem(file, place, expected, found, _ONLY_INPUTS)


def _take(
    found: FoundEdits, cell: InputCell, held: KeptCell | None, now: KeptCell | None, file: str, lang: str
) -> None:
    """Note an edit, or what is wrong with it."""
    before, after = (None if kept is None else kept.value for kept in (held, now))
    if now is not None and now.formula is not None:
        remedy = "Paste its value: formulas of a reviewer are not worked out again."
        problem = Problem(file, cell.place, _wanted(cell), f"the formula ={now.formula}", remedy)
        found.problems.append(problem)
    elif not _same(before, after):
        try:
            edit = Edit(cell, _own_terms(cell, before, lang), _own_terms(cell, after, lang))
        except ValueError:
            remedy = (
                "Correct the cell; the run has " + (_said(before) if before is not None else "none") + "."
            )
            if isinstance(after, str) and any(character.isdigit() for character in after):
                remedy = "Type it as a number, with the decimal mark of your program. " + remedy
            found_there = "a blank cell" if after is None else _said(after)
            found.problems.append(Problem(file, cell.place, _wanted(cell), found_there, remedy))
        else:
            found.edits.append(edit)


def _own_terms(cell: InputCell, value: float | str | bool | None, lang: str) -> _Value:
    """A value in the study's own terms.

    Raises
    ------
    ValueError
        where the cell may not hold it
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        if cell.optional:
            return None
    elif cell.codes:
        known: Mapping[str, str] = {word.casefold(): code for word, code in cell.codes.items()}
        if isinstance(value, float) and value.is_integer():
            value = str(int(value))
        if isinstance(value, str) and value.strip().casefold() in known:
            return known[value.strip().casefold()]
    elif isinstance(value, float) and not isinstance(value, bool):
        return value
    elif value == text("terms.no_limit", lang):
        return math.inf
    raise ValueError(value)


def _same(before: float | str | bool | None, after: float | str | bool | None) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=_SAME, abs_tol=0.0)
    if isinstance(before, str) and isinstance(after, str):
        return before.split() == after.split()
    return before == after and isinstance(before, bool) == isinstance(after, bool)


def _wanted(cell: InputCell) -> str:
    """What a cell may hold."""
    wanted = f"one of {', '.join(cell.codes)}" if cell.codes else "a number"
    return f"{wanted}, or a blank cell" if cell.optional else wanted


def _said(value: float | str | bool | None) -> str:
    return f"{value:.10g}" if isinstance(value, float) else shown(str(value))
