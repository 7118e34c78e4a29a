"""Allocations side by side, by simple rules and as decided, and how unequal each is; live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.balance import BALANCED_MT
from capshare.model.fairness import gini
from capshare.reports.columns import MT, PERCENT
from capshare.reports.workbook.draft import HEADING_ROW, Draft
from capshare.reports.workbook.facts import MOST_ROWS, Facts
from capshare.reports.workbook.grid import Field, Label, ToFormula

_BASES = {"per_head": "population_1e4", "per_gdp": "gdp_1e8yuan"}
_SIMPLE = {"grandfathering": "emissions_mt", "per_capita": "population_1e4", "gdp": "gdp_1e8yuan"}
_SHARES = {**_SIMPLE, "entropy_composite": "score"}


def compared(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Quotas of the last year by rule, and what they are compared by.

    Returns
    -------
    two frames, index (year, code): one column per rule, Mt; emissions, population, GDP and score. None
    where the run does not carry population and GDP, or has too many provinces to compare each with each
    """
    year = facts.years[-1]
    rows = facts.of_year(year)
    inputs = facts.inputs
    if not set(_BASES.values()) <= set(inputs.columns) or len(rows) > MOST_ROWS:
        return None
    p = facts.provinces.loc[rows]
    codes = [code for _, code in rows]
    bases = pd.DataFrame(
        {name: inputs[name].loc[codes].to_numpy() for name in _BASES.values()}, index=p.index
    )
    bases = bases.assign(emissions_mt=p["emissions_mt"], score=p["score"])
    cap = float(facts.total_mt[year])
    quotas = pd.DataFrame({"this_run": p["quota_mt"], "entitlement": p["entitlement_mt"]})
    for rule, base in _SHARES.items():
        quotas[rule] = cap * bases[base] / bases[base].sum()
    return quotas.assign(**_others(facts, year, codes)), bases


def _others(facts: Facts, year: int, codes: list[str]) -> dict[str, np.ndarray]:
    """Quotas by the rules of the result's comparison that are no simple proportion."""
    frame = facts.found("comparison")
    if frame is None:
        return {}
    quota = frame["quota_mt"]
    if "year" in quota.index.names:
        quota = quota.xs(year, level="year")
    wide = quota.unstack("rule")
    return {str(rule): wide[rule].loc[codes].to_numpy() for rule in wide if str(rule) not in _SHARES}


def comparison_sheet(draft: Draft) -> None:
    """Fairness by rule on top, then quotas by rule and the terms of the Gini coefficients."""
    found = compared(draft.facts)
    sheet = draft.open("comparison")
    if found is None:
        draft.say_here(sheet, HEADING_ROW, "no_comparison")
        return
    quotas, bases = found
    rules, rows = tuple(map(str, quotas.columns)), tuple(quotas.index)
    top = HEADING_ROW + len(rules) + 4
    columns = [f"{part}{rule}" for part in ("", "per_head_", "per_gdp_") for rule in rules]
    draft.grid("comparison", "comparison", rows, [*draft.identity, *_BASES.values(), *columns], top)
    names = ("rule", "total_mt", "gini_per_head", "gini_per_gdp", "largest_cut_pct", "winners", "losers")
    draft.grid("fairness", "comparison", rules, names)
    draft.write("fairness", _fairness(draft, quotas, bases), 1)
    draft.subtitle(sheet, top - 1, "quotas_by_rule")
    identity = [
        Field(field.name, {row: field.values[row] for row in rows}, unit="")
        for field in draft.province_fields()
    ]
    linked = [_base(draft, name, bases[name]) for name in _BASES.values()]
    terms = [_terms(draft, quotas[rule], bases, base) for base in _BASES for rule in rules]
    draft.write("comparison", [*identity, *linked, *(_quota(draft, quotas, r) for r in rules), *terms])


def _base(draft: Draft, name: str, values: pd.Series) -> Field:
    inputs = draft.grids["inputs"]
    return Field(name, values.to_dict(), "live", lambda row: inputs.ref(name, row[1]), "")


