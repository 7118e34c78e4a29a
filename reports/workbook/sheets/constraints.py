"""The price of every constraint, as solved."""

from __future__ import annotations

from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MT, PRICE
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Field

_SIDES = ("price_low_yuan_per_t", "price_high_yuan_per_t", "holds_from_mt", "holds_to_mt")


def reserve(draft: Draft) -> None:
    """Place the table."""
    facts = draft.facts
    sides = tuple(name for name in _SIDES if name in facts.prices)
    names = (*facts.year_names, "constraint", "name", "called", "price_yuan_per_t", "binding", *sides)
    draft.grid("constraints", "constraints", tuple(facts.prices.index), names)


def constraints_sheet(draft: Draft) -> None:
    """One row per constraint: all values of the solver."""
    facts, names = draft.facts, draft.names()
    labels = list(facts.prices.index)
    draft.open("constraints")
    sides = [name for name in _SIDES if name in facts.prices]
    draft.write(
        "constraints",
        [
            *draft.year_fields(labels),
            Field("constraint", {label: term("constraints", label[1], draft.lang) for label in labels}),
            Field("name", {label: str(label[2]) for label in labels}),
            Field("called", {label: names.get(str(label[2]), "") for label in labels}),
            Field("price_yuan_per_t", facts.prices["price_yuan_per_t"].to_dict(), "solved", unit=PRICE),
            Field("binding", facts.prices["binding"].map(bool).to_dict(), "solved", unit=""),
            *(
                Field(name, facts.prices[name].map(_side).to_dict(), "solved", unit=_unit(name))
                for name in sides
            ),
        ],
        frozen=3 + len(facts.year_names),
    )


def _side(value: object) -> object:
    return None if value is None or value != value else value


def _unit(name: str) -> str:
    return MT if name.endswith("_mt") else PRICE
