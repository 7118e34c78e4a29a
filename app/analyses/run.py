"""A run: from a study to its outcome, without touching the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from capshare.analyses.ensemble.beside_run import require_same_inputs, require_same_settings, with_ensemble
from capshare.analyses.ensemble.ensemble_folder import read_ensemble
from capshare.analyses.names import (
    ALL,
    GROUP_DIAGNOSTICS,
    GROUPING_LOSS,
    MARKET,
    ONE_SIDED_PRICES,
    RANK_BOOTSTRAP,
    READINGS,
    RULE_COMPARISON,
    WITHIN_RULES,
    require_known,
)
from capshare.analyses.parts.allocation import allocation, province_table
from capshare.analyses.parts.cap import national_cap
from capshare.analyses.parts.costs import cost_estimate
from capshare.analyses.parts.cuts import assigned_cuts
from capshare.analyses.parts.drivers import drivers
from capshare.analyses.parts.groups import groups, judge_groups
from capshare.analyses.parts.inputs import inputs_used
from capshare.analyses.parts.market import trade
from capshare.analyses.parts.notes import notes
from capshare.analyses.parts.potential import potential_ranking
from capshare.analyses.parts.published import beside_published
from capshare.analyses.parts.study import study_record
from capshare.analyses.parts.targets import provincial_targets
from capshare.analyses.parts.weights import indicator_weights
from capshare.analyses.rules import compare_rules
from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import by_severity
from capshare.base.years import in_year
from capshare.chain.from_inputs import solver_limits
from capshare.chain.infeasible import explained
from capshare.chain.prepared import PreparedStudy, prepare
from capshare.chain.solve import solve_years
from capshare.model.allocation.checks import largest_figure
from capshare.model.outcome.outcome import Outcome
from capshare.reports.folder.as_written import as_written
from capshare.solvers.guard import within
from capshare.solvers.program import UnsolvedError
from capshare.study.reading import DEFAULT, LoadedStudy, load_study
from capshare.study.words import told_in_study_words


def run(
    study: str | Path | LoadedStudy = DEFAULT,
    analyses: Iterable[str] = ALL,
    ensemble: str | Path | None = None,
) -> Outcome:
    """Run a study.

    Parameters
    ----------
    study : a shipped study's name, the path of a study file, or a loaded study
    analyses : what to compute beyond the split, names of :data:`~capshare.analyses.names.ALL`; by default all
        that the files of a run hold, where the study has them; ``()`` for the split alone
    ensemble : folder of an ensemble of this study, whose intervals stand beside the run's figures

    Returns
    -------
    Outcome; parts that were not asked for are None

    Raises
    ------
    CapshareError
        where the study or its dataset is wrong, with every problem, an analysis is unknown, the ensemble is
        damaged or of another study, or the result fails its own checks.
    InfeasibleError
        where valid rules contradict each other.
    """
    asked = require_known(analyses)
    loaded = study if isinstance(study, LoadedStudy) else load_study(study)
    drawn = None if ensemble is None else read_ensemble(Path(ensemble))
    if drawn is not None:
        require_same_settings(drawn, loaded.study)
    with _solved_or_told(loaded.path.name), within(solver_limits(loaded.study)):
        found = prepare(loaded, RANK_BOOTSTRAP in asked)
    if drawn is None:
        return outcome_of(found, asked)
    require_same_inputs(drawn, found.inputs.files)
    return with_ensemble(outcome_of(found, asked), drawn)


def outcome_of(found: PreparedStudy, analyses: Iterable[str] = ALL) -> Outcome:
    """Solve a study that is prepared already.

    Parameters
    ----------
    found : the study, its costs estimated with their bootstrap where that is among the analyses
    analyses : as of :func:`run`

    Returns
    -------
    Outcome

    Raises
    ------
    CapshareError, InfeasibleError
        as :func:`run`
    """
    asked = require_known(analyses)
    with _solved_or_told(found.path.name), within(solver_limits(found.study)):
        outcome = _outcome(found, asked)
    _require_checks(outcome, found.path.name)
    return as_written(outcome)


@contextmanager
def _solved_or_told(file: str) -> Iterator[None]:
    """Tell an engine's end without an optimum as wrong input."""
    try:
        yield
    except UnsolvedError as unsolved:
        remedy = "Look for an amount in another unit than its column says."
        expected = "numbers near enough to one another for the solver to tell them apart"
        problem = Problem(file, "", expected, f"status {unsolved.status}", remedy)
        raise CapshareError(problem) from unsolved


def _require_checks(outcome: Outcome, file: str) -> None:
    """Refuse an outcome that fails its own checks: nobody may take it for one.

    Raises
    ------
    CapshareError
        naming each check that failed.
    """
    checks = outcome.allocation.checks
    failed = checks.loc[~checks["passed"].astype(bool), "figure"]
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
def _outcome(found: PreparedStudy, asked: frozenset[str]) -> Outcome:
    study, inputs = found.study, found.inputs
    with explained(found):
        solved = solve_years(found, sides=ONE_SIDED_PRICES in asked, losses=GROUPING_LOSS in asked)
    provinces = province_table(found, solved)
    last = in_year(provinces, inputs.years[-1])
    market = trade(found, solved, last["balance_mt"]) if MARKET in asked else None
    published = beside_published(found, last, within=WITHIN_RULES in asked, read=READINGS in asked)
    potential = potential_ranking(study, inputs, last)
    cuts = assigned_cuts(found, solved)
    judged = judge_groups(found) if GROUP_DIAGNOSTICS in asked else None
    compared = None
    if RULE_COMPARISON in asked:
        compared = compare_rules(found, solved.data[inputs.years[-1]], last["quota_mt"])
    deciding, told = drivers(found, solved, asked)
    return Outcome(
        study=study_record(found, solved, compared, asked),
        inputs=inputs_used(found),
        weights=indicator_weights(found),
        groups=groups(found, solved, judged),
        cap=national_cap(found, solved),
        allocation=allocation(found, solved, provinces),
        prices=solved.prices,
        costs=cost_estimate(found),
        targets=provincial_targets(found, provinces["quota_mt"], cuts),
        market=market,
        potential=potential,
        comparison=compared.outcome if compared else None,
        published=published,
        notes=by_severity(
            [*notes(found, solved, provinces, judged, published, compared, cuts), *told],
        ),
        drivers=deciding,
    )
