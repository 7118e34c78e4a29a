"""Planners' own constraints: what each asks for, its price, and what it adds to provinces' prices; live."""

from __future__ import annotations

from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.reports.words.catalogue import term
from capshare.reports.words.columns import MT, PRICE, SHARE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.matching import same, summed
from capshare.reports.workbook.workbook_data import WorkbookData

RULES, WEIGHTS = "rules", "rule_weights"
_RULE = (
    *("number", "name", "constraint", "sense", "share", "bound_mt"),
    *("price_yuan_per_t", "kept_mt", "missed_mt"),
)
_WEIGHT = ("number", "coefficient", "of_quotas", "rule_quota_mt", "rule_price")


def numbered(data: WorkbookData) -> dict[int, tuple[int, PlannerRule]]:
    """Number, from 1 → year and rule, of the years shown.

    Parameters
    ----------
    data : of the run
    """
    rules = data.used.constraints if data.used else {}
    pairs = [(year, rule) for year in data.years for rule in rules.get(year, ())]
    return dict(enumerate(pairs, start=1))


def reserve(builder: WorkbookBuilder) -> None:
    """Place the rules, and below them what each gives every province to count; nothing without rules.

    Parameters
    ----------
    builder : with the place of ``constraints``; takes those of ``rules`` and ``rule_weights``
    """
    data, found = builder.data, numbered(builder.data)
    if not found:
        return
    top = builder.grids["constraints"].bottom + 3
    grid = builder.grid(RULES, "constraints", tuple(found), (*data.year_names, *_RULE), top)
    rows = tuple((number, code) for number in found for code in data.codes)
    builder.grid(WEIGHTS, "constraints", rows, (*builder.identity, *_WEIGHT), grid.bottom + 3)


def rules_tables(builder: WorkbookBuilder) -> None:
    """Write both tables.

    Parameters
    ----------
    builder : with the places of ``constraints``, ``allocation`` and what :func:`reserve` placed
    """
    found = numbered(builder.data)
    if not found:
        return
    for name, fields in ((RULES, _rules(builder, found)), (WEIGHTS, _weights(builder, found))):
        grid = builder.grids[name]
        builder.subtitle(builder.book[grid.sheet], grid.top - 1, name)
        builder.write(name, fields)


def constraint_of(rule: PlannerRule) -> str:
    """Name of a rule's constraint in ``prices.csv``.

    Parameters
    ----------
    rule : at least or at most
    """
    return f"rule_{rule.sense.replace(' ', '_')}"


def coefficient(rule: PlannerRule, code: str) -> float:
    """What a tonne of a province's quota counts in a rule, less what it counts in the nation's share.

    Parameters
    ----------
    rule : with weights of some provinces and a share of all quotas
    code : of a province
    """
    return rule.weight.get(code, 0.0) - rule.share


def missed_mt(data: WorkbookData) -> dict[int, float]:
    """By how much each rule is missed, negative where there is room, Mt, by its number.

    Parameters
    ----------
    data : of the run; quotas in Mt CO2
    """
    missed = {}
    for number, (year, rule) in numbered(data).items():
        short = rule.bound_mt - _kept_mt(data, year, rule)
        missed[number] = short if rule.sense == "at least" else -short
    return missed


def _kept_mt(data: WorkbookData, year: int, rule: PlannerRule) -> float:
    quota = data.in_year(year)["quota_mt"]
    return sum(coefficient(rule, str(code)) * float(value) for code, value in quota.items())


def _price(data: WorkbookData, year: int, rule: PlannerRule) -> float:
    return float(data.prices["price_yuan_per_t"].get((year, constraint_of(rule), rule.name), 0.0))


def _rules(builder: WorkbookBuilder, found: dict[int, tuple[int, PlannerRule]]) -> list[Field]:
    data, grid, parts = builder.data, builder.grids[RULES], builder.grids[WEIGHTS]
    called = {n: term("constraints", constraint_of(rule), builder.lang) for n, (_, rule) in found.items()}

    def price(number: Label) -> str:
        # The planner's own name may have characters that SUMIFS reads as conditions.
        source = builder.grids["constraints"]
        mine = same(source, grid, number, ("year", "constraint", "name"))
        return f"SUMPRODUCT({mine}*{source.column('price_yuan_per_t')})"

    def missed(number: Label) -> str:
        short = f"{grid.at('bound_mt', number)}-{grid.at('kept_mt', number)}"
        return f"IF({grid.at('sense', number)}={builder.words('at least')},1,-1)*({short})"

    return [
        *([Field("year", {n: year for n, (year, _) in found.items()}, unit="")] if data.several else []),
        Field("number", {number: number for number in found}, unit=""),
        Field("name", {number: rule.name for number, (_, rule) in found.items()}),
        Field("constraint", dict(called)),
        Field("sense", {n: builder.word(rule.sense) for n, (_, rule) in found.items()}),
        Field(
            "share",
            {n: rule.share for n, (_, rule) in found.items()},
            unit=SHARE,
            heading=builder.say("heading.rule_share"),
        ),
        Field("bound_mt", {n: rule.bound_mt for n, (_, rule) in found.items()}, unit=MT),
        Field(
            "price_yuan_per_t",
            {n: _price(data, year, rule) for n, (year, rule) in found.items()},
            "live",
            price,
            PRICE,
        ),
        Field(
            "kept_mt",
            {n: _kept_mt(data, year, rule) for n, (year, rule) in found.items()},
            "live",
            lambda number: summed(parts, "rule_quota_mt", grid, number, ("number",)),
            MT,
        ),
        Field("missed_mt", dict(missed_mt(data)), "live", missed, MT),
    ]


def _weights(builder: WorkbookBuilder, found: dict[int, tuple[int, PlannerRule]]) -> list[Field]:
    data, grid, rules = builder.data, builder.grids[WEIGHTS], builder.grids[RULES]
    labels, names = grid.labels, builder.names()
    quota = data.provinces["quota_mt"]
    name = "name_zh" if builder.lang == "zh" else "name_en"
    own = {(n, code): coefficient(found[n][1], code) for n, code in labels}
    price = {n: _price(data, year, rule) for n, (year, rule) in found.items()}

    def counted(label: Label) -> str:
        return f"{grid.at('coefficient', label)}-{rules.find('share', grid.at('number', label), by='number')}"

    def part(label: Label) -> str:
        return f"{grid.at('of_quotas', label)}*{summed(builder.grids['allocation'], 'quota_mt', grid, label)}"

    def priced(label: Label) -> str:
        found_price = rules.find("price_yuan_per_t", grid.at("number", label), by="number")
        return f"{grid.at('of_quotas', label)}*{found_price}"

    return [
        *([Field("year", {label: found[label[0]][0] for label in labels}, unit="")] if data.several else []),
        Field("code", {label: label[1] for label in labels}),
        Field(name, {label: names[label[1]] for label in labels}),
        Field("number", {label: label[0] for label in labels}, unit=""),
        Field("coefficient", {(n, code): found[n][1].weight.get(code, 0.0) for n, code in labels}, unit=""),
        Field("of_quotas", dict(own), "live", counted, ""),
        Field(
            "rule_quota_mt",
            {(n, code): own[n, code] * float(quota[found[n][0], code]) for n, code in labels},
            "live",
            part,
            MT,
        ),
        Field(
            "rule_price", {(n, code): own[n, code] * price[n] for n, code in labels}, "live", priced, PRICE
        ),
    ]
