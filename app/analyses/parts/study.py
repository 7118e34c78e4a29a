"""Which study ran, with which settings, and what it read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from capshare.analyses.names import ALL
from capshare.analyses.rules import RuleComparison, settings_of_rules
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.model.outcome.study_record import StudyRecord


def study_record(
    found: PreparedStudy,
    solved: YearlyAllocations,
    compared: RuleComparison | None,
    analyses: frozenset[str] = ALL,
) -> StudyRecord:
    """The study as it ran.

    Parameters
    ----------
    found, solved : of the run
    compared : its comparison of rules, whose parameters are settings too; or None
    analyses : that were asked for
    """
    study = found.study
    settings = _settings(found, solved, compared)
    files, conventions = found.inputs.files, found.inputs.dataset.facts.conventions
    asked = None if analyses == ALL else tuple(sorted(analyses))
    return StudyRecord(study.study.name, study.study.seed, settings, files, asked, conventions)


def _settings(
    found: PreparedStudy, solved: YearlyAllocations, compared: RuleComparison | None
) -> dict[str, Any]:
    """The study's settings; the penalty as the number it became."""
    settings = found.study.settings()
    first = next(iter(solved.data.values()))
    settings["allocation"]["penalty_yuan_per_t"] = first.limits.penalty_yuan_per_t
    # By their names, not by where they lay: a run from a folder's copies is the same study.
    settings["study"]["dataset"] = found.inputs.dataset.name
    settings["study"]["scenario"] = Path(found.study.study.scenario).stem
    return settings | {"rules": settings_of_rules(found.study, compared)}
