"""The price of every constraint, as solved, and below it planners' own constraints."""

from __future__ import annotations

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Grid, Label, literal
from capshare.reports.workbook.sheets.rules import rules_tables

_SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt")


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table.

    Parameters
    ----------
    builder : takes the place of ``constraints``
    """
    data = builder.data
    sides = tuple(name for name in _SIDES if name in data.prices)
    names = (*data.year_names, "constraint", "name", "called", "price_yuan_per_t", "binding", *sides)
    builder.grid("constraints", "constraints", tuple(data.prices.index), names)


def of_constraint(
    builder: WorkbookBuilder, constraint: str, here: Grid, label: Label, year: str = "year"
) -> str:
    """The price of a province's own constraint, 0 where it has none, as a formula without =.

    Parameters
    ----------
    builder : with the place of ``constraints``
    constraint : its name in ``prices.csv``
    here, label : table and row of the formula, of a province
    year : column of it with the year, where there are several
    """
    keys = {
        "constraint": literal(term("constraints", constraint, builder.lang)),
        "name": here.at("code", label),
    }
    own = {"year": here.at(year, label)} if builder.data.several else {}
    return builder.grids["constraints"].sum_where("price_yuan_per_t", **own, **keys)


def constraints_sheet(builder: WorkbookBuilder) -> None:
    """One row per constraint: all values of the solver.

    Parameters
    ----------
    builder : with the place of ``allocation``, and what :func:`reserve` and that of the rules placed
    """
    data, names = builder.data, builder.names()
    labels = list(data.prices.index)
    builder.open("constraints")
    sides = [name for name in _SIDES if name in data.prices]
    builder.write(
        "constraints",
        [
            *builder.year_fields(labels),
            Field("constraint", {label: term("constraints", label[1], builder.lang) for label in labels}),
            Field("name", {label: builder.block(label[2]) for label in labels}),
            Field("called", {label: names.get(str(label[2]), "") for label in labels}),
            Field("price_yuan_per_t", data.prices["price_yuan_per_t"].to_dict(), "solved", unit=PRICE),
            Field("binding", data.prices["binding"].map(bool).to_dict(), "solved", unit=""),
            *(
                Field(
                    name,
                    {row: _side(value) for row, value in data.prices[name].items()},
                    "solved",
                    unit=_unit(name),
                )
                for name in sides
            ),
        ],
        frozen=3 + len(data.year_names),
    )
    rules_tables(builder)


def _side(value: object) -> object:
    return None if value is None or value != value else value


def _unit(name: str) -> str:
    return MT if name.endswith("_mt") else PRICE
