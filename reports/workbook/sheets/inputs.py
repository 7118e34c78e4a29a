"""The figures of the dataset that the study uses: the cells that a reviewer edits."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from capshare.base.conventions import conventions
from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.sheets.assumptions import fuel_column, fuel_factors
from capshare.reports.workbook.sizes import size_sources


def inputs_sheet(builder: WorkbookBuilder) -> None:
    """One row per province, one column per variable; below, where each column comes from.

    Parameters
    ----------
    builder : with the place of ``assumptions``; takes those of ``inputs`` and ``sources``
    """
    data = builder.data
    frame, codes = data.inputs, data.codes
    builder.open("inputs")
    identity = builder.code_fields(codes)
    names = [field.name for field in identity] + list(map(str, frame.columns))
    grid = builder.grid("inputs", "inputs", codes, names)
    fields = [_field(builder, str(name), column) for name, column in frame.items()]
    builder.write("inputs", [*identity, *fields], frozen=len(identity))
    _about(builder, frame, grid.bottom + 3)


def _field(builder: WorkbookBuilder, name: str, values: pd.Series) -> Field:
    about = _fields(builder)
    known = about.loc[name] if name in about.index else None
    unit = MT if name == "emissions_mt" else "" if known is None else str(known["unit"])
    title = "title_zh" if builder.lang == "zh" else "title_en"
    heading = "" if known is None else str(known[title])
    factors = fuel_factors(builder.data)
    if name == "emissions_mt" and factors:
        return Field(name, values.to_dict(), "live", lambda code: _burnt(builder, str(code)), unit, heading)
    own = builder.data.used
    if own is not None and name in (sizes := size_sources(own.table.columns)):
        return Field(name, values.to_dict(), "live", lambda code: _size(builder, str(code), *sizes[name]))
    return Field(name, values.to_dict(), "input", unit=unit, heading=heading)


def _size(builder: WorkbookBuilder, code: str, column: str, factor: Fraction) -> str:
    """A size made of the dataset's own column."""
    return f"{builder.grids['inputs'].at(column, code)}*{float(factor):g}"


def _burnt(builder: WorkbookBuilder, code: str) -> str:
    """Quantities of fuels times their factors."""
    grid = builder.grids["inputs"]
    terms = []
    for fuel in fuel_factors(builder.data):
        column = fuel_column(builder.data, fuel)
        per_unit = builder.named(f"mt_per_{column.removeprefix(f'{fuel}_')}")
        terms.append(f"{grid.at(column, code)}*{builder.named(f'factor_{fuel}')}*{per_unit}")
    return "+".join(terms)


def _fields(builder: WorkbookBuilder) -> pd.DataFrame:
    used = builder.data.used
    return pd.DataFrame(index=pd.Index([], name="column")) if used is None else used.fields


def _about(builder: WorkbookBuilder, frame: pd.DataFrame, top: int) -> None:
    """Unit, source and status of every column."""
    about = _fields(builder)
    labels = [str(name) for name in frame.columns]
    builder.subtitle(builder.book[builder.title("inputs")], top - 1, "sources")
    wanted = {"input_column": None, "unit": "unit", "status": "status", "source": "source"}
    builder.grid("sources", "inputs", labels, tuple(wanted), top)
    builder.write(
        "sources",
        [
            Field(
                name,
                {
                    label: conventions().outward(label)
                    if column is None
                    else str(about.loc[label, column])
                    if label in about.index
                    else builder.say("of_the_study")
                    for label in labels
                },
                widens=name == "input_column",
            )
            for name, column in wanted.items()
        ],
    )
