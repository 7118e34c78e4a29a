"""Table of facilities: emissions and output of each facility in each year, from a CSV or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import numpy as np
import pandas as pd

from capshare.base.errors import LISTED, CapshareError, Problem
from capshare.base.file_bytes import is_folder
from capshare.base.notes import Note, detail
from capshare.base.shown import shown
from capshare.base.spelling import exact_key, suggestion
from capshare.indicators.dataset.excel_book import SUFFIXES
from capshare.indicators.dataset.excel_cells import read_sheets, sheet_names
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.dataset.resource import Resource
from capshare.indicators.dataset.text_file import text_rows
from capshare.indicators.dataset.typed_table import typed_table
from capshare.indicators.facilities.columns import ABOVE_ZERO, LEAST, OPTIONAL, facility_fields
from capshare.indicators.facilities.csv_shape import header_faults, of_results
from capshare.indicators.facilities.plain_csv import BLANKS, read_plain_csv

SHEET = "facilities"
_OF_FOLDER = "facilities.csv"
# Of a CSV: twenty million cells are beyond what one table of facilities of any country has.
LARGEST_BYTES = 500_000_000
_REMEDY = "Write it as the rules and regions do."


def read_facilities(
    data: bytes, source: str, regions: Regions, sectors: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Problem], tuple[Note, ...]]:
    """Facilities of a CSV, or of the sheet ``facilities`` of a workbook.

    It may be the facilities.csv of a result, whose further columns are not read.

    Parameters
    ----------
    data : content of the file
    source : its name; one that ends in .xlsx is that of a workbook
    regions : what provinces are called
    sectors : spelling → sector

    Returns
    -------
    DataFrame, index row number in the file; ``facility, code, sector, year``, and numbers in the units that
    the columns' names say, NaN where an optional cell is blank; every problem found; and notes on what
    is not read

    Raises
    ------
    CapshareError
        where the file cannot be taken apart into cells
    """
    fields = facility_fields()
    if is_workbook(source):
        source, (frame, problems, unread) = f"{source}, sheet {SHEET}", _of_workbook(data, source)
    else:
        frame, problems, unread = read_plain_csv(data, source, fields)
    frame, found = _resolved(frame, source, regions, sectors)
    problems = [*problems, *found, *_not_above_zero(frame, source), *_repeated(frame, source)]
    for name, said in OPTIONAL.items():
        if name not in frame:
            frame[name] = pd.Categorical([""]).repeat(len(frame)) if said["type"] == "string" else np.nan
    return frame, problems, (detail("facilities_unread", columns=unread),) if unread else ()


def facility_file(path: Path) -> Path:
    """Where a table of facilities is: the file itself, or the facilities.csv of a result's folder.

    Parameters
    ----------
    path : of a file, or of the folder that ``capshare benchmark`` wrote
    """
    return path / _OF_FOLDER if is_folder(path) else path


def is_workbook(name: str) -> bool:
    """Whether a file is a workbook, by the ending of its name.

    Parameters
    ----------
    name : of the file
    """
    return PurePath(name).suffix.lower() in SUFFIXES


def _of_workbook(data: bytes, source: str) -> tuple[pd.DataFrame, list[Problem], tuple[str, ...]]:
    place = f"{source}, sheet {SHEET}"
    sheets = read_sheets(data, source, [SHEET])
    if SHEET not in sheets:
        remedy = f"Name the sheet of the facilities so. {suggestion(SHEET, sheet_names(data, source))}"
        raise CapshareError(Problem(source, f"sheet {SHEET}", "this sheet", "none", remedy))
    text = text_rows(sheets[SHEET] or [[]], place)
    problems = header_faults(text.header, facility_fields(), place)
    known = tuple(field for field in facility_fields() if text.header.count(field.name) == 1)
    table = typed_table(Resource(SHEET, SHEET, place, None, known, "province", BLANKS, None), text)
    own = [problem for problem in table.problems if not problem.place.startswith("column ")]
    return table.frame, problems + own, of_results(text.header)


def _resolved(
    frame: pd.DataFrame, source: str, regions: Regions, sectors: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Provinces as codes and sectors as the rules call them; texts of unknown ones are problems."""
    keys = {exact_key(name): sector for name, sector in sectors.items()}
    named = sorted(set(sectors.values()))

    def sector_problem(name: str, place: str) -> Problem:
        expected = f"a sector that the rules of the market know: {', '.join(named)}"
        return Problem(source, place, expected, shown(name), suggestion(name, sectors))

    def province_problem(name: str, place: str) -> Problem:
        return regions.problem(name, source, place)

    code, problems = _looked_up(frame, "province", regions.find, province_problem)
    sector, found = _looked_up(frame, "sector", lambda name: keys.get(exact_key(name)), sector_problem)
    return frame.drop(columns=["province"], errors="ignore").assign(
        code=code, sector=sector
    ), problems + found


