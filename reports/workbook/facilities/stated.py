"""What a market states once: its terms, under names that formulas use, and the rule of each sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from capshare.model.facilities.rules import OUTPUT, SectorRule, Terms
from capshare.model.facilities.sums import T_PER_MT
from capshare.model.outcome.distance import RANK_DIGITS
from capshare.reports.words.columns import PRICE, SHARE
from capshare.reports.words.facilities import said, sector_word, source_words
from capshare.reports.workbook.cells import column_form
from capshare.reports.workbook.facilities.builder import FacilityBook
from capshare.reports.workbook.grid import Field, Kind
from capshare.reports.workbook.layout import make_room

# Defined names of what is no term: tonnes of a megatonne, a hundred per cent, digits that put in order.
CONSTANTS = {"t_per_mt": T_PER_MT, "percent": 100.0, "rank_digits": float(RANK_DIGITS)}
_UNITS = {"price_yuan_per_t": PRICE, "penalty_multiple": "", **dict.fromkeys(CONSTANTS, "")}
_COLUMNS = ("assumption", "value", "unit", "defined_name", "source", "status")


@dataclass(frozen=True)
class StatedTerm:
    """Where a term is from.

    Attributes
    ----------
    source : in words
    status : how well it is known
    """

    source: str
    status: str


def stated_sheet(builder: FacilityBook, terms: Terms, sources: Mapping[str, StatedTerm]) -> None:
    """The sheet of terms and constants, each with the name that formulas use.

    Parameters
    ----------
    builder : takes the sheet
    terms : of the market
    sources : term → where it is from
    """
    numbers = {**vars(terms), **CONSTANTS}
    grid = builder.reserve("assumptions", tuple(numbers), _COLUMNS)
    constant = StatedTerm("", said("status.constant", builder.lang))
    known = {name: sources.get(name, constant) for name in numbers}
    units = {name: builder.unit_below(_UNITS.get(name, SHARE)) for name in numbers}
    columns: dict[str, Mapping[str, object]] = {
        "assumption": {name: said(f"named.{name}", builder.lang) for name in numbers},
        "value": numbers,
        "unit": units,
        "defined_name": {name: name for name in numbers},
        "source": {name: _source(name, known[name].source, builder.lang) for name in numbers},
        "status": {name: _status(known[name].status, builder.lang) for name in numbers},
    }
    builder.write(
        "assumptions",
        [Field(name, columns[name], "input" if name == "value" else "text") for name in _COLUMNS],
        1,
    )
    sheet, place = builder.book[grid.sheet], grid.place("value")
    for name, number in numbers.items():
        builder.book.names[name] = grid.ref("value", name)
        # Each number has a unit of its own; those of the method are not there to be edited.
        kind: Kind = "text" if name in CONSTANTS else "input"
        form = column_form(_UNITS.get(name, SHARE), [number])
        builder.put_cell(sheet, grid.row(name), place, number, kind, form)
        make_room(sheet, place, number, form)


def _source(name: str, source: str, lang: str) -> str:
    return source_words(name, source, lang) if source else ""


def _status(status: str, lang: str) -> str:
    key = status.replace(" ", "_")
    return (
        said(f"status.{key}", lang) if key in ("as_published", "secondary", "assumption", "own") else status
    )


def sectors_sheet(builder: FacilityBook, rules: Mapping[str, SectorRule]) -> None:
    """The sheet of sectors: the rule of each, the mean of the table, and sums of its facilities.

    Parameters
    ----------
    builder : with the place of the facilities reserved
    rules : sector → its rule in the year
    """
    frame, lang = builder.outcome.sectors, builder.lang
    labels = list(map(str, frame.index))
    grid = builder.reserve("sectors", labels, (
        "sector", "rule", "by_output", "slope", "band", "emissions_t", "output", "mean_intensity",
        "quota_t", "shortfall_t", "surplus_t", "penalty_yuan",
    ))  # fmt: skip
    means = frame["emissions_t"] / frame["output"]
    fields = [
        Field("sector", {label: sector_word(label, lang) for label in labels}),
        Field("rule", {label: said(f"forms.{rules[label].form}", lang) for label in labels}),
        Field("by_output", {label: int(rules[label].form == OUTPUT) for label in labels}, "input"),
        Field("slope", {label: rules[label].slope for label in labels}, "input", unit=SHARE),
        Field("band", {label: rules[label].band for label in labels}, "input", unit=SHARE),
        *(summed(builder, "sectors", "sector", name) for name in ("emissions_t", "output")),
        Field(
            "mean_intensity",
            dict(means.set_axis(labels)),
            "live",
            lambda label: f"{grid.at('emissions_t', label)}/{grid.at('output', label)}",
        ),
        *(
            summed(builder, "sectors", "sector", name)
            for name in ("quota_t", "shortfall_t", "surplus_t", "penalty_yuan")
        ),
    ]
    builder.write("sectors", fields, 1)


def summed(builder: FacilityBook, key: str, by: str, name: str) -> Field:
    """A column of sums over facilities: formulas, or what Python found where not all facilities are there.

    Parameters
    ----------
    builder : with the places of both tables reserved
    key : of the sheet, whose frame in the outcome has the same name
    by : column that facilities and sums have in common
    name : column that is summed
    """
    frame, grid, facilities = getattr(builder.outcome, key), builder.grids[key], builder.grids["facilities"]
    values = dict(zip(map(str, frame.index), frame[name], strict=True))
    if not builder.is_whole:
        return Field(name, values, "solved")
    return Field(name, values, "live", lambda label: facilities.sum_where(name, **{by: grid.at(by, label)}))
