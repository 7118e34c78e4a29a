"""The figures of the dataset that the study uses: the cells that a reviewer edits."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from capshare.base.conventions import conventions
from capshare.indicators.emissions import mt_per_unit
from capshare.reports.words.columns import MT
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field
from capshare.reports.workbook.own_emissions import is_carried, nowcast_years, own_emissions
from capshare.reports.workbook.sheets.assumptions import fuel_column, fuel_factors
from capshare.reports.workbook.sheets.electricity import has_electricity
from capshare.reports.workbook.sizes import size_sources
from capshare.reports.workbook.workbook_data import WorkbookData


def reserve(builder: WorkbookBuilder) -> None:
    """Place the table, which tables of other years refer to, and it to them.

    Parameters
    ----------
    builder : takes the place of ``inputs``
    """
    data = builder.data
    names = [field.name for field in builder.code_fields(data.codes)] + list(map(str, data.inputs.columns))
    if _shows_own(data):
        names.insert(names.index("emissions_mt"), "own_emissions_mt")
    builder.grid("inputs", "inputs", data.codes, names)


def inputs_sheet(builder: WorkbookBuilder) -> None:
    """One row per province, one column per variable; below, where each column comes from.

    Parameters
    ----------
    builder : with the places of ``assumptions`` and ``base_year`` and what :func:`reserve` placed; takes that
        of ``sources``
    """
    frame = builder.data.inputs
    builder.open("inputs")
    identity, grid = builder.code_fields(builder.data.codes), builder.grids["inputs"]
    fields = {name: _field(builder, str(name), column) for name, column in frame.items()}
    if _shows_own(builder.data):
        fields["own_emissions_mt"] = _own_emissions(builder, "own_emissions_mt")
    written = [*identity, *(fields[name] for name in grid.names[len(identity) :])]
    builder.write("inputs", written, frozen=len(identity))
    _about(builder, frame, grid.bottom + 3)


def _view(data: WorkbookData) -> str:
    """View of electricity that emissions are counted in, where the workbook has it; else by production."""
    return str(data.setting("electricity.view", "production")) if has_electricity(data) else "production"


def _shows_own(data: WorkbookData) -> bool:
    """Whether emissions of the dataset's year stand beside those that the study counts."""
    return is_carried(data) or (_view(data) != "production" and own_emissions(data) is not None)


def _field(builder: WorkbookBuilder, name: str, values: pd.Series) -> Field:
    about, own = _fields(builder), builder.data.used
    known = about.loc[name] if name in about.index else None
    unit = MT if name == "emissions_mt" else "" if known is None else str(known["unit"])
    title = "title_zh" if builder.lang == "zh" else "title_en"
    # Titles of datasets are in plain letters.
    heading = "" if known is None else str(known[title]).replace("CO2", "CO₂")
    if name == "emissions_mt":
        return _emissions(builder)
    sizes = {} if own is None else size_sources(own.table.columns)
    if name in sizes:
        return Field(
            name, values.to_dict(), "live", lambda code: _size(builder, str(code), name, *sizes[name])
        )
    key = None if own is None else (lambda code: f"inputs.{name}.{code}")
    # A blank cell of the dataset stays one.
    shown = values.astype(object).where(values.notna(), "").to_dict()
    blank = bool(values.isna().any())
    return Field(name, shown, "input", unit=unit, heading=heading or _plain(name), key=key, optional=blank)


def _plain(name: str) -> str:
    """Heading of a column that nothing describes: one of a published table, by both names."""
    return conventions().outward(name) if "." in name else ""


def _emissions(builder: WorkbookBuilder) -> Field:
    """Emissions of the base year: made of the dataset's, or else as the run has them."""
    data = builder.data
    if _view(data) != "production" and own_emissions(data) is not None:
        views, counted = builder.grids["electricity"], f"{_view(data)}_mt"
        values = data.inputs["emissions_mt"].to_dict()
        return Field("emissions_mt", values, "live", lambda code: views.peer(counted, code), MT)
    if is_carried(data):
        base = builder.grids["base_year"]
        last = f"emissions_{nowcast_years(data)[-1]}_mt"
        values = data.inputs["emissions_mt"].to_dict()
        return Field("emissions_mt", values, "live", lambda code: base.peer(last, code), MT)
    return _own_emissions(builder, "emissions_mt")


def _own_emissions(builder: WorkbookBuilder, name: str) -> Field:
    """Emissions of the dataset's year: a column in Mt CO2, or quantities of fuels times their factors."""
    data, made = builder.data, own_emissions(builder.data)
    if made is None:
        return Field(name, data.inputs["emissions_mt"].to_dict(), "solved", unit=MT)
    if fuel_factors(data):
        return Field(name, made.to_dict(), "live", lambda code: _burnt(builder, str(code)), MT)
    column, table = data.setting("emissions.column", ""), data.setting("emissions.table", None)
    source = column if table is None else f"{table}.{column}"
    factor = "" if mt_per_unit(column) == 1 else f"*{builder.named('mt_per_' + column.rsplit('_', 1)[-1])}"
    grid = builder.grids["inputs"]
    return Field(name, made.to_dict(), "live", lambda code: f"{grid.at(source, code)}{factor}", MT)


def _size(builder: WorkbookBuilder, code: str, name: str, column: str, factor: Fraction) -> str:
    """A size made of the dataset's own column."""
    own = builder.grids["inputs"].at(column, code)
    return own if factor == 1 else f"{own}*{builder.named(f'size_{name}')}"


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
    in_words: dict[str, Callable[[str], str]] = {
        "unit": builder.unit,
        "status": builder.word,
        "source": builder.source,
    }
    builder.write(
        "sources",
        [
            Field(
                name,
                {
                    label: conventions().outward(label)
                    if column is None
                    else in_words[column](str(about.loc[label, column]))
                    if label in about.index
                    else builder.say("of_the_study")
                    for label in labels
                },
                widens=name != "source",
            )
            for name, column in wanted.items()
        ],
    )