def _quota(draft: Draft, quotas: pd.DataFrame, rule: str) -> Field:
    year = draft.facts.years[-1]
    heading = draft.rule(rule)
    values, cap = quotas[rule].to_dict(), draft.grids["cap"].ref("divided_mt", year)
    source = {"this_run": ("allocation", "quota_mt"), "entitlement": ("entitlements", "entitlement_mt")}.get(
        rule
    )
    if source is not None:
        grid = draft.grids[source[0]]
        return Field(rule, values, "live", lambda row: grid.ref(source[1], row), MT, heading)
    if rule not in _SHARES:
        return Field(rule, values, "solved", unit=MT, heading=heading)
    base = _SHARES[rule]
    if base in ("emissions_mt", "score"):
        source_grid, rows = draft.grids["entitlements"], draft.facts.of_year(year)

        def by_row(row: Label) -> str:
            return f"{cap}*{source_grid.ref(base, row)}/SUM({source_grid.column(base, rows)})"

        return Field(rule, values, "live", by_row, MT, heading)
    here = draft.grids["comparison"]
    return Field(
        rule, values, "live", lambda row: f"{cap}*{here.at(base, row)}/SUM({here.span(base)})", MT, heading
    )


def _terms(draft: Draft, quota: pd.Series, bases: pd.DataFrame, base: str) -> Field:
    """Sum over all other provinces of how far the two shares are apart."""
    grid, rule = draft.grids["comparison"], str(quota.name)
    q, p = quota / quota.sum(), bases[_BASES[base]] / bases[_BASES[base]].sum()
    values = np.abs(np.outer(p, q) - np.outer(q, p)).sum(axis=1)
    heading = draft.say(f"heading.gini_{base}", rule=draft.rule(rule))

    def formula(row: Label) -> str:
        every, mine = grid.span(rule), grid.at(rule, row)
        weights, weight = grid.span(_BASES[base]), grid.at(_BASES[base], row)
        apart = f"SUMPRODUCT(ABS({weight}*{every}-{mine}*{weights}))"
        return f"{apart}/SUM({every})/SUM({weights})"

    return Field(f"{base}_{rule}", dict(zip(quota.index, values, strict=True)), "live", formula, "", heading)


def _fairness(draft: Draft, quotas: pd.DataFrame, bases: pd.DataFrame) -> list[Field]:
    rules, emissions = tuple(map(str, quotas.columns)), bases["emissions_mt"]
    grid, source = draft.grids["comparison"], draft.grids["entitlements"]
    burnt = source.column("emissions_mt", draft.facts.of_year(draft.facts.years[-1]))
    balance = quotas.sub(emissions, axis=0)
    cut = (-100 * balance.div(emissions, axis=0)).max()

    def total(base: str) -> dict[Label, object]:
        return {rule: gini(quotas[rule], bases[_BASES[base]]) for rule in rules}

    def half(base: str) -> ToFormula:
        return lambda rule: f"SUM({grid.span(f'{base}_{rule}')})/2"

    def count(rule: Label, sign: str) -> str:
        return f"SUMPRODUCT(({sign}({grid.span(str(rule))}-{burnt})>={BALANCED_MT!r})*1)"

    return [
        Field("rule", {rule: draft.rule(rule) for rule in rules}),
        Field("total_mt", quotas.sum().to_dict(), "live", lambda rule: f"SUM({grid.span(str(rule))})"),
        Field("gini_per_head", total("per_head"), "live", half("per_head"), ""),
        Field("gini_per_gdp", total("per_gdp"), "live", half("per_gdp"), ""),
        Field(
            "largest_cut_pct",
            cut.to_dict(),
            "live",
            lambda rule: f"SUMPRODUCT(MAX(1-{grid.span(str(rule))}/{burnt}))*100",
            PERCENT,
        ),
        Field("winners", (balance >= BALANCED_MT).sum().to_dict(), "live", lambda rule: count(rule, ""), ""),
        Field("losers", (balance <= -BALANCED_MT).sum().to_dict(), "live", lambda rule: count(rule, "-"), ""),
    ]
