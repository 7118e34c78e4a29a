"""How sure the result is: what each choice moves, and between what each province's figure lies."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.words.sensitivity import nation_in_words
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label

_NATION = ("moved_mt", "price_yuan_per_t", "cost_1e8yuan")
_WORDS = ("value", "key", "status", "reason")


def sensitivity_sheet(builder: WorkbookBuilder) -> None:
    """One row per choice and side; below, one per province with its own figure live.

    Parameters
    ----------
    builder : with the places of ``targets`` where the study sets any; takes those of ``sensitivity_nation``
        and ``sensitivity_ranges``. Of a study that names no choices nothing is written
    """
    found = builder.data.outcome.drivers.sensitivity
    if found is None:
        return
    labels = list(found.nation.index)
    figures = [name for name in _NATION if name in found.nation]
    names = ("choice", "side", "value", "key", "status", *figures, "reason")
    grid = builder.grid("sensitivity_nation", "sensitivity", labels, names)
    builder.open("sensitivity")
    said = nation_in_words(builder.data.outcome, builder.lang)
    words = {name: _blanks(said[name]) for name in _WORDS}
    builder.write(
        "sensitivity_nation",
        [
            Field("choice", {label: term("choices", label[0], builder.lang) for label in labels}),
            Field("side", {label: builder.word(label[1]) for label in labels}),
            Field("value", words["value"], unit=""),
            Field("key", words["key"]),
            Field("status", {label: builder.word(word) for label, word in words["status"].items()}),
            *(Field(name, _blanks(found.nation[name]), "solved") for name in figures),
            Field("reason", words["reason"]),
        ],
        frozen=2,
    )
    _ranges(builder, found.ranges, found.figure, grid.bottom + 3)


def _ranges(builder: WorkbookBuilder, ranges: pd.DataFrame, figure: str, top: int) -> None:
    codes = [str(code) for code in ranges.index]
    identity = builder.code_fields(codes)
    names = (*(field.name for field in identity), figure, f"low_{figure}", f"high_{figure}", "driver")
    builder.subtitle(builder.book[builder.grids["sensitivity_nation"].sheet], top - 1, "sensitivity_ranges")
    builder.grid("sensitivity_ranges", "sensitivity", codes, names, top)
    drivers = {code: term("choices", name, builder.lang) for code, name in ranges["driver"].items()}
    builder.write(
        "sensitivity_ranges",
        [
            *identity,
            *(Field(name, ranges[name].to_dict(), "solved") for name in names[-4:-1]),
            Field("driver", drivers),
        ],
    )


def _blanks(values: pd.Series) -> dict[Label, object]:
    return values.astype(object).where(values.notna(), "").to_dict()
