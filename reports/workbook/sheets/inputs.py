"""The figures of the dataset that the study uses: the cells that a reviewer edits."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import MT
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.sheets.parameters import fuel_column, fuel_factors

_PER_UNIT = {"1e4t": 0.01, "1e8m3": 0.1}


def inputs_sheet(draft: Draft) -> None:
    """One row per province, one column per variable; below, where each column comes from."""
    facts = draft.facts
    frame, codes = facts.inputs, facts.codes
    draft.open("inputs")
    identity = draft.code_fields(codes)
    names = [field.name for field in identity] + list(map(str, frame.columns))
    grid = draft.grid("inputs", "inputs", codes, names)
    fields = [_field(draft, str(name), column) for name, column in frame.items()]
    draft.write("inputs", [*identity, *fields], frozen=len(identity))
    _about(draft, frame, grid.bottom + 3)


def _field(draft: Draft, name: str, values: pd.Series) -> Field:
    about = _fields(draft)
    known = about.loc[name] if name in about.index else None
    unit = MT if name == "emissions_mt" else "" if known is None else str(known["unit"])
    title = "title_zh" if draft.lang == "zh" else "title_en"
    heading = "" if known is None else str(known[title])
    factors = fuel_factors(draft.facts)
    if name == "emissions_mt" and factors:
        return Field(name, values.to_dict(), "live", lambda code: _burnt(draft, str(code)), unit, heading)
    return Field(name, values.to_dict(), "input", unit=unit, heading=heading)


def _burnt(draft: Draft, code: str) -> str:
    """Quantities of fuels times their factors."""
    grid, numbers = draft.grids["inputs"], draft.grids["parameters"]
    terms = []
    for fuel in fuel_factors(draft.facts):
        column = fuel_column(draft.facts, fuel)
        per_unit = _PER_UNIT[column.removeprefix(f"{fuel}_")]
        terms.append(f"{grid.at(column, code)}*{numbers.ref('value', f'factor_{fuel}')}*{per_unit}")
    return "+".join(terms)


def _fields(draft: Draft) -> pd.DataFrame:
    used = draft.facts.used
    return pd.DataFrame(index=pd.Index([], name="column")) if used is None else used.fields


def _about(draft: Draft, frame: pd.DataFrame, top: int) -> None:
    """Unit, source and status of every column."""
    about = _fields(draft)
    labels = [str(name) for name in frame.columns]
    draft.subtitle(draft.book[draft.title("inputs")], top - 1, "sources")
    wanted = {"input_column": None, "unit": "unit", "status": "status", "source": "source"}
    draft.grid("sources", "inputs", labels, tuple(wanted), top)
    draft.write(
        "sources",
        [
            Field(
                name,
                {
                    label: label
                    if column is None
                    else str(about.loc[label, column])
                    if label in about.index
                    else draft.say("of_the_study")
                    for label in labels
                },
                widens=name == "input_column",
            )
            for name, column in wanted.items()
        ],
    )
