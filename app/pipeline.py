"""The chain of a run: from a study to its result, without touching the disk."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from capshare.comparison import compare, reduction_potential, within_rules, within_side_by_side
from capshare.errors import CapshareWarning
from capshare.indicators.entropy import entropies
from capshare.indicators.normalise import min_max
from capshare.indicators.score import scores
from capshare.indicators.weights import weights
from capshare.inputs import Inputs, read_inputs
from capshare.model.allocate import Allocation
from capshare.model.balance import balance_mt, cause, classify
from capshare.model.checks import checks
from capshare.model.entitlement import entitlements
from capshare.model.groups import roman_value
from capshare.model.notes import allocation_notes, block_notes, grouping_effect, grouping_notes
from capshare.model.one_sided import one_sided_prices
from capshare.model.result import AllocationSummary, Result
from capshare.solvers.highs import HighsOptions, mps_text
from capshare.stages import Blocks, abatement_steps, allocation_of, divide, raw_shares
from capshare.study import Study
from capshare.study_file import DEFAULT, LoadedStudy, load_study


def run(study: str | Path | LoadedStudy = DEFAULT) -> Result:
    """Run a study.

    Parameters
    ----------
    study : a shipped study's name, the path of a study file, or a loaded study

    Returns
    -------
    Result

    Raises
    ------
    CapshareError
        where the study or its dataset is wrong, with every problem.
    InfeasibleError
        where valid rules contradict each other.
    """
    loaded = study if isinstance(study, LoadedStudy) else load_study(study)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = _run(loaded, read_inputs(loaded))
    notes = []
    for warning in caught:
        if issubclass(warning.category, CapshareWarning):
            notes.append(str(warning.message))
        else:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    return replace(result, notes=(*dict.fromkeys(notes), *result.notes))


def _run(loaded: LoadedStudy, inputs: Inputs) -> Result:
    study = loaded.study
    normalised = min_max(inputs.indicators, {i.id: i.direction for i in study.indicators})
    weight = weights(normalised, study.weights.method, study.weights.given)
    score = scores(normalised, weight)
    steps = abatement_steps(study, inputs)
    blocks = divide(study, inputs, normalised, weight, score)
    share = raw_shares(study.allocation.within, score, steps)
    allocation = allocation_of(study, inputs, blocks, share, steps)
    provinces = _provinces(study, inputs, blocks, score, allocation)
    published, distance = compare(study, inputs, provinces)
    return Result(
        name=study.study.name,
        seed=study.study.seed,
        settings=_settings(study, allocation),
        inputs={loaded.path.name: loaded.path, **inputs.dataset.files},
        weights=_weights(study, normalised, weight),
        normalised=normalised,
        provinces=provinces,
        groups=_groups(study, blocks, allocation),
        prices=allocation.prices,
        abatement_steps=steps,
        cap=pd.DataFrame({"cap_mt": [inputs.cap_mt]}, index=pd.Index([inputs.year], name="year")),
        potential=_potential(study, inputs, provinces),
        published=published,
        agreement=distance,
        within_rules=_within(study, inputs, blocks, score, steps),
        allocation=AllocationSummary(
            status="optimal",
            objective_1e8yuan=allocation.objective_1e8yuan,
            penalty_1e8yuan=allocation.penalty_1e8yuan,
            duality_gap=allocation.first.duality_gap,
            solver=allocation.first.engine,
        ),
        checks=checks(allocation),
        notes=_notes(inputs, blocks, share, allocation),
        mps=mps_text(allocation.first.program),
    )


def _settings(study: Study, allocation: Allocation) -> dict[str, Any]:
    """The study as it ran; the penalty as the number it became."""
    settings = study.settings()
    settings["allocation"]["penalty_yuan_per_t"] = allocation.data.terms.penalty_yuan_per_t
    return settings


def _weights(study: Study, normalised: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    about = pd.DataFrame(
        {i.id: {"principle": i.principle, "direction": i.direction} for i in study.indicators}
    ).T
    return about.assign(entropy=entropies(normalised), weight=weight).rename_axis("indicator")


def _provinces(
    study: Study, inputs: Inputs, blocks: Blocks, score: pd.Series, allocation: Allocation
) -> pd.DataFrame:
    data, quantities = allocation.data.provinces, allocation.quantities
    quota = quantities["quota_mt"]
    balance = balance_mt(quota, inputs.emissions_mt)
    frame = inputs.dataset.regions.names.assign(
        group=blocks.group,
        score=score,
        entitlement_mt=data["entitlement_mt"],
        emissions_mt=inputs.emissions_mt,
        floor_mt=inputs.floor_mt,
        ceiling_mt=inputs.ceiling_mt,
        quota_mt=quota,
        quota_share=quota / quota.sum(),
        balance_mt=balance,
        balance_class=classify(balance, study.balance.slight_mt, study.balance.severe_mt),
        cause=cause(inputs.emissions_mt, quota, study.balance.cause_mt),
        value_yuan_per_t=allocation.prices["price_yuan_per_t"]["coverage"],
    )
    return frame.join(quantities.drop(columns="quota_mt")).rename_axis("code")


def _groups(study: Study, blocks: Blocks, allocation: Allocation) -> pd.DataFrame:
    caps = allocation.data.caps_mt
    frame = pd.DataFrame(
        {
            "members": blocks.block.value_counts(),
            "cap_mt": caps,
            "cap_share": caps / caps.sum(),
            "price_yuan_per_t": allocation.prices["price_yuan_per_t"]["cap"],
        }
    )
    frame = frame.join(one_sided_prices(allocation, HighsOptions(**study.solver.model_dump())))
    return frame.rename_axis("group").sort_index(key=lambda names: names.map(roman_value))


def _potential(study: Study, inputs: Inputs, provinces: pd.DataFrame) -> pd.DataFrame:
    deficit = provinces.index[provinces["balance_class"].str.endswith("deficit")]
    names = provinces.loc[deficit, ["name_en", "name_zh"]]
    found = reduction_potential(study, inputs, deficit)
    if found is None:
        return names.iloc[:0].assign(score=0.0, rank=0, tier="")
    return names.join(found.table, how="right").rename_axis("code")


def _within(
    study: Study, inputs: Inputs, blocks: Blocks, score: pd.Series, steps: pd.DataFrame
) -> pd.DataFrame | None:
    """Side by side only where groups are the published ones: else the groups make the difference."""
    if study.published is None or study.groups.method != "given":
        return None
    allocations = {
        within: allocation_of(study, inputs, blocks, raw_shares(within, score, steps), steps)
        for within in within_rules()
    }
    return within_side_by_side(study, inputs, allocations)


def _notes(inputs: Inputs, blocks: Blocks, share: pd.Series, allocation: Allocation) -> tuple[str, ...]:
    names = inputs.dataset.regions.names["name_en"]
    notes = grouping_notes(blocks.grouping) if blocks.grouping else []
    if blocks.block.nunique() > 1:
        notes += block_notes(blocks.caps, blocks.weight, inputs.cap_mt)
        one = pd.Series("all", index=share.index)
        cap = pd.Series({"all": inputs.cap_mt})
        national = entitlements(share, one, cap, inputs.floor_mt, inputs.ceiling_mt)["entitlement_mt"]
        grouped = allocation.data.provinces["entitlement_mt"]
        notes.append(grouping_effect(grouped.rename(names.to_dict()), national.rename(names.to_dict())))
    return (*notes, *allocation_notes(allocation, names))
