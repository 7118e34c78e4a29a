"""Why a study has no solution, in short lines: which rules collide, and what to change in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from capshare.base.errors import StudyChange, StudyRepair, Told
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, text

_INDENT = "    "
# Provinces named in a line; of more, their number.
_NAMED = 5


# Rows that a study of targets has from other keys than a study of amounts.
OF_TARGETS = ("floor", "ceiling", "equity_above", "equity_below")


@dataclass(frozen=True)
class NoSplit:
    """What is known of a study whose rules contradict each other.

    Attributes
    ----------
    years : that have no solution alone; all of the study, where only the ties between them leave none
    tied : whether it is these ties
    collision : index ``constraint, year, name``; ``amount``, as of
        :func:`~capshare.model.allocation.infeasibility.explain.colliding_amounts`; of the first of these
        years, or of all together
    max_deviation : T of the study
    sets_targets : whether its bounds are those of a band of cuts, and its distances in points
    rules : planner's constraint → its bound in the study file
    rule_provinces : rule relative to another run → its constraint, and the code of its province
    names : index code; ``name_en, name_zh``
    repairs : changes of the study, each of which alone repairs every year
    powerless : numbers of the study file of which no such change was found
    derived_cap : method of the cap, where it is no number of the study file; else None
    """

    years: tuple[int, ...]
    tied: bool
    collision: pd.DataFrame
    max_deviation: float
    sets_targets: bool
    rules: Mapping[str, StudyChange]
    rule_provinces: Mapping[str, tuple[str, str]]
    names: pd.DataFrame
    repairs: tuple[StudyRepair, ...]
    powerless: tuple[str, ...]
    derived_cap: str | None


def told(found: NoSplit, lang: str = DEFAULT_LANGUAGE) -> Told:
    """The reason and every repair, one short line each.

    Parameters
    ----------
    found : what is known
    lang : language of the lines; keys of the study file stay as they are
    """
    collision, repairs = list(_collision(found, lang)), list(_remedies(found, lang))
    head = text("infeasible.head", lang, years=_years(found.years))
    return Told(
        source="allocation",
        place="",
        expected="rules that some split of the cap satisfies",
        found=f"status infeasible: {' '.join(collision)}",
        remedy=" ".join(repairs).removesuffix(".") + ".",
        lines=(head, *(f"{_INDENT}{line}" for line in (*collision, *repairs))),
    )


def collision_lines(found: NoSplit, lang: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """The rules that collide, one line each, planners' own rules in words and not as keys of the file.

    Parameters
    ----------
    found : what is known
    lang : language of the lines
    """
    return tuple(line.removeprefix("- ") for line in list(_collision(found, lang, _in_words))[1:])


def repair_text(repair: StudyRepair, lang: str = DEFAULT_LANGUAGE) -> str:
    """A repair as keys of the study file with their numbers, before and after.

    Parameters
    ----------
    repair : what to change
    lang : language of the word between several changes
    """
    splitting = [change for change in repair.changes if change.splits]
    lines = [
        f"{change.key}{_before(change.key)} {_number(change.before)} → {_number(change.after)}"
        for change in repair.changes
        if not change.splits
    ]
    if splitting:
        # One number becomes a table, written as it is typed.
        now, named = splitting[0], [f'"{c.path[-1]}" = {_number(c.after)}' for c in splitting]
        table = ", ".join([f"default = {_number(now.before)}", *named])
        key = ".".join(map(str, now.path[:-1]))
        lines.append(f"{key}: {_number(now.before)} → {{ {table} }}")
    return text("infeasible.and", lang).join(lines)


def _before(key: str) -> str:
    """The key of a named rule has its colon behind the name."""
    return "" if ": " in key else ":"


def _number(value: float) -> str:
    return f"{value:.12g}"


def _years(years: Sequence[int]) -> str:
    """Years in short: 2025, 2027-2030."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _as_key(name: str, bound: StudyChange, lang: str) -> str:
    return f"{bound.key} {_number(bound.before)}"


