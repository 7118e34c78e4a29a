r"""Rules with a closed form: most give the cap in proportion to a weight of each province.

.. math:: x_i = Q\,\frac{w_i}{\sum_j w_j}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.further_assumptions import PARAMETERS
from capshare.reports.workbook.workbook_data import WorkbookData

# What weights are made of: letter → column of the comparison.
COLUMNS = {
    "e": "emissions_mt",
    "p": "population_1e4",
    "y": "rule_gdp_1e8yuan",
    "s": "rule_score",
    "b": "constant_intensity_mt",
    "h": "cumulative_emissions_mt",
}
# Column with what each person may have emitted, were the past of all up to this row's made good.
LEVEL = "history_level"
HISTORY = "historical-responsibility"
_SLUG = HISTORY.replace("-", "_")
# Weights that are one column, whose sum needs no product.
SIMPLE = {"grandfathering": "e", "per_capita": "p", "gdp": "y", "score": "s", "equal_cut": "b"}
OTHERS = (
    *("equal", "boltzmann", "capability", "score_cut", "contraction_convergence", "ability_to_pay"),
    "historical_responsibility",
)
Values = Mapping[str, pd.Series]


@dataclass(frozen=True)
class Operands:
    """Cells that a rule's formula reads.

    Attributes
    ----------
    own, every : letter of :data:`COLUMNS` → the row's cell, and the column
    cap : cell with Q
    parameter : cell with the rule's parameter, or ""
    two : cell with 2
    level : the column :data:`LEVEL`, or ""
    same : cell with the relative difference of totals that are one
    """

    own: Mapping[str, str]
    every: Mapping[str, str]
    cap: str
    parameter: str
    two: str
    level: str
    same: str


def parameter_name(rule: str) -> str:
    """Name of the cell with a rule's parameter; empty for a rule without one.

    Parameters
    ----------
    rule : "boltzmann"
    """
    own = PARAMETERS.get(rule.replace("_", "-"))
    return f"{rule}_{own}" if own else ""


def operands(builder: WorkbookBuilder, rule: str, own: Mapping[str, str], cap: str) -> Operands:
    """What the formula of a rule reads in a row.

    Parameters
    ----------
    builder : with the places of ``assumptions`` and ``comparison``
    rule : one with a closed form
    own : letter → the row's cell
    cap : cell with the cap
    """
    grid, name = builder.grids["comparison"], parameter_name(rule)
    every = {letter: grid.span(column) for letter, column in COLUMNS.items() if letter in own}
    parameter = builder.named(name) if name else ""
    same = builder.named("same_total") if rule == "ability_to_pay" else ""
    level = grid.span(LEVEL) if rule == _SLUG else ""
    return Operands(own, every, cap, parameter, builder.named("two"), level, same)


def rule_formula(rule: str, cells: Operands) -> str:
    """Quota of a province by a rule.

    Parameters
    ----------
    rule : one of :data:`SIMPLE` or :data:`OTHERS`
    cells : of the province's row
    """
    if rule in SIMPLE:
        letter = SIMPLE[rule]
        return f"{cells.cap}*{cells.own[letter]}/SUM({cells.every[letter]})"
    if rule == "equal":
        return f"{cells.cap}/ROWS({cells.every['p']})"
    if rule == "contraction_convergence":
        e, p = (f"{cells.own[letter]}/SUM({cells.every[letter]})" for letter in "ep")
        return f"{cells.cap}*((1-{cells.parameter})*{e}+{cells.parameter}*{p})"
    if rule == _SLUG:
        return f"MAX(0,MIN({cells.level})*{cells.own['p']}-{cells.own['h']})/{cells.parameter}"
    weight = _WEIGHTS[rule]
    part = f"{weight(cells, cells.own)}/SUMPRODUCT({weight(cells, cells.every)})"
    if rule != "ability_to_pay":
        return f"{cells.cap}*{part}"
    emissions, total = cells.own["e"], f"SUM({cells.every['e']})"
    # Nobody cuts more than it emits.
    cut = f"MAX(0,{emissions}-({total}-{cells.cap})*{part})"
    return f"IF({cells.cap}>={total}*(1-{cells.same}),{cells.cap}*{emissions}/{total},{cut})"


def history_level_formula(cells: Operands) -> str:
    r"""What each person may have emitted by the end, were only those with less of a past to get a quota.

    .. math:: A_i = \frac{TQ + \sum_{j: r_j\le r_i} H_j}{\sum_{j: r_j\le r_i} P_j},\qquad r_i = H_i/P_i,
        \qquad A = \min_i A_i

    Parameters
    ----------
    cells : of the province's row, the rule historical responsibility
    """
    own, every = ((x["h"], x["p"]) for x in (cells.own, cells.every))
    less = f"({every[0]}/{every[1]}<={own[0]}/{own[1]})"
    past, people = (f"SUMPRODUCT({less}*{column})" for column in every)
    return f"({cells.parameter}*{cells.cap}+{past})/{people}"


def history_level(past_mt: pd.Series, population_1e4: pd.Series, years: float, cap_mt: float) -> pd.Series:
    """The same of a run's numbers, Mt per 1e4 persons.

    Parameters
    ----------
    past_mt : H, index of the provinces, Mt CO2
    population_1e4 : P, 1e4 persons
    years : T
    cap_mt : Q, Mt CO2
    """
    order = (past_mt / population_1e4).sort_values().index
    level = (years * cap_mt + past_mt[order].cumsum()) / population_1e4[order].cumsum()
    return level.reindex(past_mt.index)


def _boltzmann(cells: Operands, x: Mapping[str, str]) -> str:
    mean = f"SUM({cells.every['p']})/SUM({cells.every['e']})"
    return f"{x['p']}*EXP(-{cells.parameter}*{x['e']}/{x['p']}*{mean})"


def _capability(cells: Operands, x: Mapping[str, str]) -> str:
    return f"{x['p']}*({x['y']}/{x['p']})^(-{cells.parameter})"


def _ability_to_pay(cells: Operands, x: Mapping[str, str]) -> str:
    return f"{x['e']}*({x['y']}/{x['p']})^{cells.parameter}"


def _score_cut(cells: Operands, x: Mapping[str, str]) -> str:
    scores, spread = cells.every["s"], cells.parameter
    left = f"MIN(1,{cells.cap}/SUM({cells.every['e']}))"
    above = f"(MAX({scores})-{x['s']})/(MAX({scores})-MIN({scores}))"
    return f"{x['e']}*{left}^(1-{spread}/{cells.two}+{spread}*{above})"


_WEIGHTS: Mapping[str, Callable[[Operands, Mapping[str, str]], str]] = {
    "boltzmann": _boltzmann,
    "capability": _capability,
    "score_cut": _score_cut,
    "ability_to_pay": _ability_to_pay,
}


def closed_form(data: WorkbookData, rule: str, x: Values, cap_mt: float) -> pd.Series | None:
    """Quotas by the closed form, Mt CO2, by which a rule of the run is known to follow it; None without one.

    Parameters
    ----------
    data : of the run; parameters of its rules
    rule : as the comparison calls it, "per_capita"
    x : letter of :data:`COLUMNS` → values, index (year, code)
    cap_mt : Q, Mt CO2
    """
    known = PARAMETERS.get(rule.replace("_", "-"))
    key = f"rules.{rule.replace('_', '-')}.{known}"
    if known and data.setting(key, None) is None:
        return None
    parameter = float(data.setting(key, 0.0)) if known else 0.0
    if rule in SIMPLE and SIMPLE[rule] in x:
        return _shared(x[SIMPLE[rule]], cap_mt)
    if rule == "equal":
        return _shared(x["p"] ** 0, cap_mt)
    if rule == "contraction_convergence":
        return _shared(x["e"], (1 - parameter) * cap_mt) + _shared(x["p"], parameter * cap_mt)
    if rule == _SLUG and "h" in x:
        level = history_level(x["h"], x["p"], parameter, cap_mt).min()
        made: pd.Series = (level * x["p"] - x["h"]).clip(lower=0.0) / parameter
        return made
    if rule == "boltzmann":
        return _shared(x["p"] * np.exp(-parameter * x["e"] / x["p"] * x["p"].sum() / x["e"].sum()), cap_mt)
    if rule == "capability":
        return _shared(x["p"] * (x["y"] / x["p"]) ** -parameter, cap_mt)
    if rule == "score_cut" and x["s"].max() > x["s"].min():
        above = (x["s"].max() - x["s"]) / (x["s"].max() - x["s"].min())
        left = min(1.0, cap_mt / float(x["e"].sum()))
        return _shared(x["e"] * left ** (1 - parameter / 2 + parameter * above), cap_mt)
    if rule == "ability_to_pay":
        cut = _shared(x["e"] * (x["y"] / x["p"]) ** parameter, float(x["e"].sum()) - cap_mt)
        return x["e"] - cut if cap_mt < float(x["e"].sum()) else _shared(x["e"], cap_mt)
    return None


def _shared(weight: pd.Series, cap_mt: float) -> pd.Series:
    return cap_mt * weight / weight.sum()