def _looked_up(
    frame: pd.DataFrame,
    column: str,
    find: Callable[[str], str | None],
    problem: Callable[[str, str], Problem],
) -> tuple[pd.Categorical, list[Problem]]:
    """What the texts of a column mean; each text is looked up once."""
    if column not in frame:
        return pd.Categorical([None] * len(frame)), []
    places, texts = pd.factorize(frame[column])
    known = [find(text) if text else None for text in map(str, texts)]
    categories = pd.Index(sorted({name for name in known if name is not None}), dtype="str")
    meant = np.array([-1 if name is None else categories.get_loc(name) for name in known], dtype=int)
    unknown = {place: str(texts[place]) for place, name in enumerate(known) if name is None}
    told = _told_once([text for text in unknown.values() if text], problem)
    problems = (
        [
            replace(told[unknown[place]], place=f"row {frame.index[row]}, column {column}")
            for row, place in enumerate(places.tolist())
            if unknown.get(place)
        ]
        if told
        else []
    )
    codes = np.where(places < 0, -1, meant[places]) if len(meant) else np.full(len(frame), -1)
    return pd.Categorical.from_codes(codes, categories), problems


def _told_once(texts: Sequence[str], problem: Callable[[str, str], Problem]) -> dict[str, Problem]:
    """The problem of each unknown text, without its place; one that is listed says what is meant, perhaps."""
    told = {text: problem(text, "") for text in texts[:LISTED]}
    # What is like thousands of others takes long to find, and is not told.
    rest = {text: replace(told[texts[0]], found=shown(text), remedy=_REMEDY) for text in texts[LISTED:]}
    return told | rest


def _not_above_zero(frame: pd.DataFrame, source: str) -> list[Problem]:
    remedy = "Correct the cell; leave out a facility that made nothing, and a benchmark that is not known."
    return [
        Problem(source, f"row {row}, column {column}", "a number above 0", f"{value:g}", remedy)
        for column in ABOVE_ZERO
        if column in frame
        for row, value in frame.loc[frame[column] < LEAST, column].items()
    ]


def _repeated(frame: pd.DataFrame, source: str) -> list[Problem]:
    """A facility has one row a year."""
    key = ["facility", "year"]
    if not set(key) <= set(frame):
        return []
    if not frame["facility"].duplicated().any():
        return []
    # A cell that is wrong or blank is told as such.
    again = frame.duplicated(key) & frame["year"].notna() & (frame["facility"] != "")
    if not again.any():
        return []
    whole = frame.loc[frame.duplicated(key, keep=False), key].reset_index(names="row")
    first = whole.groupby(key)["row"].transform("first").set_axis(whole["row"])
    remedy = "Add the rows up, drop one, or give the facilities different names."
    said = {
        row: f"{shown(str(facility))} again in {year:.0f}, as in row {first[row]}"
        for row, facility, year in frame.loc[again, key].itertuples()
    }
    return [
        Problem(source, f"row {row}", "each facility once a year", found, remedy)
        for row, found in said.items()
    ]
