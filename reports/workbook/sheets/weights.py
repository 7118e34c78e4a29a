"""The weights of the indicators, from their entropy or by another method; all live."""

from __future__ import annotations

import math

import pandas as pd

from capshare.reports.words.catalogue import term
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.indicators import indicator_ids
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
        Field("indicator", {name: name for name in ids}),
        Field("indicator_name", {name: term("indicators", name, builder.lang) for name in ids}),
        Field("expression", {name: str(asked.get(name, {}).get("expression", "")) for name in ids}),
        Field("principle", {name: builder.word(table.loc[name, "principle"]) for name in ids}),
        Field("direction", {name: _direction(builder, table.loc[name, "direction"]) for name in ids}),
    ]
    if data.used is not None:
        fields += _ends(builder, ids, data.used.indicators)
    builder.write(
        "weights", [*fields, *_entropy_fields(builder, ids), *_weight_fields(builder, ids)], frozen=2
    )


def _direction(builder: WorkbookBuilder, direction: object) -> str:
    """More of an indicator earns quota, or asks for a larger cut where quotas are cuts."""
    return builder.word(f"{direction} cut" if builder.data.targets else direction)


def _ends(builder: WorkbookBuilder, ids: tuple[str, ...], raw: pd.DataFrame) -> list[Field]:
    values = builder.grids["indicators"]
    return [
        Field(
            "least", {n: raw[n].min() for n in ids}, "live", lambda n: f"MIN({values.column(f'x_{n}')})", ""
        ),
        Field(
            "most", {n: raw[n].max() for n in ids}, "live", lambda n: f"MAX({values.column(f'x_{n}')})", ""
        ),
    ]


def _entropy_fields(builder: WorkbookBuilder, ids: tuple[str, ...]) -> list[Field]:
    found, values, grid = builder.data.outcome.weights, builder.grids["indicators"], builder.grids["weights"]
    z, entropy = found.normalised, found.table["entropy"]

    def formula(name: Label) -> str:
        column = values.column(f"h_{name}")
        return f"IF({grid.at('z_sum', name)}>0,-SUM({column})/LN(ROWS({column})),1)"

    return [
        Field(
            "z_sum",
            {n: z[n].sum() for n in ids},
            "live",
            lambda n: f"SUM({values.column(f'z_{n}')})",
            "",
        ),
        Field("entropy", {n: entropy[n] for n in ids}, "live", formula),
    ]


def _weight_fields(builder: WorkbookBuilder, ids: tuple[str, ...]) -> list[Field]:
    data = builder.data
    given = data.setting("weights.given", None)
    weight = data.outcome.weights.table["weight"]
    final = Field("weight", weight.to_dict(), "live", lambda name: _scaled(builder, str(name)))
    if given is None:
        return [_basis(builder, ids, None), final]
    shares = pd.Series(dict(given), dtype=float).loc[list(ids)]
    return [_basis(builder, ids, shares), Field("given_weight", shares.to_dict(), "input", unit=""), final]


def _basis(builder: WorkbookBuilder, ids: tuple[str, ...], given: pd.Series | None) -> Field:
    """What the weight is in proportion to before a given part is mixed in."""
    data, grid = builder.data, builder.grids["weights"]
    method = str(data.setting("weights.method", "given"))
    if method == "given" and given is not None:
        return Field(
            "method_weight", given.to_dict(), "live", lambda name: grid.at("given_weight", name), unit=""
        )
    known = pd.Series(method_weights(data, method, ids))
    if known.isna().any():
        return Field("method_weight", data.outcome.weights.table["weight"].to_dict(), "solved", unit="")
    return Field(
        "method_weight", known.to_dict(), "live", lambda name: _method(builder, method, str(name)), ""
    )


def _scaled(builder: WorkbookBuilder, name: str) -> str:
    """The weight: scaled to add up to 1, after the geometric mean with a given part."""
    grid = builder.grids["weights"]
    method = str(builder.data.setting("weights.method", "given"))
    if method == "given" or "given_weight" not in grid.names:
        return f"{grid.at('method_weight', name)}/SUM({grid.span('method_weight')})"
    roots = f"SQRT({grid.at('method_weight', name)}*{grid.at('given_weight', name)})"
    return f"{roots}/SUMPRODUCT(SQRT({grid.span('method_weight')}*{grid.span('given_weight')}))"


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
    grid, values = builder.grids["weights"], builder.grids["indicators"]
    if method == "entropy":
        return f"1-{grid.at('entropy', name)}"
    column = values.column(f"z_{name}")
    if method == "equal":
        return f"IF(MAX({column})>MIN({column}),1,0)"
    others = [values.column(f"z_{other}") for other in indicator_ids(builder.data)]
    conflict = "+".join(f"IFERROR(1-CORREL({column},{other}),0)" for other in others)
    return f"STDEV({column})*({conflict})"
