"""What ``capshare runs`` prints: run folders with their date, cap, headline figures and state."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from capshare.base.conventions import INSIDE, USUAL, Conventions
from capshare.base.errors import CapshareError
from capshare.base.years import YEAR
from capshare.reports.folder.files import printable
from capshare.reports.folder.files_state import UNKNOWN, files_state
from capshare.reports.folder.listed_folders import DamagedRun
from capshare.reports.folder.manifest_checks import BENCHMARK
from capshare.reports.folder.read_columns import read_columns
from capshare.reports.folder.run_folder import RunFolder
from capshare.reports.folder.table_list import NAMED
from capshare.reports.words.columns import MONEY, MT, PRICE, readable

if TYPE_CHECKING:
    from rich.console import Console

_ABSENT = "-"
_NAMES, _FIGURES = ("run", "study"), ("year", "cap", "deficits", "cost", "trade")
_HEADINGS = (*_NAMES, "written", *_FIGURES, "files")
# The folder tells most of the study, and when it was written.
_FIRST_LEFT_OUT = ("study", "written", "trade", "cost", "deficits")
_LEAST_NAME = 16
_Columns = Mapping[str, list[Any]]


@dataclass(frozen=True)
class RunLine:
    """A run folder on one line; a figure that the folder no longer tells is None.

    Attributes
    ----------
    name, study : of the folder, and of the study it ran or the table of facilities
    written : when the folder was written, local time to the minute
    year, years : the last year allocated, and how many there are
    cap_mt, deficit_mt : of that year, Mt
    cost_1e8yuan : of abatement in that year, 1e8 yuan
    price_yuan_per_t : of trade inside the programme in that year, yuan/t
    state, detail : whether its files are as the run left them, or whether it verifies; which are not, and
        which of its checks failed
    conventions : of its dataset
    """

    name: str
    study: str
    written: str
    year: int | None
    years: int
    cap_mt: float | None
    deficit_mt: float | None
    cost_1e8yuan: float | None
    price_yuan_per_t: float | None
    state: str
    detail: str
    conventions: Conventions = USUAL


def run_line(run: RunFolder | DamagedRun, state: tuple[str, str] | None = None) -> RunLine:
    """A run folder on one line.

    Parameters
    ----------
    run : the folder; of a damaged one nothing is told but what is wrong with it
    state : whether it verifies, and the detail; by default whether its files are as the run left them
    """
    if isinstance(run, DamagedRun):
        return _damaged(run, *(state or ("damaged", str(run.error.problems[0]))))
    if BENCHMARK in run.manifest:
        return _benchmark(run, *(state or _files_state(run)))
    caps = _columns(run, "cap", "cap_mt")
    year = max(caps.get(YEAR, ()), default=None)
    provinces = _of_year(_columns(run, "provinces", "balance_mt", "cost_1e8yuan"), year)
    prices = _of_year(_columns(run, "prices", "constraint", "price_yuan_per_t"), year)
    is_market = [constraint == "market" for constraint in prices["constraint"]]
    said, detail = state or _files_state(run)
    failed = [check["name"] for check in run.manifest.get("checks", []) if not check["passed"]]
    return RunLine(
        name=_name(run.path),
        study=str(run.manifest.get("study", _ABSENT)),
        written=_written(run.path),
        year=year,
        years=len(caps.get(YEAR, ())),
        cap_mt=_sum(_of_year(caps, year)["cap_mt"]),
        deficit_mt=_sum([-balance for balance in provinces["balance_mt"] if balance < 0]),
        cost_1e8yuan=_sum(provinces["cost_1e8yuan"]),
        price_yuan_per_t=_sum(list(compress(prices["price_yuan_per_t"], is_market))),
        state=said,
        detail="; ".join(filter(None, [detail, f"failed checks {', '.join(failed)}" if failed else ""])),
        conventions=_conventions(run),
    )


def _files_state(run: RunFolder) -> tuple[str, str]:
    """Whether the files of a run are as it left them, and which are not."""
    changed = run.changed()
    state = files_state(run, changed)
    if state == UNKNOWN:
        return state, "written by a version that recorded no digests"
    return state, ", ".join(f"{name} {became}" for name, became in changed.items())


def _conventions(run: RunFolder) -> Conventions:
    """Those of its manifest; the usual ones where it says others than a run writes."""
    try:
        return run.conventions
    except CapshareError:
        return USUAL


def _benchmark(run: RunFolder, state: str, detail: str) -> RunLine:
    """Facilities have no cap; their figures are in the folder."""
    asked = run.manifest[BENCHMARK]
    return _without_figures(
        run.path, f"benchmark of {printable(asked['table'])}", asked["year"], state, detail
    )


def _damaged(run: DamagedRun, state: str, detail: str) -> RunLine:
    return _without_figures(run.path, _ABSENT, None, state, detail)


def _without_figures(path: Path, study: str, year: int | None, state: str, detail: str) -> RunLine:
    return RunLine(
        name=_name(path),
        study=study,
        written=_written(path),
        year=year,
        years=0 if year is None else 1,
        cap_mt=None,
        deficit_mt=None,
        cost_1e8yuan=None,
        price_yuan_per_t=None,
        state=state,
        detail=detail,
    )


def _name(path: Path) -> str:
    return printable(path.name or path.resolve().name)


def _written(path: Path) -> str:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    except (OSError, OverflowError, ValueError):  # a time after the year 9999
        return _ABSENT


def _columns(run: RunFolder, name: str, *columns: str) -> _Columns:
    """Columns of a table; none where it is gone or cannot be read, which the run's state then tells."""
    try:
        return read_columns(run, NAMED[name], (YEAR, *columns)) or {}
    except CapshareError:
        return {}


