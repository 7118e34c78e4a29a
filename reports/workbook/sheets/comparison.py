"""Allocations side by side, by simple rules and as decided, and how unequal each is; live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT
from capshare.model.outcome.fairness import gini
from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.sheets.rule_quotas import BASES, OWN, RuleQuotas, rule_quotas


def comparison_sheet(builder: WorkbookBuilder) -> None:
    """Fairness by rule on top, then quotas by rule and the terms of the Gini coefficients.

    Parameters
    ----------
    builder : with the places of ``allocation``, ``cap``, ``entitlements`` and ``inputs``
    """
    found = rule_quotas(builder.data)
    sheet = builder.open("comparison")
    if found is None:
        builder.say_here(sheet, HEADING_ROW, "no_comparison")
        return
    quotas, bases = found.quotas, found.bases
    rules, rows = tuple(map(str, quotas.columns)), tuple(quotas.index)
    top = HEADING_ROW + len(rules) + 4
    columns = [f"{part}{rule}" for part in ("", "per_head_", "per_gdp_") for rule in rules]
    builder.grid("comparison", "comparison", rows, [*builder.identity, *BASES.values(), *columns], top)
    names = ("rule", "total_mt", "gini_per_head", "gini_per_gdp", "largest_cut_pct", "winners", "losers")
    builder.grid("fairness", "comparison", rules, names)
    builder.write("fairness", _fairness(builder, quotas, bases), 1)
    builder.subtitle(sheet, top - 1, "quotas_by_rule")
    identity = [
        Field(field.name, {row: field.values[row] for row in rows}, unit="")
        for field in builder.province_fields()
    ]
    linked = [_base(builder, name, bases[name]) for name in BASES.values()]
    terms = [_terms(builder, quotas[rule], bases, base) for base in BASES for rule in rules]
    builder.write(
        "comparison", [*identity, *linked, *(_quota(builder, found, rule) for rule in rules), *terms]
    )


def _base(builder: WorkbookBuilder, name: str, values: pd.Series) -> Field:
    inputs = builder.grids["inputs"]
    return Field(name, values.to_dict(), "live", lambda row: inputs.ref(name, row[1]), "")


def _quota(builder: WorkbookBuilder, found: RuleQuotas, rule: str) -> Field:
    heading, values = builder.rule(rule), found.quotas[rule].to_dict()
    if rule in OWN:
        name = {"this_run": "allocation", "entitlement": "entitlements"}[rule]
        column = {"this_run": "quota_mt", "entitlement": "entitlement_mt"}[rule]
        return Field(rule, values, "live", lambda row: builder.grids[name].ref(column, row), MT, heading)
    if rule not in found.share_of:
        return Field(rule, values, "solved", unit=MT, heading=heading)
    base, year = found.share_of[rule], builder.data.years[-1]
    cap = builder.grids["cap"].ref("divided_mt", year)
    if base in BASES.values():
        here = builder.grids["comparison"]

        def by_base(row: Label) -> str:
            return f"{cap}*{here.at(base, row)}/SUM({here.span(base)})"

        return Field(rule, values, "live", by_base, MT, heading)
    source, rows = builder.grids["entitlements"], builder.data.of_year(year)

    def by_row(row: Label) -> str:
        return f"{cap}*{source.ref(base, row)}/SUM({source.column(base, rows)})"

    return Field(rule, values, "live", by_row, MT, heading)


def _terms(builder: WorkbookBuilder, quota: pd.Series, bases: pd.DataFrame, base: str) -> Field:
    """Sum over all other provinces of how far the two shares are apart."""
    grid, rule = builder.grids["comparison"], str(quota.name)
    q, p = quota / quota.sum(), bases[BASES[base]] / bases[BASES[base]].sum()
    values = np.abs(np.outer(p, q) - np.outer(q, p)).sum(axis=1)
    heading = builder.say(f"heading.gini_{base}", rule=builder.rule(rule))

    def formula(row: Label) -> str:
        every, mine = grid.span(rule), grid.at(rule, row)
        weights, weight = grid.span(BASES[base]), grid.at(BASES[base], row)
        apart = f"SUMPRODUCT(ABS({weight}*{every}-{mine}*{weights}))"
        return f"{apart}/SUM({every})/SUM({weights})"

    return Field(f"{base}_{rule}", dict(zip(quota.index, values, strict=True)), "live", formula, "", heading)


def _fairness(builder: WorkbookBuilder, quotas: pd.DataFrame, bases: pd.DataFrame) -> list[Field]:
    rules, emissions = tuple(map(str, quotas.columns)), bases["emissions_mt"]
    grid, source = builder.grids["comparison"], builder.grids["entitlements"]
    burnt = source.column("emissions_mt", builder.data.of_year(builder.data.years[-1]))
    balance = quotas.sub(emissions, axis=0)
    cut = (-100 * balance.div(emissions, axis=0)).max()

    def total(base: str) -> dict[Label, object]:
        return {rule: gini(quotas[rule], bases[BASES[base]]) for rule in rules}

    def half(base: str) -> ToFormula:
        return lambda rule: f"SUM({grid.span(f'{base}_{rule}')})/2"

    def count(rule: Label, sign: str) -> str:
        return f"SUMPRODUCT(({sign}({grid.span(str(rule))}-{burnt})>={BALANCED_MT!r})*1)"

    return [
        Field("rule", {rule: builder.rule(rule) for rule in rules}),
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
