"""Quotas of the last year by rule: which are a simple proportion, and which the run found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.reports.words.catalogue import slug
from capshare.reports.workbook.workbook_data import MOST_ROWS, WorkbookData

BASES = {"per_head": "population_1e4", "per_gdp": "gdp_1e8yuan"}
SHARES = {
    "score": "score",
    "grandfathering": "emissions_mt",
    "per_capita": "population_1e4",
    "gdp": "gdp_1e8yuan",
}
OWN = ("this_run", "entitlement")


@dataclass(frozen=True)
class RuleQuotas:
    """Allocations to compare.

    Attributes
    ----------
    quotas : index (year, code), one column per rule, Mt
    bases : index (year, code); population, GDP, emissions and score
    share_of : rule → the base that its quotas are in proportion to; rules that are not are left out
    """

    quotas: pd.DataFrame
    bases: pd.DataFrame
    share_of: dict[str, str]


def rule_quotas(data: WorkbookData) -> RuleQuotas | None:
    """Quotas of the last year by rule, and what they are compared by.

    Parameters
    ----------
    data : of the run

    Returns
    -------
    RuleQuotas; None where the run does not carry population and GDP, or has too many provinces to compare
    each with each
    """
    year, inputs = data.years[-1], data.inputs
    rows = data.of_year(year)
    if not set(BASES.values()) <= set(inputs.columns) or len(rows) > MOST_ROWS:
        return None
    p, codes = data.provinces.loc[rows], [code for _, code in rows]
    of_inputs = {name: inputs[name].loc[codes].to_numpy() for name in BASES.values()}
    bases = pd.DataFrame(of_inputs, index=p.index).assign(emissions_mt=p["emissions_mt"], score=p["score"])
    quotas = pd.DataFrame({"this_run": p["quota_mt"], "entitlement": p["entitlement_mt"]})
    found, share_of = _found(data, codes), {}
    for rule, base in SHARES.items():
        simple = float(data.total_mt[year]) * bases[base] / bases[base].sum()
        # A rule of the run may look at other figures than those of the base year.
        if rule not in found or np.allclose(found[rule], simple, rtol=1e-9, atol=0.0):
            quotas[rule], share_of[rule] = simple, base
    # The run lists its own quotas among the rules.
    run = quotas["this_run"].to_numpy(dtype=float)
    others = {
        rule: quota for rule, quota in found.items() if rule not in quotas and not np.array_equal(quota, run)
    }
    return RuleQuotas(quotas.assign(**others), bases, share_of)


def _found(data: WorkbookData, codes: list[str]) -> dict[str, np.ndarray]:
    """Quotas by the rules that the run compares itself with."""
    if data.outcome.comparison is None:
        return {}
    quotas = data.outcome.comparison.quotas["quota_mt"]
    return {
        slug(str(rule)): quotas.xs(rule, level="rule").loc[codes].to_numpy(dtype=float)
        for rule in quotas.index.unique("rule")
    }
