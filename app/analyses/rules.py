"""The study's cap under every rule: quotas side by side, their fairness and cost, and the mix of rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from capshare.analyses.rule_mix import RuleMix, rule_mix
from capshare.base.errors import CapshareError
from capshare.base.notes import Note, Row, detail
from capshare.base.progress import stage
from capshare.chain.prepared import PreparedStudy
from capshare.chain.rule_inputs import rule_input_notes, rule_inputs
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.rule_costs import free_trade_cost_1e8yuan, rule_costs
from capshare.model.outcome.compared_rules import ClosestMix, ComparedRules
from capshare.model.outcome.fairness import fairness_table
from capshare.model.rules.registry import apply, rule_notes, rules
from capshare.model.rules.requirements import needed_columns, unusable_cells
from capshare.model.rules.rule import Rule
from capshare.study.rule_sources import PUBLISHED, rule_parameters
from capshare.study.study import Study

ALLOCATION = "allocation"
# Its programme compares each region with each other: a second at a hundred regions, minutes at a thousand.
# Rules that some studies have no column for by their kind, and the column.
UNMISSED = {PUBLISHED: "published_quota_mt", "equal-cut": "constant_intensity_mt"}
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
    notes : what was compared, what was left out and why
    """

    year: int
    quotas: pd.DataFrame
    fairness: pd.DataFrame
    mix: RuleMix | None
    notes: tuple[Note, ...]

    @property
    def outcome(self) -> ComparedRules:
        """What an outcome keeps of it."""
        mix = None if self.mix is None else ClosestMix(self.mix.weights, self.mix.residual)
        return ComparedRules(self.quotas, self.fairness, mix)


@stage("rules")
def compare_rules(found: PreparedStudy, data: AllocationData, own_mt: pd.Series) -> RuleComparison | None:
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
    of = PUBLISHED if PUBLISHED in quotas else ALLOCATION
    among = [name for name in asked.mix or quotas if name in quotas and name not in (ALLOCATION, of)]
    mix = rule_mix(quotas[of], quotas[among], of == PUBLISHED) if among else None
    year = found.inputs.years[-1]
    if len(found.inputs.years) > 1:
        notes.insert(0, detail("compared_in", year=year))
    if found.numbers.year_rules.tie:
        notes.append(detail("compared_alone"))
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
    """Parameters of every rule that the run used or the study sets, defaults filled in.

    Parameters
    ----------
    study : its own settings go over the defaults
    compared : the rules compared; None where none were
    """
    known = rules()
    used = {study.allocation.within, *study.rules}
    if compared is not None:
        used |= set(compared.fairness.index) & set(known)
    whole = {name: {**_parameters(study, known[name]), **study.rules.get(name, {})} for name in sorted(used)}
    return {name: parameters for name, parameters in whole.items() if parameters}


def _parameters(study: Study, rule: Rule) -> dict[str, Any]:
    return {**rule.parameters, **rule_parameters(study, rule.name, rule.parameters)}


def _quotas(found: PreparedStudy, data: AllocationData, own_mt: pd.Series) -> tuple[pd.DataFrame, list[Note]]:
    """Quotas, index code, a column per rule: the allocation, the published table, the others by name."""
    study, known = found.study, rules()
    asked = study.comparison.rules
    explicit = {*(asked or ()), *(study.comparison.mix or ())}
    chosen = [name for name in known if asked is None or name in {*explicit, PUBLISHED}]
    needs = {name: needed_columns(known[name], _parameters(study, known[name])) for name in chosen}
    wanted = tuple(dict.fromkeys(column for columns in needs.values() for column in columns))
    table = rule_inputs(study, found.inputs, found.split.derived, found.inputs.years[-1], wanted)
    notes = list(rule_input_notes(study, found.inputs, wanted))
    quotas: dict[str, pd.Series] = {ALLOCATION: own_mt.where(own_mt.abs() > NOTHING_MT, 0.0)}
    left_out: list[Row] = []
    for name in sorted(chosen, key=lambda rule: (rule != PUBLISHED, rule)):
        reason: Row = () if name in explicit else reason_against(known[name], needs[name], table)
        try:
            if not reason:
                quotas[name], more = _quota(study, data, known[name], table)
                notes += more
        except CapshareError as error:
            if name in explicit:
                raise
            reason = reason_of(error, needs[name], table)
        # A study without a published table does not miss one, nor a study of one year a cut of intensity.
        if reason and (name not in UNMISSED or UNMISSED[name] in table):
            left_out.append((name, *reason))
    if left_out:
        notes.append(detail("left_out", rules=left_out))
    return pd.DataFrame(quotas, index=table.index), notes


