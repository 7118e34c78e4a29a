"""Allocations side by side, by simple rules and as decided, and how unequal each is; live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.model.outcome.balance import BALANCED_MT
from capshare.model.outcome.fairness import gini
from capshare.reports.words.catalogue import slug
from capshare.reports.words.columns import MT, PERCENT
from capshare.reports.workbook.builder import HEADING_ROW, WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label, ToFormula
from capshare.reports.workbook.sheets.rule_formulas import (
    COLUMNS,
    HISTORY,
    LEVEL,
    history_level_formula,
    operands,
    rule_formula,
)
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
    names = [*builder.identity, *map(str, bases.columns), *columns]
    builder.grid("comparison", "comparison", rows, names, top)
    names = [
        "number",
        "rule",
        "total_mt",
        "gini_per_head",
        "gini_per_gdp",
        "largest_cut_pct",
        "winners",
        "losers",
    ]
    builder.grid("fairness", "comparison", rules, names)
    builder.write("fairness", _fairness(builder, quotas, bases), len(builder.identity))
    builder.subtitle(sheet, top - 1, "quotas_by_rule")
    identity = [
        Field(field.name, {row: field.values[row] for row in rows}, unit="")
        for field in builder.province_fields()
    ]
    linked = [_base(builder, str(name), values) for name, values in bases.items()]
    terms = [_terms(builder, quotas[rule], bases, base) for base in BASES for rule in rules]
    builder.write(
        "comparison", [*identity, *linked, *(_quota(builder, found, rule) for rule in rules), *terms]
    )
    # The terms of the Gini coefficients are workings: two columns for each rule.
    grid = builder.grids["comparison"]
    sheet.page.area = (grid.bottom, grid.place(rules[-1]))


def _base(builder: WorkbookBuilder, name: str, values: pd.Series) -> Field:
    """A column that rules read, from the sheet where it is made."""
    grids, by_growth = builder.grids, "constant_intensity_mt" in builder.grids["comparison"].names
    if name in BASES.values():
        inputs = grids["inputs"]
        return Field(name, values.to_dict(), "live", lambda row: inputs.peer(name, row[1]))
    if name in ("emissions_mt", "rule_score"):
        unit, source = MT if name == "emissions_mt" else "", grids["entitlements"]
        own = name.removeprefix("rule_")
        return Field(name, values.to_dict(), "live", lambda row: source.peer(own, row), unit)
    if name == COLUMNS["h"]:
        # Added up over years, and of some studies over fuels, that are not in the workbook.
        return Field(name, values.to_dict(), "solved", unit=MT)
    if name == LEVEL:
        return Field(name, values.to_dict(), "live", lambda row: _level(builder, row), "")
    if not by_growth:
        return Field(name, values.to_dict(), "live", lambda row: grids["inputs"].peer("gdp_1e8yuan", row[1]))
    column = {"rule_gdp_1e8yuan": "gdp_1e8yuan"}.get(name, name)
    return Field(name, values.to_dict(), "live", lambda row: grids["baseline"].peer(column, row))


def _level(builder: WorkbookBuilder, row: Label) -> str:
    return history_level_formula(operands(builder, slug(HISTORY), _own(builder, row), _cap(builder)))


def _cap(builder: WorkbookBuilder) -> str:
    return builder.grids["cap"].ref("divided_mt", builder.data.years[-1])


def _own(builder: WorkbookBuilder, row: Label) -> dict[str, str]:
    """The row's cells that rules read."""
    grid = builder.grids["comparison"]
    return {letter: grid.at(column, row) for letter, column in COLUMNS.items() if column in grid.names}


def _quota(builder: WorkbookBuilder, found: RuleQuotas, rule: str) -> Field:
    heading, values = builder.rule(rule), found.quotas[rule].to_dict()
    if rule in OWN:
        name = {"this_run": "allocation", "entitlement": "entitlements"}[rule]
        column = {"this_run": "quota_mt", "entitlement": "entitlement_mt"}[rule]
        return Field(rule, values, "live", lambda row: builder.grids[name].peer(column, row), MT, heading)
    if rule not in found.live:
        return Field(rule, values, "solved", unit=MT, heading=heading)

    def formula(row: Label) -> str:
        return rule_formula(rule, operands(builder, rule, _own(builder, row), _cap(builder)))

    return Field(rule, values, "live", formula, MT, heading)


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
    here, grid = builder.grids["fairness"], builder.grids["comparison"]
    burnt, percent = grid.span("emissions_mt"), builder.named("percent")
    balance = quotas.sub(emissions, axis=0)
    cut = (-100 * balance.div(emissions, axis=0)).max()

    def column(part: str, rule: Label) -> str:
        """The rule's column among neighbours of its kind."""
        first, last = (grid.span(f"{part}{end}") for end in (rules[0], rules[-1]))
        return f"INDEX({first.split(':')[0]}:{last.split(':')[1]},0,{here.at('number', rule)})"

    def total(base: str) -> dict[Label, object]:
        return {rule: gini(quotas[rule], bases[BASES[base]]) for rule in rules}

    def half(base: str) -> ToFormula:
        return lambda rule: f"SUM({column(f'{base}_', rule)})/{builder.named('two')}"

    def count(rule: Label, sign: str) -> str:
        return f"SUMPRODUCT(({sign}({column('', rule)}-{burnt})>={builder.named('even_mt')})*1)"

    return [
        Field("number", {rule: place for place, rule in enumerate(rules, start=1)}, unit=""),
        Field("rule", {rule: builder.rule(rule) for rule in rules}),
        Field("total_mt", quotas.sum().to_dict(), "live", lambda rule: f"SUM({column('', rule)})"),
        Field("gini_per_head", total("per_head"), "live", half("per_head"), ""),
        Field("gini_per_gdp", total("per_gdp"), "live", half("per_gdp"), ""),
        Field(
            "largest_cut_pct",
            cut.to_dict(),
            "live",
            lambda rule: f"SUMPRODUCT(MAX(1-{column('', rule)}/{burnt}))*{percent}",
            PERCENT,
        ),
        Field("winners", (balance >= BALANCED_MT).sum().to_dict(), "live", lambda rule: count(rule, ""), ""),
        Field("losers", (balance <= -BALANCED_MT).sum().to_dict(), "live", lambda rule: count(rule, "-"), ""),
    ]
