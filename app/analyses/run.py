"""A run: from a study to its result, without touching the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from capshare.analyses.carried_inputs import carried_inputs
from capshare.analyses.groups import judge_groups
from capshare.analyses.intensity import intensity_targets
from capshare.analyses.market import trade, values_at_named_prices
from capshare.analyses.notes import run_notes
from capshare.analyses.published import WITHIN_RULES, compare, within_side_by_side
from capshare.analyses.result_frames import (
    deficit_codes,
    group_table,
    loss_table,
    potential_table,
    province_table,
    raw_shares_used,
    settings,
    step_table,
    weight_table,
    year_table,
)
from capshare.analyses.rules import compare_rules
from capshare.base.errors import CapshareError, Problem
from capshare.chain.from_inputs import solver_limits
from capshare.chain.infeasible import explained
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.chain.solve import Solved, solve_years
from capshare.model.allocation.allocate import Allocation
from capshare.model.allocation.checks import largest_figure
from capshare.model.outcome.result import AllocationSummary, Result
from capshare.solvers.guard import within
from capshare.solvers.highs import mps_text
from capshare.solvers.program import UnsolvedError
from capshare.study.reading import DEFAULT, LoadedStudy, load_study
from capshare.study.words import told_in_study_words


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
        where the study or its dataset is wrong, with every problem; where the result fails its own checks.
    InfeasibleError
        where valid rules contradict each other.
    """
    loaded = study if isinstance(study, LoadedStudy) else load_study(study)
    try:
        with within(solver_limits(loaded.study)):
            result = _result(prepare(loaded))
    except UnsolvedError as unsolved:
        remedy = "Look for an amount in another unit than its column says."
        expected = "numbers near enough to one another for the solver to tell them apart"
        problem = Problem(loaded.path.name, "", expected, f"status {unsolved.status}", remedy)
        raise CapshareError(problem) from unsolved
    _require_checks(result, loaded.path.name)
    return result


def _require_checks(result: Result, file: str) -> None:
    """Refuse a result that fails its own checks: nobody may take it for one.

    Raises
    ------
    CapshareError
        naming each check that failed.
    """
    failed = result.checks.loc[~result.checks["passed"].astype(bool), "figure"]
    remedy = (
        "The solver cannot tell amounts of such different size apart: look for one in another unit than its "
        "column says, or for a number of the study that is far from the others."
    )
    problems = [
        Problem(
            file,
            f"check {name}",
            f"a figure of at most {largest_figure(str(name)):g}",
            f"{figure:.3g}",
            remedy,
        )
        for name, figure in failed.items()
    ]
    if problems:
        raise CapshareError(problems)


@told_in_study_words
def _result(found: PreparedStudy) -> Result:
    study, inputs = found.study, found.inputs
    with explained(found):
        solved = solve_years(found)
    provinces, traded = province_table(found, solved), trade(found, solved)
    last = solved.of_year(provinces, inputs.years[-1])
    published, distance = compare(study, inputs, last)
    ranked, judged = potential_table(study, inputs, last), judge_groups(found)
    compared = compare_rules(found, solved.data[inputs.years[-1]], last["quota_mt"])
    return Result(
        name=study.study.name,
        seed=study.study.seed,
        settings=settings(found, solved, compared),
        inputs=inputs.files,
        weights=weight_table(found),
        normalised=found.normalised,
        provinces=provinces,
        groups=group_table(found, solved),
        prices=solved.prices,
        contributions=solved.contributions,
        grouping=loss_table(solved),
        abatement_steps=step_table(found, solved),
        marginal_costs=found.costs.table,
        cost_curves=found.costs.levels,
        cap=inputs.cap,
        cap_starts=inputs.cap_starts,
        years=year_table(found, solved),
        intensity_targets=intensity_targets(found, provinces["quota_mt"]),
        market=traded.provinces,
        market_years=traded.years,
        balance_values=values_at_named_prices(found, last["balance_mt"]),
        potential=ranked,
        published=published,
        agreement=distance,
        within_rules=_within(found),
        allocation=_total([_summary(allocation) for allocation in solved.allocations.values()]),
        allocations=_yearly(solved),
        checks=solved.checks,
        notes=run_notes(found, solved, deficit_codes(last), judged, distance, compared),
        mps=mps_text(solved.program()),
        group_choice=judged.choice if judged else None,
        group_stability=judged.stability if judged else None,
        group_certificate=judged.certificate if judged else None,
        raw_share=raw_shares_used(solved),
        block_weight=found.blocks.weight,
        **carried_inputs(study, inputs, ranked.index),
        comparison=compared.quotas if compared else None,
        fairness=compared.fairness if compared else None,
        principle_mix=compared.mix.weights if compared and compared.mix else None,
        mix_residual=compared.mix.residual if compared and compared.mix else None,
    )


def _summary(allocation: Allocation) -> AllocationSummary:
    return AllocationSummary(
        status="optimal",
        objective_1e8yuan=allocation.objective_1e8yuan,
        penalty_1e8yuan=allocation.penalty_1e8yuan,
        duality_gap=(allocation.named or allocation.first).duality_gap,
        solver=(allocation.named or allocation.first).engine,
    )


def _total(years: list[AllocationSummary]) -> AllocationSummary:
    return replace(
        years[0],
        objective_1e8yuan=sum(year.objective_1e8yuan for year in years),
        penalty_1e8yuan=sum(year.penalty_1e8yuan for year in years),
        duality_gap=max(year.duality_gap for year in years),
    )


def _yearly(solved: Solved) -> dict[int, AllocationSummary]:
    if len(solved.allocations) == 1:
        return {}
    return {year: _summary(allocation) for year, allocation in solved.allocations.items()}


def _within(found: PreparedStudy) -> pd.DataFrame | None:
    """Side by side only where groups are the published ones: else the groups make the difference."""
    if found.study.published is None or found.study.groups.method != "given":
        return None
    allocations = {within: found.engine.allocate(found.data(within=within)) for within in WITHIN_RULES}
    return within_side_by_side(found.study, found.inputs, allocations)
