"""Refusals in words: what is wrong with a request, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.base.errors import Problem as Wrong
from capshare.reports.words.catalogue import text
from capshare.workbench.answers import Problem, Refusal


def refusal(error: CapshareError) -> Refusal:
    """The problems of an error.

    Parameters
    ----------
    error : of a study, a setting or the work on them
    """
    if isinstance(error, InfeasibleError) and error.told:
        return Refusal(problems=[_infeasible(error.told)])
    return refusal_of(error.problems)


def refusal_of(problems: Iterable[Wrong]) -> Refusal:
    """Problems as the workbench answers them.

    Parameters
    ----------
    problems : in their order
    """
    return Refusal(problems=[_told(problem) for problem in problems])


def said(key: str) -> Refusal:
    """A refusal of one sentence, of the workbench's own.

    Parameters
    ----------
    key : of its text, below ``live.refused``
    """
    words = {lang: text(f"live.refused.{key}", lang) for lang in ("en", "zh")}
    problem = Problem(source="workbench", place="", expected="", found="", remedy="",
                      said_en=words["en"], said_zh=words["zh"])  # fmt: skip
    return Refusal(problems=[problem])


def _infeasible(told: Mapping[str, Wrong]) -> Problem:
    problem = told["en"]
    return Problem(
        source=problem.source,
        place=problem.place,
        expected=problem.expected,
        found=problem.found,
        remedy=problem.remedy,
        said_en=str(problem),
        said_zh=str(told["zh"]),
    )


def _told(problem: Wrong) -> Problem:
    place = problem.place or problem.source
    return Problem(
        source=problem.source,
        place=problem.place,
        expected=problem.expected,
        found=problem.found,
        remedy=problem.remedy,
        said_en=str(problem),
        said_zh=text("live.refused.setting", "zh", place=place),
    )
