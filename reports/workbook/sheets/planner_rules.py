"""Planners' own constraints: what each asks of the quotas, and whether it is kept; live."""

from __future__ import annotations

from capshare.model.allocation.checks import FEASIBLE_MT
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.reports.words.columns import MT, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.check import Check
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.workbook_data import WorkbookData

_RULE = ("number", "name", "sense", "sense_sign", "share_of_all", "bound_mt", "weighted_mt", "total_mt")
_TERM = ("number", "name", "coefficient", "quota_mt", "weighted_mt")


def planner_rules(data: WorkbookData) -> dict[tuple[int, int], PlannerRule]:
    """(year, number over all years) → constraint; none where the study states none.

    Parameters
    ----------
    data : of the run
    """
    stated = data.used.constraints if data.used else {}
    every = [(year, rule) for year in data.years for rule in stated.get(year, ())]
    return {(year, number): rule for number, (year, rule) in enumerate(every, start=1)}


def planner_rules_sheet(builder: WorkbookBuilder) -> None:
    """One row per constraint; below, one per constraint and province with its coefficient.

    Parameters
    ----------
    builder : with the place of ``allocation``; takes those of ``planner_rules`` and ``planner_terms``. Of a
        study without such constraints nothing is written
    """
    rules = planner_rules(builder.data)
    if not rules:
        return
    years = builder.data.year_names
    labels = tuple(rules)
    terms = tuple((*label, code) for label, rule in rules.items() for code in rule.weight)
    sheet = builder.open("rules")
    grid = builder.grid("planner_rules", "rules", labels, (*years, *_RULE, "kept_mt", "missed_mt"))
    top = grid.bottom + 4
    called = "name_zh" if builder.lang == "zh" else "name_en"
    builder.grid("planner_terms", "rules", terms, (*years, "code", called, *_TERM), top)
    builder.write("planner_rules", _of_rules(builder, rules), frozen=2 + len(years))
    builder.subtitle(sheet, top - 1, "planner_terms")
    builder.write("planner_terms", _of_terms(builder, rules, terms, called))


def _of_rules(builder: WorkbookBuilder, rules: dict[tuple[int, int], PlannerRule]) -> list[Field]:
    grid, terms = builder.grids["planner_rules"], builder.grids["planner_terms"]
    allocation, several = builder.grids["allocation"], builder.data.several
    named = {label: _named_mt(builder, *item) for label, item in zip(rules, rules.items(), strict=True)}
    total = {label: float(builder.data.in_year(label[0])["quota_mt"].sum()) for label in rules}
    kept = {label: named[label] - rule.share * total[label] for label, rule in rules.items()}
    signs = {label: 1 if rule.sense == "at least" else -1 for label, rule in rules.items()}
    missed = {label: max(0.0, signs[label] * (rule.bound_mt - kept[label])) for label, rule in rules.items()}

    def of_all(row: Label) -> str:
        return (
            allocation.sum_where("quota_mt", year=grid.at("year", row))
            if several
            else f"SUM({allocation.column('quota_mt')})"
        )

    def left(row: Label) -> str:
        return f"{grid.at('weighted_mt', row)}-{grid.at('share_of_all', row)}*{grid.at('total_mt', row)}"

    def short(row: Label) -> str:
        apart = f"({grid.at('bound_mt', row)}-{grid.at('kept_mt', row)})"
        return f"MAX(0,{grid.at('sense_sign', row)}*{apart})"

    return [
        *builder.year_fields(list(rules)),
        Field("number", {label: label[1] for label in rules}, unit=""),
        Field("name", {label: rule.name for label, rule in rules.items()}),
        Field("sense", {label: builder.word(rule.sense) for label, rule in rules.items()}),
        Field("sense_sign", signs, unit=""),
        Field("share_of_all", {label: rule.share for label, rule in rules.items()}, unit=SHARE),
        Field("bound_mt", {label: rule.bound_mt for label, rule in rules.items()}, unit=MT),
        Field(
            "weighted_mt", named, "live",
            lambda row: terms.sum_where("weighted_mt", number=grid.at("number", row)), MT,
        ),
        Field("total_mt", total, "live", of_all, MT),
        Field("kept_mt", kept, "live", left, MT),
        Field("missed_mt", missed, "live", short, MT),
    ]  # fmt: skip


def _named_mt(builder: WorkbookBuilder, label: tuple[int, int], rule: PlannerRule) -> float:
    quota = builder.data.in_year(label[0])["quota_mt"]
    return sum(weight * float(quota[code]) for code, weight in rule.weight.items())


def _of_terms(
    builder: WorkbookBuilder,
    rules: dict[tuple[int, int], PlannerRule],
    terms: tuple[tuple[int, int, str], ...],
    called: str,
) -> list[Field]:
    grid, allocation, names = builder.grids["planner_terms"], builder.grids["allocation"], builder.names()
    weight = {term: rules[term[:2]].weight[term[2]] for term in terms}
    quota = {term: float(builder.data.provinces.loc[(term[0], term[2]), "quota_mt"]) for term in terms}

    def found(row: Label) -> str:
        keys = {name: grid.at(name, row) for name in (*builder.data.year_names, "code")}
        return allocation.sum_where("quota_mt", **keys)

    return [
        *builder.year_fields(terms),
        Field("code", {term: term[2] for term in terms}),
        Field(called, {term: names[term[2]] for term in terms}),
        Field("number", {term: term[1] for term in terms}, unit=""),
        Field("name", {term: rules[term[:2]].name for term in terms}),
        Field("coefficient", weight, unit=""),
        Field("quota_mt", quota, "live", found),
        Field(
            "weighted_mt",
            {term: weight[term] * quota[term] for term in terms},
            "live",
            lambda row: f"{grid.at('coefficient', row)}*{grid.at('quota_mt', row)}",
            MT,
        ),
    ]


def planner_rule_checks(builder: WorkbookBuilder) -> dict[str, Check]:
    """By how much the constraint that is missed most is missed; none where there are none.

    Parameters
    ----------
    builder : with the place of ``planner_rules``
    """
    rules = planner_rules(builder.data)
    if not rules:
        return {}
    missed = builder.grids["planner_rules"].column("missed_mt")
    worst = 0.0
    for (year, number), rule in rules.items():
        total = float(builder.data.in_year(year)["quota_mt"].sum())
        kept = _named_mt(builder, (year, number), rule) - rule.share * total
        short = rule.bound_mt - kept if rule.sense == "at least" else kept - rule.bound_mt
        worst = max(worst, short)
    return {"rules_missed_mt": Check(f"MAX({missed})", worst, FEASIBLE_MT)}
