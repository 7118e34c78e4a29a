"""What each column of a result is called for people, in which unit, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

MT = "Mt CO2"
PRICE = "yuan/t CO2"
MONEY = "1e8 yuan"
SHARE = "share"
PERCENT = "%"
POINTS = "% points"
UNIT_INTERVAL = "0 to 1"
HUNDRED = "0 to 100"

# A share is stored as a fraction and shown as a percentage, in Excel and in Python alike.
_FORMATS = {
    MT: ("#,##0.0", ",.1f"),
    PRICE: ("#,##0.00", ",.2f"),
    MONEY: ("#,##0.00", ",.2f"),
    SHARE: ("0.0%", ".1%"),
    PERCENT: ("0.0", ".1f"),
    POINTS: ("0.00", ".2f"),
    UNIT_INTERVAL: ("0.000", ".3f"),
    HUNDRED: ("0.0", ".1f"),
}
_SUFFIXES = {
    "_yuan_per_t": PRICE,
    "_1e8yuan": MONEY,
    "_share": SHARE,
    "_points": POINTS,
    "_pct": PERCENT,
    "_mt": MT,
}


@dataclass(frozen=True)
class Column:
    """How a column is shown.

    Attributes
    ----------
    label : its heading, without the unit
    unit : its unit; empty for text and counts
    meaning : one sentence for a reader who has not seen the model; empty where the label says it
    """

    label: str
    unit: str = ""
    meaning: str = ""

    @property
    def heading(self) -> str:
        """The label with its unit."""
        unit = PERCENT if self.unit == SHARE else self.unit
        return f"{self.label}, {unit}" if unit else self.label


_COLUMNS = {
    "year": Column("Year"),
    "code": Column("Code", "", "GB/T 2260 code of the province"),
    "name_en": Column("Province"),
    "name_zh": Column("省份", "", "The province's name in Chinese"),
    "indicator": Column("Indicator", "", "Identifier given to it in the study file"),
    "principle": Column("Principle", "", "The idea of fairness that the indicator stands for"),
    "direction": Column("Direction", "", "Whether more of the indicator earns more quota, or less of it"),
    "entropy": Column("Entropy", UNIT_INTERVAL, "1 where all provinces are alike, less where they differ"),
    "weight": Column("Weight", UNIT_INTERVAL, "How much it counts in the score; weights add up to 1"),
    "group": Column("Group", "", "The block of provinces that shares one cap"),
    "score": Column("Score", UNIT_INTERVAL, "Weighted sum of the province's normalised indicators"),
    "entitlement_mt": Column("Entitlement", MT, "What the sharing rule alone gives, cost unseen"),
    "emissions_mt": Column("Emissions", MT, "Emissions before abatement"),
    "floor_mt": Column("Floor", MT, "The least quota the province is guaranteed"),
    "ceiling_mt": Column("Ceiling", MT, "The largest quota the province may get"),
    "quota_mt": Column("Quota", MT, "The right to emit that the allocation gives"),
    "quota_share": Column("Share of the cap", SHARE, "The quota's part of the national cap"),
    "balance_mt": Column("Balance", MT, "Quota less emissions; below zero is a deficit"),
    "balance_class": Column("Class", "", "Size class of the balance; thresholds in the study file"),
    "cause": Column("Cause", "", "High or low emissions crossed with high or low quota"),
    "intensity_cut_pct": Column("Intensity cut", PERCENT, "Cut of CO2 per GDP that the quota implies"),
    "abatement_mt": Column("Abatement", MT, "Emissions the province cuts itself in the cheapest solution"),
    "purchase_mt": Column("Purchase", MT, "Quota bought from other provinces"),
    "sale_mt": Column("Sale", MT, "Quota sold to other provinces"),
    "uncovered_mt": Column("Uncovered", MT, "Emissions without quota or abatement, paid for at the penalty"),
    "cost_1e8yuan": Column("Abatement cost", MONEY, "Cost of its own abatement, without penalties"),
    "penalty_1e8yuan": Column("Penalty", MONEY, "Charge on uncovered emissions: not a real cost"),
    "value_yuan_per_t": Column("Value of a tonne", PRICE, "What one more tonne of quota is worth to it"),
    "members": Column("Members", "", "Provinces of the group"),
    "cap_mt": Column("Cap", MT, "Emissions allowed in total"),
    "cap_share": Column("Share of the cap", SHARE, "The group's part of the national cap"),
    "price_yuan_per_t": Column("Price", PRICE, "What easing the constraint by one tonne would save"),
    "price_low_yuan_per_t": Column("Price of the next tonne", PRICE, "Saved by one tonne more of cap"),
    "price_high_yuan_per_t": Column("Price of the last tonne", PRICE, "Lost with one tonne less of cap"),
    "constraint": Column("Constraint", "", "The rule of the allocation that is priced"),
    "name": Column("Applies to", "", "The province or group the constraint is about"),
    "binding": Column("Binding", "", "Whether the constraint holds with equality"),
    "step": Column("Step", "", "Steps are used in order, the cheapest first"),
    "size_mt": Column("Size", MT, "Emissions that the step can cut"),
    "rank": Column("Rank", "", "1 is the highest"),
    "tier": Column("Tier", "", "High above 80, low below 50, middle between"),
    "published_quota_mt": Column("Published quota", MT, "Quota in the published table"),
    "published_balance_class": Column("Published class", "", "Class of the balance in the published table"),
    "published_group": Column("Published group", "", "Group in the published table"),
    "quota_share_error_points": Column("Share error", POINTS, "Share of this run less the published share"),
    "figure": Column("Figure"),
    "value": Column("Value"),
    "unit": Column("Unit"),
    "meaning": Column("Meaning"),
    "within": Column("Rule inside groups", "", "What the entitlement inside a group is proportional to"),
    "passed": Column("Passed"),
}
_IN_TABLE = {
    ("potential", "score"): Column(
        "Score", HUNDRED, "Ability to cut: 0 the least of these provinces, 100 the most"
    ),
    ("groups", "price_yuan_per_t"): Column("Price", PRICE, "What a tonne of this group's cap is worth"),
    ("groups", "cap_mt"): Column("Cap", MT, "Emissions allowed to the group"),
    ("abatement_steps", "cost_yuan_per_t"): Column("Cost", PRICE, "Cost of each tonne that the step cuts"),
}


def describe(table: str, column: str) -> Column:
    """How a column of a table is shown; an unknown one keeps its name, and its unit from its ending.

    Parameters
    ----------
    table : name of the table, for example ``provinces``
    column : name of the column, for example ``quota_mt``
    """
    known = _IN_TABLE.get((table, column)) or _COLUMNS.get(column)
    if known:
        return known
    if table == "normalised":
        return Column(column, UNIT_INTERVAL, "Min-max value of the indicator: 1 earns the most quota")
    for suffix, unit in _SUFFIXES.items():
        if column.endswith(suffix):
            return Column(column.removesuffix(suffix).replace("_", " ").capitalize(), unit)
    return Column(column.replace("_", " ").capitalize())


def number_format(unit: str, value: float) -> str:
    """The Excel number format of a value in a unit."""
    if unit in _FORMATS:
        return _FORMATS[unit][0]
    return "0" if float(value).is_integer() else "#,##0.000"


def readable(value: object, unit: str = "") -> str:
    """The value as text for people: rounded as its unit is usually read.

    Parameters
    ----------
    value : a number in ``unit``, text, or None where there is no feasible value
    unit : one of the units of :func:`describe`; others are shown with three decimals
    """
    if value is None:
        return "infeasible"
    if not hasattr(value, "__float__"):
        return str(value)
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    number = float(value)
    if unit in _FORMATS:
        return format(number, _FORMATS[unit][1])
    return f"{number:.0f}" if number.is_integer() else f"{number:,.3f}"
