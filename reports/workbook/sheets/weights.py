"""The weights of the indicators, from their entropy or by another method; all live."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.indicators import block_of, direction_word, indicator_ids
from capshare.reports.workbook.workbook_data import WorkbookData


def weights_sheet(builder: WorkbookBuilder) -> None:
    """One row per indicator: what it is, its entropy and its weight.

    Parameters
    ----------
    builder : with the places of ``indicators`` and ``weights``
    """
    data = builder.data
    ids, table = indicator_ids(data), data.outcome.weights.table
    builder.open("weights")
    where = "burden.indicators" if data.targets else "indicators"
    asked = {str(item["id"]): item for item in data.setting(where, ())}
    fields = [
        Field("number", {name: place for place, name in enumerate(ids, start=1)}, unit=""),
        Field("indicator", {name: name for name in ids}),
        Field("indicator_name", {name: term("indicators", name, builder.lang) for name in ids}),
        Field("expression", {name: str(asked.get(name, {}).get("expression", "")) for name in ids}),
        Field("principle", {name: builder.word(table.loc[name, "principle"]) for name in ids}),
        _direction(builder, {name: str(table.loc[name, "direction"]) for name in ids}, where),
    ]
    if data.used is not None:
        fields += _ends(builder, ids, data.used.indicators)
    builder.write(
        "weights", [*fields, *_entropy_fields(builder, ids), *_weight_fields(builder, ids)], frozen=3
    )


def _direction(builder: WorkbookBuilder, directions: dict[str, str], where: str) -> Field:
    codes = ("more", "less")
    words = tuple(direction_word(builder, code) for code in codes)
    values = {name: direction_word(builder, code) for name, code in directions.items()}
    if builder.data.used is None:
        return Field("direction", values)
    return Field(
        "direction",
        values,
        "input",
        key=lambda name: f"{where}.{name}.direction",
        choices=words,
        codes=codes,
    )


def _column(builder: WorkbookBuilder, part: str, name: Label) -> str:
    """The column of a row's indicator, on the sheet of the indicators."""
    return f"INDEX({block_of(builder, part)},0,{builder.grids['weights'].at('number', name)})"


def _ends(builder: WorkbookBuilder, ids: tuple[str, ...], raw: pd.DataFrame) -> list[Field]:
    return [
        Field(
            "least", {n: raw[n].min() for n in ids}, "live", lambda n: f"MIN({_column(builder, 'x', n)})", ""
        ),
        Field(
            "most", {n: raw[n].max() for n in ids}, "live", lambda n: f"MAX({_column(builder, 'x', n)})", ""
        ),
    ]


def _entropy_fields(builder: WorkbookBuilder, ids: tuple[str, ...]) -> list[Field]:
    found, grid = builder.data.outcome.weights, builder.grids["weights"]
    z, entropy = found.normalised, found.table["entropy"]

    def formula(name: Label) -> str:
        terms = f"SUM({_column(builder, 'h', name)})/LN(ROWS({block_of(builder, 'h')}))"
        return f"IF({grid.at('z_sum', name)}>0,-{terms},1)"

    return [
        Field(
            "z_sum", {n: z[n].sum() for n in ids}, "live", lambda n: f"SUM({_column(builder, 'z', n)})", ""
        ),
        Field("entropy", {n: entropy[n] for n in ids}, "live", formula),
    ]


def _weight_fields(builder: WorkbookBuilder, ids: tuple[str, ...]) -> list[Field]:
    data = builder.data
    given, method = data.setting("weights.given", None) or {}, str(data.setting("weights.method", "given"))
    weight = data.outcome.weights.table["weight"]
    final = Field("weight", weight.to_dict(), "live", lambda name: _scaled(builder, str(name)))
    basis = _basis(builder, ids, given)
    if "given_weight" not in builder.grids["weights"].names:
        return [basis, final]
    shares = {name: float(given[name]) if name in given else "" for name in ids}
    override = Field(
        "given_weight",
        shares,
        "input",
        unit="",
        key=lambda name: f"weights.given.{name}",
        optional=method != "given",
    )
    return [basis, override, final]


def _basis(builder: WorkbookBuilder, ids: tuple[str, ...], given: Mapping[str, float]) -> Field:
    """What the weight is in proportion to before a given part is mixed in."""
    data, grid = builder.data, builder.grids["weights"]
    method = str(data.setting("weights.method", "given"))
    if method == "given" and given:
        shares = {name: float(given[name]) for name in ids}
        return Field("method_weight", shares, "live", lambda name: grid.at("given_weight", name), unit="")
    known = pd.Series(method_weights(data, method, ids))
    if known.isna().any():
        return Field("method_weight", data.outcome.weights.table["weight"].to_dict(), "solved", unit="")
    return Field(
        "method_weight", known.to_dict(), "live", lambda name: _method(builder, method, str(name)), ""
    )


def _scaled(builder: WorkbookBuilder, name: str) -> str:
    """The weight: scaled to add up to 1, after the geometric mean with a given part where all are given."""
    grid = builder.grids["weights"]
    alone = f"{grid.at('method_weight', name)}/SUM({grid.span('method_weight')})"
    method = str(builder.data.setting("weights.method", "given"))
    if method == "given" or "given_weight" not in grid.names:
        return alone
    own, given = grid.span("method_weight"), grid.span("given_weight")
    roots = f"SQRT({grid.at('method_weight', name)}*{grid.at('given_weight', name)})"
    return f"IF(COUNT({given})=ROWS({given}),{roots}/SUMPRODUCT(SQRT({own}*{given})),{alone})"


def method_weights(data: WorkbookData, method: str, ids: tuple[str, ...]) -> dict[str, float]:
    """What weights are in proportion to, before a given part is mixed in.

    Parameters
    ----------
    data : of the run; normalised indicators, code × indicator, in [0, 1]
    method : "entropy", "equal" or "critic"; others give no number
    ids : of the indicators
    """
    z = data.outcome.weights.normalised[list(ids)]
    if method == "entropy":
        return dict(1 - data.outcome.weights.table["entropy"].loc[list(ids)])
    if method == "equal":
        return dict((z.max() > z.min()).astype(float))
    if method == "critic":
        varying = z.loc[:, z.max() > z.min()]
        return dict((varying.std() * (1 - varying.corr()).sum()).reindex(list(ids), fill_value=0.0))
    return dict.fromkeys(ids, math.nan)


def _method(builder: WorkbookBuilder, method: str, name: str) -> str:
    grid = builder.grids["weights"]
    if method == "entropy":
        return f"1-{grid.at('entropy', name)}"
    column = _column(builder, "z", name)
    if method == "equal":
        return f"IF(MAX({column})>MIN({column}),1,0)"
    # The others' numbers stand still, so that the formula is the same in every row.
    places = (f"${grid.letter('number')}${grid.row(other)}" for other in indicator_ids(builder.data))
    others = (f"INDEX({block_of(builder, 'z')},0,{place})" for place in places)
    conflict = "+".join(f"IFERROR(1-CORREL({column},{other}),0)" for other in others)
    return f"STDEV({column})*({conflict})"
