"""Whether planners' own rules are kept, as formulas on the quotas."""

from __future__ import annotations

from capshare.model.allocation.checks import FEASIBLE_MT
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.check import Check


def rule_checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """By how much the rule that is missed most is missed; none where there are no rules.

    Parameters
    ----------
    builder : with the place of ``allocation``
    """
    rules = builder.data.used.constraints if builder.data.used else {}
    pairs = [(rule, year) for year in builder.data.years for rule in rules.get(year, ())]
    if not pairs:
        return {}
    formulas = [_missed(builder, rule, year) for rule, year in pairs]
    figure = max(0.0, *(_missed_mt(builder, rule, year) for rule, year in pairs))
    return {"rules_missed_mt": Check(f"MAX(0,{','.join(formulas)})", figure, FEASIBLE_MT)}


def _missed(builder: WorkbookBuilder, rule: PlannerRule, year: int) -> str:
    grid = builder.grids["allocation"]
    terms = [f"{weight!r}*{grid.ref('quota_mt', (year, code))}" for code, weight in rule.weight.items()]
    total = f"SUM({grid.column('quota_mt', builder.data.of_year(year))})"
    kept = f"({'+'.join(terms)}-{rule.share!r}*{total})"
    return f"{rule.bound_mt!r}-{kept}" if rule.sense == "at least" else f"{kept}-{rule.bound_mt!r}"


def _missed_mt(builder: WorkbookBuilder, rule: PlannerRule, year: int) -> float:
    quota = builder.data.in_year(year)["quota_mt"]
    named = sum(weight * float(quota[code]) for code, weight in rule.weight.items())
    kept = named - rule.share * float(quota.sum())
    return rule.bound_mt - kept if rule.sense == "at least" else kept - rule.bound_mt
