"""Whether runs can stand side by side: not too many, of the same regions, with a year in common."""

from __future__ import annotations

from collections.abc import Sequence

from capshare.base.errors import CapshareError, Problem
from capshare.reports.comparison.compared_run import ComparedRun

# More do not fit side by side, and no chart has more shapes that can be told apart.
MOST = 8
_NAMED = 5


def common_years(runs: Sequence[ComparedRun]) -> tuple[int, ...]:
    """The years that every run allocates, in order.

    Parameters
    ----------
    runs : one or more
    """
    return tuple(sorted(set.intersection(*(set(run.outcome.years) for run in runs))))


def common_year(runs: Sequence[ComparedRun], year: int | None = None) -> int:
    """The year asked for, by default the last that every run allocates.

    Parameters
    ----------
    runs : with a year in common
    year : one of those, or None

    Raises
    ------
    CapshareError
        where a run does not allocate the year
    """
    years = common_years(runs)
    if year is None or year in years:
        return years[-1] if year is None else year
    known = ", ".join(map(str, years))
    raise CapshareError(
        Problem("year", "", f"a year that every run allocates: {known}", str(year), "Choose one of them.")
    )


def require_comparable(runs: Sequence[ComparedRun]) -> None:
    """Refuse runs that are of different regions or have no year in common.

    Parameters
    ----------
    runs : the first is what the others are compared with

    Raises
    ------
    CapshareError
        naming every run that differs from the first
    """
    problems = [*_other_regions(runs), *_no_common_year(runs)]
    if problems:
        raise CapshareError(problems)


def _other_regions(runs: Sequence[ComparedRun]) -> list[Problem]:
    first = _regions(runs[0])
    problems = []
    for run in runs[1:]:
        own = _regions(run)
        lacking = sorted(set(first) - set(own))
        unknown = sorted(set(own) - set(first))
        # The same code may be another region's in another dataset.
        renamed = [code for code in sorted(set(first) & set(own)) if not set(first[code]) & set(own[code])]
        said = {"without": lacking, "besides": unknown, "with other names for": renamed}
        found = "; ".join(f"{words} {_listed(codes)}" for words, codes in said.items() if codes)
        if found:
            problems.append(
                Problem("runs to compare", run.label, f"the regions of {runs[0].label}", found,
                        "Compare runs of the same regions.")
            )  # fmt: skip
    return problems


def _regions(run: ComparedRun) -> dict[str, tuple[str, str]]:
    """Names of each region by its code."""
    names = run.outcome.allocation.provinces[["name_en", "name_zh"]].droplevel("year")
    return {str(code): (str(en), str(zh)) for code, en, zh in names.itertuples()}


def _listed(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
    return ", ".join(codes[:_NAMED]) + more


def _no_common_year(runs: Sequence[ComparedRun]) -> list[Problem]:
    if common_years(runs):
        return []
    found = "; ".join(f"{run.label}: {', '.join(map(str, run.outcome.years))}" for run in runs)
    return [
        Problem("runs to compare", "years", "a year that every run allocates", found,
                "Run the studies for a year in common (study.years).")
    ]  # fmt: skip