def _in_words(name: str, bound: StudyChange, lang: str) -> str:
    number, percent = _number(bound.before), _number(100 * bound.before)
    return text(f"infeasible.rule_{bound.path[3]}", lang, name=name, number=number, percent=percent)


Bound = Callable[[str, StudyChange, str], str]


def _collision(found: NoSplit, lang: str, bound: Bound = _as_key) -> Iterator[str]:
    rows = found.collision
    of_one = found.tied and len(found.years) == 1
    key = "tied_to_base" if of_one else "tied" if found.tied else "alone" if len(rows) == 1 else "collide"
    yield text(f"infeasible.{key}", lang, year=found.years[0], years=_years(found.years), count=len(rows))
    for (constraint, year), members in rows.groupby(level=["constraint", "year"], sort=False):
        amounts = members.droplevel(["constraint", "year"])["amount"]
        when = text("infeasible.when", lang, year=year) if found.tied else ""
        for line in _members(found, str(constraint), amounts, lang, bound):
            yield f"- {line}{when}"


def _members(found: NoSplit, constraint: str, amounts: pd.Series, lang: str, bound: Bound) -> Iterator[str]:
    if constraint.startswith("rule_"):
        yield from _constraints(found, amounts, lang, bound)
    elif constraint == "cap":
        for name, mt in amounts.items():
            key = "cap" if name == "all" else "group_cap"
            yield text(f"infeasible.{key}", lang, group=name, mt=f"{mt:,.6g}")
    else:
        factors = {"equity_above": 1 + found.max_deviation, "equity_below": 1 - found.max_deviation}
        share = factors.get(constraint, float(amounts.iloc[0]))
        in_mt = constraint != "tier" and not constraint.endswith("_limit")
        listed = _provinces(amounts, found.names, lang, with_mt=in_mt)
        of_targets = found.sets_targets and constraint in OF_TARGETS
        name = f"target_{constraint}" if of_targets else constraint
        yield text(f"infeasible.{name}", lang, share=f"{100 * share:.6g}%", provinces=listed)


def _constraints(found: NoSplit, amounts: pd.Series, lang: str, bound: Bound) -> Iterator[str]:
    """Planners' constraints; those relative to another run with the provinces whose rules collide."""
    named = {str(name): found.rule_provinces.get(str(name), (str(name), "")) for name in amounts.index}
    for constraint in dict.fromkeys(constraint for constraint, _ in named.values()):
        line = bound(constraint, found.rules[constraint], lang)
        codes = {code: amounts[name] for name, (of, code) in named.items() if of == constraint and code}
        listed = _provinces(pd.Series(codes), found.names, lang, with_mt=True) if codes else ""
        if bound is _in_words and codes:
            yield text("infeasible.rule_provinces", lang, rule=line, provinces=listed)
        else:
            yield f"{line}: {listed}" if codes else line


def _provinces(amounts: pd.Series, names: pd.DataFrame, lang: str, with_mt: bool) -> str:
    called = names[f"name_{lang}"].to_dict()
    first = [
        f"{called[str(code)]} {mt:,.6g} Mt" if with_mt else str(called[str(code)])
        for code, mt in amounts.head(_NAMED).items()
    ]
    more = len(amounts) - len(first)
    listed = text("terms.separator", lang).join(first)
    return text("infeasible.more", lang, provinces=listed, count=more) if more else listed


def _remedies(found: NoSplit, lang: str) -> Iterator[str]:
    yield text("infeasible.repairs" if found.repairs else "infeasible.none", lang)
    for repair in found.repairs:
        yield f"- {repair_text(repair, lang)}"
    if found.powerless:
        listed = text("terms.separator", lang).join(found.powerless)
        yield text("infeasible.powerless", lang, keys=listed)
    if found.derived_cap:
        yield text("infeasible.derived_cap", lang, method=found.derived_cap)
