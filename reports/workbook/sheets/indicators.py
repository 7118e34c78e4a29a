"""Indicators from the inputs, rescaled, and their weights; all live."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from capshare.model.outcome.inputs_used import InputsUsed
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import UNIT_INTERVAL
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.expression_numbers import expression_formula
from capshare.reports.workbook.grid import Field, Label, literal
from capshare.reports.workbook.workbook_data import WorkbookData


def indicator_ids(data: WorkbookData) -> tuple[str, ...]:
    """Indicators that have both a weight and values.

    Parameters
    ----------
    data : of the run
    """
    weights = data.outcome.weights
    return tuple(str(name) for name in weights.table.index if name in weights.normalised)


def expressions(data: WorkbookData) -> Mapping[str, str]:
    """Indicator → expression; empty where the run does not keep its inputs.

    Parameters
    ----------
    data : of the run
    """
    return {} if data.used is None else data.used.expressions


def reserve(builder: WorkbookBuilder) -> None:
    """Place the tables of indicators and weights, which refer to each other.

    Parameters
    ----------
    builder : takes the places of ``indicators`` and ``weights``
    """
    data = builder.data
    ids = indicator_ids(data)
    parts = ("x", "z", "h") if data.used is not None else ("z", "h")
    identity = tuple(field.name for field in builder.code_fields(data.codes))
    columns = tuple(f"{part}_{name}" for part in parts for name in ids)
    builder.grid("indicators", "indicators", data.codes, identity + columns)
    raw = ("least", "most") if "x" in parts else ()
    given = ("given_weight",) if takes_weights(data) else ()
    builder.grid(
        "weights",
        "weights",
        ids,
        (
            *("number", "indicator", "indicator_name", "expression", "principle", "direction"),
            *raw,
            *("z_sum", "entropy", "method_weight"),
            *given,
            "weight",
        ),
    )


def takes_weights(data: WorkbookData) -> bool:
    """Whether weights may be given: of a study that keeps its inputs, and leaves no readings open.

    Parameters
    ----------
    data : of the run
    """
    return data.used is not None and not data.setting("published.readings", ())


def block_of(builder: WorkbookBuilder, part: str) -> str:
    """The neighbouring columns of all indicators, from another sheet.

    Parameters
    ----------
    builder : with the place of ``indicators``
    part : "x" as they are, "z" rescaled, "h" the terms of the entropy
    """
    grid, ids = builder.grids["indicators"], indicator_ids(builder.data)
    first, last = grid.column(f"{part}_{ids[0]}"), grid.column(f"{part}_{ids[-1]}")
    return f"{first.split(':')[0]}:{last.split(':')[1]}"


def indicators_sheet(builder: WorkbookBuilder) -> None:
    """Raw values, min-max values and p ln p, one block of columns each.

    Parameters
    ----------
    builder : with the place of ``inputs`` and what :func:`reserve` placed
    """
    data = builder.data
    builder.open("indicators")
    fields = builder.code_fields(data.codes)
    ids, used = indicator_ids(data), data.used
    if used is not None:
        fields += [_raw(builder, name, used) for name in ids]
    fields += [make(builder, name) for make in (_rescaled, _p_ln_p) for name in ids]
    builder.write("indicators", fields, frozen=2)


def _raw(builder: WorkbookBuilder, name: str, used: InputsUsed) -> Field:
    values = used.indicators[name].to_dict()
    heading, inputs = term("indicators", name, builder.lang), builder.grids["inputs"]
    expression = expressions(builder.data).get(name)
    if expression is None:
        return Field(f"x_{name}", values, "input", unit="", heading=heading)

    def formula(code: Label) -> str:
        return expression_formula(builder, expression, lambda column: inputs.peer(column, code))

    return Field(f"x_{name}", values, "live", formula, "", heading, expression)


def _rescaled(builder: WorkbookBuilder, name: str) -> Field:
    values = builder.data.outcome.weights.normalised[name].to_dict()
    grid, weights = builder.grids["indicators"], builder.grids["weights"]
    heading = builder.say("heading.min_max", indicator=term("indicators", name, builder.lang))
    if f"x_{name}" not in grid.names:
        return Field(f"z_{name}", values, "solved", unit=UNIT_INTERVAL, heading=heading)
    least, most, direction = (weights.ref(column, name) for column in ("least", "most", "direction"))
    end = f"IF({direction}={literal(direction_word(builder, 'less'))},{most},{least})"

    def formula(code: Label) -> str:
        return f"IF({most}>{least},ABS({grid.at(f'x_{name}', code)}-{end})/({most}-{least}),0)"

    return Field(f"z_{name}", values, "live", formula, UNIT_INTERVAL, heading)


def direction_word(builder: WorkbookBuilder, direction: str) -> str:
    """More of an indicator earns quota, or asks for a larger cut where quotas are cuts.

    Parameters
    ----------
    builder : of the workbook
    direction : "more" or "less"
    """
    return builder.word(f"{direction} cut" if builder.data.targets else direction)


def _p_ln_p(builder: WorkbookBuilder, name: str) -> Field:
    z = builder.data.outcome.weights.normalised[name]
    p = z / z.sum() if z.sum() > 0 else z
    values = p * np.log(p.where(p > 0, 1.0))
    grid, total = builder.grids["indicators"], builder.grids["weights"].ref("z_sum", name)
    heading = builder.say("heading.p_ln_p", indicator=term("indicators", name, builder.lang))

    def formula(code: Label) -> str:
        cell = grid.at(f"z_{name}", code)
        return f"IF({cell}>0,{cell}/{total}*LN({cell}/{total}),0)"

    return Field(f"h_{name}", values.to_dict(), "live", formula, "", heading)
