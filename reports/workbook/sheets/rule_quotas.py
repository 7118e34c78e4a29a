"""Quotas of the last year by rule: which are a simple proportion, and which the run found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.reports.words.catalogue import slug
from capshare.reports.workbook.growth import has_growth
from capshare.reports.workbook.kept import kept
from capshare.reports.workbook.sheets.base_gdp import base_gdp
from capshare.reports.workbook.sheets.rule_formulas import COLUMNS, HISTORY, LEVEL, closed_form, history_level
from capshare.reports.workbook.workbook_data import MOST_ROWS, WorkbookData

BASES = {"per_head": "population_1e4", "per_gdp": "gdp_1e8yuan"}
# Rules that are shown even where the run compares itself with none.
ALWAYS = ("score", "grandfathering", "per_capita", "gdp")
OWN = ("this_run", "entitlement")
# Purpose of the figures that keep past emissions.
_CUMULATIVE = "cumulative_emissions"


@dataclass(frozen=True)
class RuleQuotas:
    """Allocations to compare.

    Attributes
    ----------
    quotas : index (year, code), one column per rule, Mt
    bases : index (year, code); population, GDP, emissions, score and GDP of the year, where the baseline has
        them emissions at constant intensity, Mt, and where a rule looks at them past emissions, Mt
    live : rules with a closed form
    """

    quotas: pd.DataFrame
    bases: pd.DataFrame
    live: tuple[str, ...]


@kept
def rule_quotas(data: WorkbookData) -> RuleQuotas | None:
    """Quotas of the last year by rule, and what they are compared by.

    Parameters
    ----------
    data : of the run

    Returns
    -------
    RuleQuotas; None where the run does not carry population and GDP above 0, or has too many provinces to
    compare each with each
    """
    rows, wanted = data.of_year(data.years[-1]), list(BASES.values())
    if not set(wanted) <= set(data.inputs.columns) or len(rows) > MOST_ROWS:
        return None
    # Shares per head or per GDP have no measure where nobody lives or nothing is made.
    if not (data.inputs.loc[[code for _, code in rows], wanted] > 0).all(axis=None):
        return None
    p, codes = data.provinces.loc[rows], [code for _, code in rows]
    bases = _bases(data, rows).assign(**_history(data, rows))
    quotas = pd.DataFrame({"this_run": p["quota_mt"], "entitlement": p["entitlement_mt"]})
    found, cap_mt, live = _found(data, codes), float(data.total_mt[data.years[-1]]), []
    x = {letter: bases[column] for letter, column in COLUMNS.items() if column in bases}
    # The run lists its own quotas among the rules.
    run = quotas["this_run"].to_numpy(dtype=float)
    others = [rule for rule, quota in found.items() if rule not in ALWAYS and not np.array_equal(quota, run)]
    for rule in (*ALWAYS, *others):
        made = closed_form(data, rule, x, cap_mt)
        # A rule of the run may look at other figures.
        if made is not None and (rule not in found or np.allclose(found[rule], made, rtol=1e-9, atol=0.0)):
            live.append(rule)
        if rule in found:
            quotas[rule] = found[rule]
        elif made is not None:
            quotas[rule] = made
    return RuleQuotas(quotas, bases, tuple(live))


def _bases(data: WorkbookData, rows: list[tuple[int, str]]) -> pd.DataFrame:
    """What rules read in the last year, and what fairness is judged by."""
    p, codes = data.provinces.loc[rows], [code for _, code in rows]
    of_inputs = {name: data.inputs[name].loc[codes].to_numpy(dtype=float) for name in BASES.values()}
    bases = pd.DataFrame(of_inputs, index=p.index).assign(
        emissions_mt=p["emissions_mt"], rule_score=p["score"]
    )
    own = None if data.used is None or not has_growth(data) else data.used.gdp_1e8yuan
    if own is None:
        return bases.assign(rule_gdp_1e8yuan=bases["gdp_1e8yuan"])
    gdp = own.loc[rows].to_numpy(dtype=float)
    constant = data.inputs["emissions_mt"].loc[codes].to_numpy() * gdp / base_gdp(data).loc[codes].to_numpy()
    return bases.assign(rule_gdp_1e8yuan=gdp, constant_intensity_mt=constant)


def _history(data: WorkbookData, rows: list[tuple[int, str]]) -> dict[str, np.ndarray]:
    """Past emissions and the level that they leave, where the run compares itself with that rule."""
    codes, years = [code for _, code in rows], data.setting(f"rules.{HISTORY}.years", None)
    known = None if data.used is None else data.used.provincial
    kept = known is not None and _CUMULATIVE in known.index.get_level_values("purpose")
    if known is None or not kept or years is None or slug(HISTORY) not in _found(data, codes):
        return {}
    past = known.xs(_CUMULATIVE, level="purpose")["value"].droplevel("series_year").loc[codes].astype(float)
    people = data.inputs[BASES["per_head"]].loc[codes].astype(float)
    level = history_level(past, people, float(years), float(data.total_mt[data.years[-1]]))
    return {COLUMNS["h"]: past.to_numpy(), LEVEL: level.to_numpy()}


def _found(data: WorkbookData, codes: list[str]) -> dict[str, np.ndarray]:
    """Quotas by the rules that the run compares itself with."""
    if data.outcome.comparison is None:
        return {}
    quotas = data.outcome.comparison.quotas["quota_mt"]
    return {
        slug(str(rule)): quotas.xs(rule, level="rule").loc[codes].to_numpy(dtype=float)
        for rule in quotas.index.unique("rule")
    }
