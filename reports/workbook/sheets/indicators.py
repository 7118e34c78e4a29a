"""Indicators from the inputs, rescaled, and their weights; all live."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from capshare.model.outcome.inputs_used import InputsUsed
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import UNIT_INTERVAL
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.expressions import formula_of
from capshare.reports.workbook.facts import Facts
from capshare.reports.workbook.grid import Field, Label


def indicator_ids(facts: Facts) -> tuple[str, ...]:
    """Indicators that have both a weight and values."""
    weights = facts.outcome.weights
    return tuple(str(name) for name in weights.table.index if name in weights.normalised)


def expressions(facts: Facts) -> Mapping[str, str]:
    """Indicator → expression; empty where the run does not keep its inputs."""
    return {} if facts.used is None else facts.used.expressions


def reserve(draft: Draft) -> None:
    """Place the tables of indicators and weights, which refer to each other."""
    facts = draft.facts
    ids = indicator_ids(facts)
    parts = ("x", "z", "h") if facts.used is not None else ("z", "h")
    identity = tuple(field.name for field in draft.code_fields(facts.codes))
    columns = tuple(f"{part}_{name}" for part in parts for name in ids)
    draft.grid("indicators", "indicators", facts.codes, identity + columns)
    raw = ("least", "most") if "x" in parts else ()
    given = ("given_weight",) if facts.setting("weights.given", None) is not None else ()
    draft.grid(
        "weights",
        "weights",
        ids,
        (
            *("indicator", "indicator_name", "expression", "principle", "direction"),
            *raw,
            *("z_sum", "entropy", "method_weight"),
            *given,
            "weight",
        ),
    )


def indicators_sheet(draft: Draft) -> None:
    """Raw values, min-max values and p ln p, one block of columns each."""
    facts = draft.facts
    draft.open("indicators")
    fields = draft.code_fields(facts.codes)
    ids, used = indicator_ids(facts), facts.used
    if used is not None:
        fields += [_raw(draft, name, used) for name in ids]
    fields += [make(draft, name) for make in (_rescaled, _p_ln_p) for name in ids]
    draft.write("indicators", fields, frozen=2)


def _raw(draft: Draft, name: str, used: InputsUsed) -> Field:
    values = used.indicators[name].to_dict()
    heading, inputs = term("indicators", name, draft.lang), draft.grids["inputs"]
    expression = expressions(draft.facts).get(name)
    if expression is None:
        return Field(f"x_{name}", values, "input", unit="", heading=heading)

    def formula(code: Label) -> str:
        return formula_of(expression, lambda column: inputs.ref(column, code))

    return Field(f"x_{name}", values, "live", formula, "", heading, expression)


def _rescaled(draft: Draft, name: str) -> Field:
    values = draft.facts.outcome.weights.normalised[name].to_dict()
    grid, weights = draft.grids["indicators"], draft.grids["weights"]
    heading = draft.say("heading.min_max", indicator=term("indicators", name, draft.lang))
    if f"x_{name}" not in grid.names:
        return Field(f"z_{name}", values, "solved", unit=UNIT_INTERVAL, heading=heading)
    least, most = weights.ref("least", name), weights.ref("most", name)
    less = draft.facts.outcome.weights.table.loc[name, "direction"] == "less"

    def formula(code: Label) -> str:
        part = f"({grid.at(f'x_{name}', code)}-{least})/({most}-{least})"
        return f"IF({most}>{least},{'1-' if less else ''}{part},0)"

    return Field(f"z_{name}", values, "live", formula, UNIT_INTERVAL, heading)


def _p_ln_p(draft: Draft, name: str) -> Field:
    z = draft.facts.outcome.weights.normalised[name]
    p = z / z.sum() if z.sum() > 0 else z
    values = p * np.log(p.where(p > 0, 1.0))
    grid, total = draft.grids["indicators"], draft.grids["weights"].ref("z_sum", name)
    heading = draft.say("heading.p_ln_p", indicator=term("indicators", name, draft.lang))

    def formula(code: Label) -> str:
        cell = grid.at(f"z_{name}", code)
        return f"IF({cell}>0,{cell}/{total}*LN({cell}/{total}),0)"

    return Field(f"h_{name}", values.to_dict(), "live", formula, "", heading)
