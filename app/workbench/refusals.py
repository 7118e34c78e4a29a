"""Refusals in words: what is wrong with a request, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from capshare.base.errors import CapshareError, InfeasibleError
from capshare.base.errors import Problem as Wrong
from capshare.reports.words.catalogue import term, text
from capshare.study.allowed import Allowed, allowed
from capshare.study.setting import OPTION
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


def said(key: str, **values: object) -> Refusal:
    """A refusal of one sentence, of the workbench's own.

    Parameters
    ----------
    key : of its text, below ``live.refused``
    values : for what stands in it
    """
    words = {lang: text(f"live.refused.{key}", lang, **values) for lang in ("en", "zh")}
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
        said_zh=_in_chinese(problem, place),
    )


def _in_chinese(problem: Wrong, place: str) -> str:
    """What the study's own model knows of a setting; of how settings go together it knows nothing."""
    if problem.source != OPTION:
        return text("live.refused.together", "zh", place=place)
    forms = allowed(place.split("."))
    if not forms:
        return text("live.refused.unknown", "zh", place=place)
    if {form.kind for form in forms} == {"text"}:
        return text("live.refused.setting", "zh", place=place, found=problem.found)
    between = text("live.allowed.or", "zh")
    expected = between.join(dict.fromkeys(_form(form) for form in forms))
    return text("live.refused.expected", "zh", place=place, expected=expected, found=problem.found)


def _form(form: Allowed) -> str:
    separator = text("terms.separator", "zh")
    choices = separator.join(_choice(name) for name in form.choices)
    limits = [text(f"live.allowed.{name}", "zh", limit=f"{limit:.12g}") for name, limit in form.limits]
    return text(f"live.allowed.{form.kind}", "zh", choices=choices) + "".join(limits)


def _choice(name: str) -> str:
    word = term("settings.choice", name, "zh")
    return name if word == name else text("live.allowed.named", "zh", name=name, word=word)