def _of_year(columns: _Columns, year: int | None) -> Mapping[str, list[Any]]:
    """Rows of one year; a run of one year does not write it. A column that is not there has no rows."""
    rows = [of == year for of in columns[YEAR]] if YEAR in columns else repeat(True)
    return defaultdict(list, {name: list(compress(values, rows)) for name, values in columns.items()})


def _sum(values: Sequence[float]) -> float | None:
    found = sum(values) if values else math.nan
    return found if math.isfinite(found) else None


def print_runs(lines: Sequence[RunLine], console: Console) -> None:
    """Print one line per run.

    Parameters
    ----------
    lines : what to print
    console : where to print
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    columns = _fitting({name: [_cells(line)[name] for line in lines] for name in _HEADINGS}, console.width)
    for name, cells in columns.items():
        justify: Literal["left", "right"] = "right" if name in _FIGURES else "left"
        # Figures stay in one piece: one that is cut is another. Names may break where there is no room.
        is_name = name in _NAMES
        room = None if is_name else max(map(len, [name, *cells]))
        table.add_column(name, justify=justify, overflow="fold", no_wrap=not is_name, min_width=room)
    for row in zip(*columns.values(), strict=True):
        table.add_row(*map(Text, row))
    console.print(table)
    foreign = any(line.conventions.currency != INSIDE for line in lines)
    others = " (where a currency is named, millions of it)" if foreign else ""
    price = f"price of trade inside the programme: {PRICE}"
    console.print(
        f"cap, deficits: {MT}; cost of abatement: {MONEY}{others}; {price}".replace("CO2", "CO₂"),
        style="dim",
        highlight=False,
    )
    for line in lines:
        if line.detail:
            console.print(f"{line.name}, {line.state}: {line.detail}", markup=False, highlight=False)


def _fitting(columns: Mapping[str, list[str]], width: int) -> Mapping[str, list[str]]:
    """The columns that a screen has room for; a name has to keep some of its letters."""
    shown = dict(columns)
    rooms = {name: 1 + max(map(len, [name, *cells])) for name, cells in columns.items()}
    rooms["run"] = min(rooms["run"], _LEAST_NAME)
    for name in _FIRST_LEFT_OUT:
        if sum(rooms[heading] for heading in shown) <= width + 1:
            break
        del shown[name]
    return shown


def _cells(line: RunLine) -> Mapping[str, str]:
    year = (
        _ABSENT if line.year is None else f"{line.year} ({line.years})" if line.years > 1 else f"{line.year}"
    )
    figures = (
        (line.cap_mt, MT),
        (line.deficit_mt, MT),
        (line.cost_1e8yuan, MONEY),
        (line.price_yuan_per_t, PRICE),
    )
    said = [_ABSENT if value is None else readable(value, unit) for value, unit in figures]
    if line.conventions.currency != INSIDE:
        said[2:] = [f"{line.conventions.currency.upper()} {cell}" for cell in said[2:]]
    return dict(zip(_HEADINGS, (line.name, line.study, line.written, year, *said, line.state), strict=True))