def _quota(
    study: Study, data: AllocationData, rule: Rule, table: pd.DataFrame
) -> tuple[pd.Series, tuple[Note, ...]]:
    bounds: Mapping[str, pd.Series] = {}
    if study.comparison.bounded:
        bounds = {"floor_mt": data.provinces["floor_mt"], "ceiling_mt": data.provinces["ceiling_mt"]}
    parameters = rule_parameters(study, rule.name, rule.parameters)
    cap_mt = float(data.caps_mt.sum())
    quota = apply(rule.name, table, cap_mt, parameters, **bounds)
    return quota, rule_notes(rule.name, table, cap_mt, parameters)


def reason_against(rule: Rule, needs: Collection[str], table: pd.DataFrame) -> Row:
    """Why a rule is not even tried: a reason of ``[note_reasons]`` and what it is about; or nothing.

    Parameters
    ----------
    rule : perhaps to be used
    needs : columns that it reads under its parameters
    table : index code; what there is
    """
    absent = [column for column in needs if column not in table]
    if absent:
        return "no_columns", ", ".join(absent)
    most = MOST_REGIONS.get(rule.name, len(table))
    if len(table) > most:
        return "too_many_regions", most
    for column in needs:
        positive = column in rule.positive
        if is_numeric_dtype(table[column]) and (wrong := unusable_cells(table[column], positive)).any():
            code = str(wrong.idxmax())
            return "not_positive" if positive else "negative", column, code, float(table[column][code])
    return ()


def reason_of(error: CapshareError, needs: Collection[str], table: pd.DataFrame) -> Row:
    """Why a rule that was tried could not be used.

    Parameters
    ----------
    error : that it ended in
    needs, table : as for :func:`reason_against`
    """
    numbers = [column for column in needs if is_numeric_dtype(table[column])]
    empty = [column for column in numbers if not table[column].sum() > 0]
    return ("no_sum", empty[0]) if empty else ("unusable", str(error.problems[0]))


def _fairness(
    found: PreparedStudy, data: AllocationData, quotas: pd.DataFrame
) -> tuple[pd.DataFrame, list[Note]]:
    """Fairness and cost of each rule, and how far its shares are from those of the entropy composite."""
    options, year = found.engine.options, found.inputs.years[-1]
    costs = rule_costs(quotas, data, options)
    free = free_trade_cost_1e8yuan(quotas[ALLOCATION], data, options)
    notes = [detail("free_trade", cost=free * found.inputs.dataset.facts.conventions.per_inside)]
    composite = found.score / found.score.sum()
    apart = (quotas / quotas.sum()).sub(composite, axis="index").abs().mean() * POINTS
    costs["distance_to_score_points"] = apart.reindex(costs.index)
    wanted = ("population_1e4", "gdp_1e8yuan")
    bases = rule_inputs(found.study, found.inputs, found.split.derived, year, wanted)
    try:
        if not (unmeasured := _unmeasured(bases, wanted)):
            emissions = data.provinces["emissions_mt"]
            equality = fairness_table(quotas, emissions, *(bases[name] for name in wanted))
            return equality.join(costs), notes
    except CapshareError:
        unmeasured = [detail("not_measured")]
    return costs, [*notes, *unmeasured]


def _unmeasured(bases: pd.DataFrame, wanted: Collection[str]) -> list[Note]:
    """Why equality cannot be measured by these columns; nothing where it can."""
    absent = [name for name in wanted if name not in bases]
    if absent:
        return [detail("not_measured_without", columns=absent)]
    for name in wanted:
        if (wrong := unusable_cells(bases[name], positive=True)).any():
            code = str(wrong.idxmax())
            return [detail("not_measured_by", column=name, province=code, found=float(bases[name][code]))]
    return []
