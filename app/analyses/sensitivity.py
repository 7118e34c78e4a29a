"""What would change a province's quota: one thing at a time, and the allocation solved again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd

from capshare.base.errors import CapshareError
from capshare.chain.inputs import Inputs
from capshare.chain.prepared import Chain
from capshare.chain.stages import divide, highs_options
from capshare.indicators.expression import evaluate
from capshare.indicators.normalise import min_max
from capshare.indicators.score import scores
from capshare.indicators.weights import weights
from capshare.model.allocation.allocate import allocate
from capshare.study.sections.allocation import AllocationSection
from capshare.study.study import Study

# Of a province's own figures, of the cap, and of the rules that are shares.
OWN, CAP, RULE = 0.10, 0.01, 0.10

Change = Callable[[], Chain]


def quota_sensitivity(found: Chain, code: str, year: int) -> pd.DataFrame:
    """Change of a province's quota when one thing changes and everything else stays.

    Its own indicators and emissions become a tenth larger, the cap a hundredth, T, floor and trade limit a
    tenth of their base, the number of groups one more or less, the scope the other one. Weights, scores,
    groups, entitlements and the allocation are found again each time; the abatement costs stay.

    Parameters
    ----------
    found : the chain of the study
    code : of the province
    year : one of the study's; allocated alone, without what ties it to other years

    Returns
    -------
    DataFrame, index ``change``; ``quota_mt, change_mt`` (Mt; missing where no allocation satisfies the
    changed rules), the largest change first
    """
    base = _quota(found, code, year)
    rows = {}
    for name, change in _changes(found, code).items():
        try:
            rows[name] = _quota(change(), code, year)
        except CapshareError:
            rows[name] = math.nan
    quota = pd.Series(rows, name="quota_mt", dtype=float).rename_axis("change")
    frame = pd.DataFrame({"quota_mt": quota, "change_mt": quota - base})
    return frame.sort_values("change_mt", key=lambda change: -change.abs(), kind="stable")


def _quota(found: Chain, code: str, year: int) -> float:
    allocation = allocate(found.data(year), highs_options(found.study))
    return float(allocation.quantities["quota_mt"][code])


def _changes(found: Chain, code: str) -> dict[str, Change]:
    study, inputs = found.study, found.inputs
    changes: dict[str, Change] = {
        f"own {indicator.id} {OWN:+.0%}": partial(_with_indicator, found, code, indicator.id)
        for indicator in study.indicators
    }
    changes[f"own emissions {OWN:+.0%}"] = partial(_with_emissions, found, code)
    changes[f"cap {CAP:+.0%}"] = partial(_with_inputs, found, _larger_cap(inputs))
    return changes | _rule_changes(found)


def _rule_changes(found: Chain) -> dict[str, Change]:
    asked, groups = found.study.allocation, found.study.groups
    changes: dict[str, Change] = {}
    for name, key in (("T", "max_deviation"), ("trade limit", "trade_limit")):
        now = float(getattr(asked, key))
        for then in (now - RULE, now + RULE):
            if 0 <= then < math.inf:
                label = f"{name} {now:.0%} to {then:.0%}"
                changes[label] = partial(_with_rules, found, asked.model_copy(update={key: then}))
    floor = asked.floor
    if isinstance(floor, float | int):
        for share in (floor - RULE, floor + RULE):
            if share >= 0:
                label = f"floor {floor:.0%} to {share:.0%}"
                changes[label] = partial(_with_floor, found, share)
    if groups.method == "kmeans" and asked.scope == "groups":
        for k in (groups.k - 1, groups.k + 1):
            if 1 <= k <= len(found.score):
                study = found.study.model_copy(update={"groups": groups.model_copy(update={"k": k})})
                changes[f"k {groups.k} to {k}"] = partial(_again, found, study, found.inputs)
    if groups.method != "none":
        other = "national" if asked.scope == "groups" else "groups"
        label = "one national block" if other == "national" else "the cap divided between the groups"
        study = found.study.model_copy(update={"allocation": asked.model_copy(update={"scope": other})})
        changes[label] = partial(_again, found, study, found.inputs)
    return changes


def _with_indicator(found: Chain, code: str, indicator: str) -> Chain:
    values = found.inputs.indicators
    larger = values[indicator] * _scaled(values.index, code)
    return _with_inputs(found, replace(found.inputs, indicators=values.assign(**{indicator: larger})))


def _scaled(codes: pd.Index, code: str) -> pd.Series:
    scaled = pd.Series(1.0, index=codes)
    scaled[code] = 1 + OWN
    return scaled


def _with_emissions(found: Chain, code: str) -> Chain:
    """Emissions, what is a share of them, the indicators that use them, and what can be abated."""
    inputs = found.inputs
    scaled = _scaled(inputs.emissions_mt.index, code)
    emissions = inputs.emissions_mt * scaled
    table = inputs.dataset.table.assign(emissions_mt=emissions)
    indicators = pd.DataFrame(
        {i.id: evaluate(i.expression, table, "study", i.id) for i in found.study.indicators}
    )
    changed = replace(
        inputs,
        emissions_mt=emissions,
        baseline_mt=inputs.baseline_mt.mul(scaled, axis="index"),
        floor_mt=inputs.floor_mt.mul(scaled, axis="index"),
        ceiling_mt=inputs.ceiling_mt.mul(scaled, axis="index"),
        indicators=indicators,
    )
    steps = found.costs.steps
    larger = steps.assign(size_mt=steps["size_mt"].mul(scaled, level="code"))
    return _with_inputs(replace(found, costs=replace(found.costs, steps=larger)), changed)


def _larger_cap(inputs: Inputs) -> Inputs:
    cap = inputs.cap.copy()
    cap[["cap_mt", "divided_mt"]] *= 1 + CAP
    return replace(inputs, cap=cap)


def _with_floor(found: Chain, share: float) -> Chain:
    rules = found.study.allocation.model_copy(update={"floor": share})
    inputs = replace(found.inputs, floor_mt=share * found.inputs.baseline_mt)
    return _again(found, found.study.model_copy(update={"allocation": rules}), inputs)


def _with_rules(found: Chain, rules: AllocationSection) -> Chain:
    """The chain under rules that groups and their caps do not depend on."""
    return replace(found, study=found.study.model_copy(update={"allocation": rules}))


def _with_inputs(found: Chain, inputs: Inputs) -> Chain:
    return _again(found, found.study, inputs)


def _again(found: Chain, study: Study, inputs: Inputs) -> Chain:
    """The chain from the indicators on, with the abatement costs as they are."""
    normalised = min_max(inputs.indicators, {i.id: i.direction for i in study.indicators})
    weight = weights(normalised, study.weights.method, study.weights.given)
    score = scores(normalised, weight)
    return replace(
        found,
        study=study,
        inputs=inputs,
        normalised=normalised,
        weight=weight,
        score=score,
        blocks=divide(study, inputs, normalised, weight, score),
    )
