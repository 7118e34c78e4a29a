"""Why a study has no solution, over all its years, and which changes of its file would repair it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd

from capshare.base.errors import InfeasibleError, StudyChange, StudyRepair
from capshare.chain.prepared import PreparedStudy
from capshare.chain.repaired import repaired_study, under_rules
from capshare.chain.study_levers import (
    every_rule,
    rule_keys,
    rule_provinces,
    study_relaxations,
    yearly_change,
)
from capshare.chain.study_relaxation import StudyRelaxation, all_years, bare_data
from capshare.model.allocation.arrays import arrays
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.explain import NoSplitError, colliding_amounts, collision
from capshare.model.allocation.infeasibility.repair import repair
from capshare.model.allocation.infeasibility.yearly_change import smoothing_repair
from capshare.model.allocation.year_links import YearRules
from capshare.model.allocation.years import join_years
from capshare.reports.console.infeasible import NoSplit, told
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE, LANGUAGES
from capshare.solvers.conflict import is_feasible

# Bounds of more single provinces than this are no instruction to follow by hand.
MOST_CHANGES = 4


@contextmanager
def explained(found: PreparedStudy, fixed: Collection[str] = ()) -> Iterator[None]:
    """Say why a study has no solution, where solving it ends without one.

    Parameters
    ----------
    found : the chain of the study
    fixed : kinds of numbers that are no way to repair it here

    Raises
    ------
    InfeasibleError
        in place of :class:`~capshare.model.allocation.infeasibility.explain.NoSplitError`; with every repair
        that was found.
    """
    try:
        yield
    except NoSplitError as unsolved:
        why = why_no_split(found, fixed)
        if why is None:
            # Another engine found none where HiGHS finds one.
            raise
        said = {lang: told(why, lang) for lang in LANGUAGES}
        raise InfeasibleError(said[DEFAULT_LANGUAGE], why.repairs, said) from unsolved


def why_no_split(found: PreparedStudy, fixed: Collection[str] = ()) -> NoSplit | None:
    """Years without a solution, what collides in the first of them, and what repairs all years at once.

    Parameters
    ----------
    found, fixed : as of :func:`explained`

    Returns
    -------
    NoSplit; None where some split satisfies all rules
    """
    data = all_years(found)
    if is_feasible(arrays(data)):
        return None
    years, tied = _years_without(found)
    shown = data if tied else join_years({years[0]: bare_data(found, years[0])}, YearRules())
    members = collision(arrays(shown))
    repairs, powerless = _repairs(found, data, years, fixed)
    cap = found.study.cap.method
    return NoSplit(
        years=years,
        tied=tied,
        collision=colliding_amounts(shown, members),
        max_deviation=found.study.allocation.max_deviation,
        sets_targets=found.study.targets is not None,
        rules=rule_keys(found),
        rule_provinces=rule_provinces(found),
        names=found.inputs.dataset.regions.names,
        repairs=repairs,
        powerless=powerless,
        derived_cap=None if cap == "table" else cap,
    )


def _years_without(found: PreparedStudy) -> tuple[tuple[int, ...], bool]:
    """Years that have no solution even alone; all, where only the ties between them leave none."""
    alone = {year: join_years({year: bare_data(found, year)}, YearRules()) for year in found.inputs.years}
    without = [year for year, data in alone.items() if not is_feasible(arrays(data))]
    return (tuple(without), False) if without else (found.inputs.years, True)


def _repairs(
    found: PreparedStudy,
    data: AllocationData,
    years: tuple[int, ...],
    fixed: Collection[str],
) -> tuple[tuple[StudyRepair, ...], tuple[str, ...]]:
    """Repairs of the study, and the keys of which no change alone is one."""
    tried = [turned for turned in study_relaxations(found, data) if turned.relaxation.kind not in fixed]
    ways = [(turned, _changes(data, turned)) for turned in tried]
    rules = [changes for turned, changes in ways if turned.relaxation.kind == "rule"]
    if len(rules) > 1 and not any(rules):
        together = every_rule(found, data)
        ways.append((together, _changes(data, together)))
    if not any(changes for _, changes in ways) and len(data.year_links.smoothing):
        ways.append((yearly_change(found), _change_and_rules(found)))
    repaired = {turned.called for turned, changes in ways if changes}
    powerless = [turned.called for turned in tried if turned.called not in repaired]
    return _handy(StudyRepair(changes, years) for _, changes in ways if changes), tuple(
        dict.fromkeys(powerless)
    )


def _changes(data: AllocationData, turned: StudyRelaxation) -> tuple[StudyChange, ...]:
    """The least change of one kind of number that repairs all years; empty where none was found."""
    levers = turned.relaxation.levers
    if turned.relaxation.kind == "smoothing":
        way = smoothing_repair(
            data,
            arrays,
            lambda share: levers.turned(pd.Series({"": share})),
            float(levers.highest[""]),
        )
    else:
        way = repair(data, arrays, turned.relaxation)
    if way.value is None:
        return ()
    return tuple(replace(turned.keys[str(lever)], after=float(value)) for lever, value in way.value.items())


def _change_and_rules(found: PreparedStudy) -> tuple[StudyChange, ...]:
    """As large a yearly change as the study needs without planners' rules, then what these must give."""
    asked = found.study.allocation.model_copy(update={"constraint": ()})
    without = under_rules(found, found.study.model_copy(update={"allocation": asked}))
    faster = _changes(all_years(without), yearly_change(without))
    if not faster:
        return ()
    loosened = under_rules(found, repaired_study(found.study, faster))
    data = all_years(loosened)
    rules = _changes(data, every_rule(loosened, data))
    return (*faster, *rules) if rules else ()


def _handy(ways: Iterable[StudyRepair]) -> tuple[StudyRepair, ...]:
    """Repairs of few numbers; where every one needs many, the one that needs the fewest."""
    every = list(ways)
    handy = [way for way in every if len(way.changes) <= MOST_CHANGES]
    return tuple(handy or sorted(every, key=lambda way: len(way.changes))[:1])
