"""The smallest change of one kind of number that lets some split satisfy all rules of an allocation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from capshare.base.errors import CapshareError
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.found_repair import Repair, shown_feasible
from capshare.model.allocation.infeasibility.outwards import outwards
from capshare.model.allocation.infeasibility.relaxation import Relaxation, every_rule, relaxations
from capshare.model.allocation.infeasibility.yearly_change import smoothing_repair
from capshare.model.allocation.programme import Programme
from capshare.model.allocation.smoothing import smoothed
from capshare.solvers.conflict import least_relaxation
from capshare.solvers.program import LinearProgram, Vector

# The numbers decide which entitlements are clipped; two or three rounds settle it.
ROUNDS = 12
# Digits of a change that are tried in turn: the fewest that repair are printed.
DIGITS = (4, 7, 10)
# Where the step that the derivative asks for falls short, as with caps that floors hold up, it is tried times
# each of these in turn; then the least multiple that repairs is found by bisection, to STRETCH_DIGITS.
STRETCH = (1.0, 1 + 1e-6, 1.02, 1.2, 2.0, 4.0)
STRETCH_DIGITS = 1e-3


def repairs(
    data: AllocationData, programme: Programme, may_turn: Sequence[Relaxation] | None = None
) -> list[Repair]:
    r"""Find the least change that repairs an infeasible allocation, for each kind of number separately.

    Each is a linear programme in which only the numbers of one kind give way:

    .. math:: \min w^\top s \quad\text{s.t.}\quad r^- \le Ax + Ds \le r^+,\; 0 \le s \le u

    D is the derivative of the rows by these numbers, through the entitlements too, and w what a unit of each
    moves in Mt. Where the change moves provinces to or from their bounds, D is computed anew and the
    programme solved again. So every repair returned does repair, and is the least among changes that clip the
    same entitlements.

    Parameters
    ----------
    data : an infeasible allocation, of one year or of several
    programme : its formulation as a function of data, by
        :func:`~capshare.model.allocation.programme.programme_of`
    may_turn : the numbers that may give way; by default all of the allocation, each in Mt

    Returns
    -------
    list of Repair: one per relaxation; by default caps, national cap (of several blocks), floors,
        ceilings, ``max_deviation`` (where it is finite), each planner's rule, all rules together where none
        suffices alone, and the largest yearly change of quotas (where years are tied)

    Raises
    ------
    UnsolvedError
        where the engine ends without an answer.
    """
    found = [
        repair(data, programme, relaxation)
        for relaxation in (relaxations(data) if may_turn is None else may_turn)
    ]
    if may_turn is not None:
        return found
    single = [repaired for repaired in found if repaired.kind == "rule"]
    # In one year the entitlements satisfy all but planners' rules: those together always repair it.
    if len(single) > 1 and all(repaired.change is None for repaired in single):
        found.append(repair(data, programme, every_rule(data)))
    if len(data.year_links.smoothing):
        found.append(smoothing_repair(data, programme, lambda share: smoothed(data, share)))
    return found


def repair(data: AllocationData, programme: Programme, relaxation: Relaxation) -> Repair:
    """Take the least of the steps that truly repair, rounded outwards where that repairs as well.

    Parameters
    ----------
    data, programme : as of :func:`repairs`
    relaxation : the numbers that may give way
    """
    levers, wanted = relaxation.levers, list(_candidates(data, programme, relaxation))
    holding = [
        (value, repaired)
        for value in wanted
        if (repaired := _turned(programme, relaxation, value)) is not None
    ]
    if not holding:
        holding = [
            found for value in wanted if (found := _stretched(programme, relaxation, value)) is not None
        ]
    if not holding:
        return Repair(relaxation.kind, relaxation.name)
    value, repaired = min(
        holding, key=lambda held: ((held[0] - levers.value).abs() * _weight(relaxation)).sum()
    )
    for digits in DIGITS:
        rounded = outwards(levers.value, value, digits).clip(levers.lowest, levers.highest)
        if (roundly := _turned(programme, relaxation, rounded)) is not None:
            value, repaired = rounded, roundly
            break
    change = value - levers.value
    return Repair(relaxation.kind, relaxation.name, value[change != 0], change[change != 0], repaired)


def _stretched(
    programme: Programme, relaxation: Relaxation, wanted: pd.Series
) -> tuple[pd.Series, AllocationData] | None:
    """A little more of a change that falls short; None where several times as much does not repair either."""
    levers = relaxation.levers

    def tried(stretch: float) -> tuple[pd.Series, AllocationData] | None:
        value = (levers.value + stretch * (wanted - levers.value)).clip(levers.lowest, levers.highest)
        repaired = _turned(programme, relaxation, value)
        return None if repaired is None else (value, repaired)

    for short, enough in pairwise(STRETCH):
        found = tried(enough)
        if found is None:
            continue
        while enough - short > STRETCH_DIGITS:
            middle = (short + enough) / 2
            if (less := tried(middle)) is None:
                short = middle
            else:
                enough, found = middle, less
        return found
    return None


def _moves(relaxation: Relaxation) -> pd.DataFrame:
    """Steps up, then steps down, of every lever: what each adds to the numbers."""
    unit = relaxation.levers.per_unit
    return pd.concat([unit, -unit], axis="columns")


def _weight(relaxation: Relaxation) -> pd.Series:
    """What a unit of each lever moves, Mt; a lever that moves nothing counts too, so that it stays."""
    return relaxation.levers.per_unit.abs().sum().replace(0.0, 1.0)


def _candidates(data: AllocationData, programme: Programme, relaxation: Relaxation) -> Iterator[pd.Series]:
    """Follow the least steps from one set of clipped entitlements to the next, until the set stays."""
    count = len(relaxation.levers.value)
    now, steps = data, np.zeros(2 * count)
    for _ in range(ROUNDS):
        found = _least_steps(now, programme, relaxation, steps)
        if found is None:
            return
        steps = found
        value = relaxation.levers.value + steps[:count] - steps[count:]
        yield value
        try:
            moved = relaxation.levers.turned(value)
        except CapshareError:
            # Bounds that leave no room, or cross: not a way to repair.
            return
        if moved.provinces["clipped"].equals(now.provinces["clipped"]):
            return
        now = moved


def _least_steps(
    now: AllocationData, programme: Programme, relaxation: Relaxation, taken: Vector
) -> Vector | None:
    """Least steps, counted from the original numbers, with entitlements clipped as they are now."""
    program, levers = programme(now), relaxation.levers
    directions = _effect_matrix(program, relaxation, now) @ csc_array(_moves(relaxation).to_numpy())
    shift = directions @ taken
    start = replace(program, row_lower=program.row_lower + shift, row_upper=program.row_upper + shift)
    room = np.concatenate([levers.highest - levers.value, levers.value - levers.lowest])
    return least_relaxation(start, csc_array(directions), np.tile(_weight(relaxation), 2), room)


def _effect_matrix(program: LinearProgram, relaxation: Relaxation, now: AllocationData) -> csc_array:
    """Effects of the numbers as a matrix: rows of the programme, columns of the relaxation's numbers."""
    effects, numbers = relaxation.effects(now), relaxation.levers.per_unit.index
    row = [
        program.row(component).start + program.rows[component].get_loc(label)
        for component, label, _, _ in effects
    ]
    column = [numbers.get_loc(number) for _, _, number, _ in effects]
    size = [coefficient for _, _, _, coefficient in effects]
    return csc_array((size, (row, column)), shape=(len(program.row_lower), len(numbers)))


def _turned(programme: Programme, relaxation: Relaxation, value: pd.Series) -> AllocationData | None:
    """Return the data with the levers at these values, or None where that does not repair it."""
    try:
        moved = relaxation.levers.turned(value)
    except CapshareError:
        return None
    return moved if shown_feasible(programme(moved)) else None
