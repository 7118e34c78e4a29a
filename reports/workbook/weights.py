"""The weights of the indicators, from their entropy or by another method; all live."""

from __future__ import annotations

import math

import pandas as pd

from capshare.reports.catalogue import term
from capshare.reports.workbook.draft import Draft
from capshare.reports.workbook.facts import Facts
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.indicators import indicator_ids


def weights_sheet(draft: Draft) -> None:
    """One row per indicator: what it is, its entropy and its weight."""
    facts = draft.facts
    ids, table, grid = indicator_ids(facts), facts.result.weights, draft.grids["weights"]
    draft.open("weights")
    asked = {str(item["id"]): item for item in facts.setting("indicators", ())}
    fields = [
        Field("indicator", {name: name for name in ids}),
        Field("indicator_name", {name: term("indicators", name, draft.lang) for name in ids}),
        Field("expression", {name: str(asked.get(name, {}).get("expression", "")) for name in ids}),
        Field("principle", {name: draft.word(table.loc[name, "principle"]) for name in ids}),
        Field("direction", {name: draft.word(table.loc[name, "direction"]) for name in ids}),
    ]
    if "least" in grid.names:
        fields += _ends(draft, ids)
    draft.write("weights", [*fields, *_entropy_fields(draft, ids), *_weight_fields(draft, ids)], frozen=2)


def _ends(draft: Draft, ids: tuple[str, ...]) -> list[Field]:
    raw, values = draft.facts.found("indicators"), draft.grids["indicators"]
    return [
        Field(
            "least", {n: raw[n].min() for n in ids}, "live", lambda n: f"MIN({values.column(f'x_{n}')})", ""
        ),
        Field("most", {n: raw[n].max() for n in ids}, "live", lambda n: f"MAX({values.column(f'x_{n}')})", ""),
    ]


def _entropy_fields(draft: Draft, ids: tuple[str, ...]) -> list[Field]:
    z, values, grid = draft.facts.result.normalised, draft.grids["indicators"], draft.grids["weights"]
    entropy = draft.facts.result.weights["entropy"]

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


def _weight_fields(draft: Draft, ids: tuple[str, ...]) -> list[Field]:
    facts, grid = draft.facts, draft.grids["weights"]
    method = str(facts.setting("weights.method", "given"))
    given = facts.setting("weights.given", None)
    known = pd.Series(method_weights(facts, method, ids))
    weight = facts.result.weights["weight"]
    if method == "given" or not known.notna().all():
        known = weight.loc[list(ids)]
    basis = Field("method_weight", known.to_dict(), "live", lambda n: _method(draft, method, str(n)), "")
    if method == "given" and given is None:
        basis = Field("method_weight", known.to_dict(), "solved", unit="")
    if given is None:
        formula = lambda n: f"{grid.at('method_weight', n)}/SUM({grid.span('method_weight')})"  # noqa: E731
        return [basis, Field("weight", weight.to_dict(), "live", formula)]
    share = pd.Series(dict(given), dtype=float).loc[list(ids)]
    part = f"/SUM({grid.span('given_weight')})"
    if method == "given":
        basis = Field(
            "method_weight", (share / share.sum()).to_dict(), "live", lambda n: grid.at("given_weight", n) + part
        )
    mixed = Field("given_weight", share.to_dict(), "input", unit="")
    return [basis, mixed, Field("weight", weight.to_dict(), "live", lambda n: _mixed(draft, method, str(n)))]


def _mixed(draft: Draft, method: str, name: str) -> str:
    grid = draft.grids["weights"]
    if method == "given":
        return f"{grid.at('method_weight', name)}/SUM({grid.span('method_weight')})"
    roots = f"SQRT({grid.at('method_weight', name)}*{grid.at('given_weight', name)})"
    return f"{roots}/SUMPRODUCT(SQRT({grid.span('method_weight')}*{grid.span('given_weight')}))"


def method_weights(facts: Facts, method: str, ids: tuple[str, ...]) -> dict[str, float]:
    """What weights are in proportion to, before a given part is mixed in."""
    z = facts.result.normalised[list(ids)]
    if method == "entropy":
        return dict(1 - facts.result.weights["entropy"].loc[list(ids)])
    if method == "equal":
        return dict((z.max() > z.min()).astype(float))
    if method == "critic":
        varying = z.loc[:, z.max() > z.min()]
        return dict((varying.std() * (1 - varying.corr()).sum()).reindex(list(ids), fill_value=0.0))
    return dict.fromkeys(ids, math.nan)


def _method(draft: Draft, method: str, name: str) -> str:
    grid, values = draft.grids["weights"], draft.grids["indicators"]
    if method == "entropy":
        return f"1-{grid.at('entropy', name)}"
    column = values.column(f"z_{name}")
    if method == "equal":
        return f"IF(MAX({column})>MIN({column}),1,0)"
    others = [values.column(f"z_{other}") for other in indicator_ids(draft.facts)]
    conflict = "+".join(f"IFERROR(1-CORREL({column},{other}),0)" for other in others)
    return f"STDEV({column})*({conflict})"
