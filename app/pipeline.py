"""The chain of a run: from a study to its result, without touching the disk."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd

from capshare.comparison import compare, within_rules, within_side_by_side
from capshare.errors import CapshareWarning
from capshare.indicators.normalise import min_max
from capshare.indicators.score import scores
from capshare.indicators.weights import weights
from capshare.inputs import Inputs, read_inputs
from capshare.model.abatement.costs import AbatementCosts
from capshare.model.allocate import Allocation
from capshare.model.checks import checks
from capshare.model.grouping_loss import GroupingLoss, grouping_loss
from capshare.model.notes import allocation_notes, block_notes, grouping_loss_notes, grouping_notes
from capshare.model.one_sided import cap_sides
from capshare.model.prices import contributions
from capshare.model.result import AllocationSummary, Result
from capshare.result_frames import (
    group_table,
    potential_table,
    price_table,
    province_table,
    settings,
    weight_table,
)
from capshare.solvers.highs import mps_text
from capshare.stages import Blocks, abatement_costs, allocation_of, divide, highs_options, raw_shares
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
    costs = abatement_costs(study, inputs)
    blocks = divide(study, inputs, normalised, weight, score)
    share = raw_shares(study.allocation.within, score, costs.price_yuan_per_t)
    allocation = allocation_of(study, inputs, blocks, share, costs.steps)
    provinces = province_table(study, inputs, blocks, score, allocation)
    sides = cap_sides(allocation, highs_options(study))
    loss = grouping_loss(allocation, highs_options(study)) if blocks.block.nunique() > 1 else None
    published, distance = compare(study, inputs, provinces)
    return Result(
        name=study.study.name,
        seed=study.study.seed,
        settings=settings(study, allocation),
        inputs={loaded.path.name: loaded.path, **inputs.dataset.files},
        weights=weight_table(study, normalised, weight),
        normalised=normalised,
        provinces=provinces,
        groups=group_table(blocks, allocation, sides),
        prices=price_table(allocation, sides),
        contributions=contributions(
            allocation.prices["price_yuan_per_t"], allocation.quantities["quota_mt"], allocation.data
        ),
        grouping=loss.provinces if loss else None,
        abatement_steps=costs.steps,
        marginal_costs=costs.table,
        cost_curves=costs.levels,
        cap=pd.DataFrame({"cap_mt": [inputs.cap_mt]}, index=pd.Index([inputs.year], name="year")),
        potential=potential_table(study, inputs, provinces),
        published=published,
        agreement=distance,
        within_rules=_within(study, inputs, blocks, score, costs),
        allocation=AllocationSummary(
            status="optimal",
            objective_1e8yuan=allocation.objective_1e8yuan,
            penalty_1e8yuan=allocation.penalty_1e8yuan,
            duality_gap=allocation.first.duality_gap,
            solver=allocation.first.engine,
        ),
        checks=checks(allocation),
        notes=(*costs.notes, *_notes(inputs, blocks, allocation, loss)),
        mps=mps_text(allocation.first.program),
    )


def _within(
    study: Study, inputs: Inputs, blocks: Blocks, score: pd.Series, costs: AbatementCosts
) -> pd.DataFrame | None:
    """Side by side only where groups are the published ones: else the groups make the difference."""
    if study.published is None or study.groups.method != "given":
        return None
    allocations = {
        within: allocation_of(
            study, inputs, blocks, raw_shares(within, score, costs.price_yuan_per_t), costs.steps
        )
        for within in within_rules()
    }
    return within_side_by_side(study, inputs, allocations)


def _notes(
    inputs: Inputs, blocks: Blocks, allocation: Allocation, loss: GroupingLoss | None
) -> tuple[str, ...]:
    names = inputs.dataset.regions.names["name_en"]
    notes = grouping_notes(blocks.grouping) if blocks.grouping else []
    if loss is not None:
        notes += block_notes(blocks.caps, blocks.weight, inputs.cap_mt)
        notes += grouping_loss_notes(loss, names)
    return (*notes, *allocation_notes(allocation, names))
