"""The study's cap under every rule: quotas side by side, their fairness and cost, and the mix of rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capshare.analyses.rule_mix import RuleMix, rule_mix
from capshare.base.errors import CapshareError
from capshare.chain.prepared import Chain
from capshare.chain.rule_inputs import rule_inputs
from capshare.chain.stages import highs_options
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.rule_costs import free_trade_cost_1e8yuan, rule_costs
from capshare.model.outcome.compared_rules import ClosestMix, ComparedRules
from capshare.model.outcome.fairness import fairness_table
from capshare.model.rules.registry import apply, rules
from capshare.model.rules.requirements import needed_columns
from capshare.model.rules.rule import Rule
from capshare.study.rule_sources import PUBLISHED, rule_parameters
from capshare.study.study import Study

ALLOCATION = "allocation"
# Its programme compares each region with each other: a second at a hundred regions, minutes at a thousand.
MOST_REGIONS = {"minimum-gini": 100}
# Below it a quota is what the solver counts as none.
NOTHING_MT = 1e-9
POINTS = 100


@dataclass(frozen=True)
class RuleComparison:
    """Rules beside the allocation, in the study's last year.

    Attributes
    ----------
    year : the year
    quotas : index (rule, code); ``quota_mt``
    fairness : index rule; inequality, largest cut, winners and losers, costs, distance to the composite
    mix : the mixture closest to the published table, or to the allocation; None where no rule is left
    notes : sentences for a planner
    """

    year: int
    quotas: pd.DataFrame
    fairness: pd.DataFrame
    mix: RuleMix | None
    notes: tuple[str, ...]

    @property
    def outcome(self) -> ComparedRules:
        """What an outcome keeps of it."""
        mix = None if self.mix is None else ClosestMix(self.mix.weights, self.mix.residual)
        return ComparedRules(self.quotas, self.fairness, mix)


def compare_rules(found: Chain, data: AllocationData, own_mt: pd.Series) -> RuleComparison | None:
    """Set the rules of the study's comparison beside its allocation.

    Rules know neither deviations nor planners' constraints, and floors and ceilings only where the study
    asks for it.

    Parameters
    ----------
    found : the study's chain
    data : its allocation of the last year
    own_mt : index code; the quotas of that allocation, Mt CO2

    Returns
    -------
    RuleComparison, or None where the study asks for no rule

    Raises
    ------
    CapshareError
        where a rule that the study names cannot be used.
    """
    asked = found.study.comparison
    if asked.rules == ():
        return None
    quotas, notes = _quotas(found, data, own_mt)
    fairness, more = _fairness(found, data, quotas)
    of, called = (PUBLISHED, "published table") if PUBLISHED in quotas else (ALLOCATION, "allocation")
    among = [name for name in asked.mix or quotas if name in quotas and name not in (ALLOCATION, of)]
    mix = rule_mix(quotas[of], quotas[among], called) if among else None
    year = found.inputs.years[-1]
    if len(found.inputs.years) > 1:
        notes.insert(0, f"Rules are compared in {year}, with the population of the base year.")
    return RuleComparison(
        year=year,
        quotas=_long(quotas),
        fairness=fairness,
        mix=mix,
        notes=(*notes, *more, *(mix.notes if mix else ())),
    )


def _long(quotas: pd.DataFrame) -> pd.DataFrame:
    """One row per rule and province."""
    columns = {str(rule): quota.rename("quota_mt").to_frame() for rule, quota in quotas.items()}
    return pd.concat(columns, names=["rule", "code"])


def settings_of_rules(study: Study, compared: RuleComparison | None) -> dict[str, dict[str, Any]]:
    """Parameters of every rule that the run used or the study sets, defaults filled in."""
    known = rules()
    used = {study.allocation.within, *study.rules}
    if compared is not None:
        used |= set(compared.fairness.index) & set(known)
    whole = {name: {**_parameters(study, known[name]), **study.rules.get(name, {})} for name in sorted(used)}
    return {name: parameters for name, parameters in whole.items() if parameters}


def _parameters(study: Study, rule: Rule) -> dict[str, Any]:
    return {**rule.parameters, **rule_parameters(study, rule.name, rule.parameters)}


def _quotas(found: Chain, data: AllocationData, own_mt: pd.Series) -> tuple[pd.DataFrame, list[str]]:
    """Quotas, index code, a column per rule: the allocation, the published table, the others by name."""
    study, known = found.study, rules()
    asked = study.comparison.rules
    explicit = {*(asked or ()), *(study.comparison.mix or ())}
    chosen = [name for name in known if asked is None or name in {*explicit, PUBLISHED}]
    needs = {name: needed_columns(known[name], _parameters(study, known[name])) for name in chosen}
    wanted = tuple(dict.fromkeys(column for columns in needs.values() for column in columns))
    table = rule_inputs(study, found.inputs, found.made, found.inputs.years[-1], wanted)
    quotas, left_out = {ALLOCATION: own_mt.where(own_mt.abs() > NOTHING_MT, 0.0)}, {}
    for name in sorted(chosen, key=lambda rule: (rule != PUBLISHED, rule)):
        reason = "" if name in explicit else _reason_against(name, needs[name], table)
        try:
            if not reason:
                quotas[name] = _quota(study, data, known[name], table)
        except CapshareError as error:
            if name in explicit:
                raise
            reason = str(error.problems[0])
        # A study without a published table does not miss one.
        if reason and (name != PUBLISHED or "published_quota_mt" in table):
            left_out[name] = reason
    reasons = "; ".join(f"{name} ({why})" for name, why in left_out.items())
    return pd.DataFrame(quotas, index=table.index), _said("Rules left out of the comparison", reasons)


def _said(what: str, reasons: str) -> list[str]:
    return [f"{what}: {reasons}."] if reasons else []


def _quota(study: Study, data: AllocationData, rule: Rule, table: pd.DataFrame) -> pd.Series:
    bounds: Mapping[str, pd.Series] = {}
    if study.comparison.bounded:
        bounds = {"floor_mt": data.provinces["floor_mt"], "ceiling_mt": data.provinces["ceiling_mt"]}
    parameters = rule_parameters(study, rule.name, rule.parameters)
    return apply(rule.name, table, float(data.caps_mt.sum()), parameters, **bounds)


def _reason_against(name: str, needs: Collection[str], table: pd.DataFrame) -> str:
    absent = [column for column in needs if column not in table]
    if absent:
        return f"no {', '.join(absent)}"
    most = MOST_REGIONS.get(name, len(table))
    return (
        f"more than {most} regions; name it in comparison.rules to wait for it" if len(table) > most else ""
    )


def _fairness(found: Chain, data: AllocationData, quotas: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Fairness and cost of each rule, and how far its shares are from those of the entropy composite."""
    options, year = highs_options(found.study), found.inputs.years[-1]
    costs = rule_costs(quotas, data, options)
    free = free_trade_cost_1e8yuan(quotas[ALLOCATION], data, options)
    notes = [
        f"With free trade every split of the cap costs {free:.1f} (1e8 yuan); what a rule costs beyond that "
        "is what the limit of trade does not even out."
    ]
    composite = found.score / found.score.sum()
    apart = (quotas / quotas.sum()).sub(composite, axis="index").abs().mean() * POINTS
    costs["distance_to_score_points"] = apart.reindex(costs.index)
    wanted = ("population_1e4", "gdp_1e8yuan")
    bases = rule_inputs(found.study, found.inputs, found.made, year, wanted)
    absent = [name for name in wanted if name not in bases]
    try:
        if not absent:
            emissions = data.provinces["emissions_mt"]
            equality = fairness_table(quotas, emissions, *(bases[name] for name in wanted))
            return equality.join(costs), notes
        reason = f"no {', '.join(absent)}."
    except CapshareError as error:
        reason = str(error.problems[0])
    return costs, [*notes, f"Equality and cuts are not measured: {reason}"]
