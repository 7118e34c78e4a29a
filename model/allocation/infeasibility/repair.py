"""The smallest change of one kind of number that lets some split satisfy all rules of an allocation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from capshare.base.errors import CapshareError
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.outwards import outwards, plain
from capshare.model.allocation.infeasibility.relaxation import Knob, every_rule, knobs
from capshare.model.allocation.programme import Programme
from capshare.model.allocation.smoothing import smoothed, smoothing_share
from capshare.solvers.conflict import is_feasible, least_relaxation
from capshare.solvers.program import LinearProgram, UnsolvedError, Vector

# Which entitlements are clipped moves with the numbers; two or three rounds settle it.
ROUNDS = 12
# Digits of a change that are tried in turn: the fewest that mend are printed.
DIGITS = (4, 7, 10)
SMOOTHING_DIGITS = 1e-4
# Where a derivative falls short, as with caps of blocks that their floors hold, more of the same is tried,
# and of what mends as little as is needed, to this part of it.
STRETCH = (1.0, 1 + 1e-6, 1.02, 1.2, 2.0, 4.0)
STRETCH_DIGITS = 1e-3


@dataclass(frozen=True)
class Mend:
    """The least change of one kind of number after which some split satisfies all rules.

    Attributes
    ----------
    kind : "cap", "national cap", "floor", "ceiling", "max_deviation", "rule" or "smoothing"
    name : of a single rule; empty for the other kinds
    value : index lever; what to change it to, in its own unit, only of levers that change; rounded away from
        what it was, to as few digits as mend. None where no change of this kind alone was found
    change : index lever; the value less what it was; None likewise
    mended : the data with the change made, entitlements computed anew; None likewise
    """

    kind: str
    name: str
    value: pd.Series | None = None
    change: pd.Series | None = None
    mended: AllocationData | None = None


def mends(data: AllocationData, programme: Programme, may_turn: Sequence[Knob] | None = None) -> list[Mend]:
    r"""Find the least change that mends an infeasible allocation, for each kind of number separately.

    Each is a linear programme in which only the numbers of one kind give way:

    .. math:: \min w^\top s \quad\text{s.t.}\quad r^- \le Ax + Ds \le r^+,\; 0 \le s \le u

    D is the derivative of the rows by these numbers, through the entitlements too, and w what a unit of each
    moves in Mt. Where the change moves provinces to or from their bounds, D is computed anew and the
    programme solved again. So every mend returned does mend, and is the least among changes that clip the
    same entitlements.

    Parameters
    ----------
    data : an infeasible allocation, of one year or of several
    programme : its formulation as a function of data, by
        :func:`~capshare.model.allocation.programme.programme_of`
    may_turn : the numbers that may give way; by default all of the allocation, each in Mt

    Returns
    -------
    list of Mend: one per knob; by default caps, national cap (where there are several blocks), floors,
        ceilings, ``max_deviation`` (where it is finite), each planner's rule, all rules together where none
        suffices alone, and the largest yearly change of quotas (where years are tied)

    Raises
    ------
    UnsolvedError
        where the engine ends without an answer.
    """
    found = [mend(data, programme, knob) for knob in (knobs(data) if may_turn is None else may_turn)]
    if may_turn is not None:
        return found
    single = [mended for mended in found if mended.kind == "rule"]
    # In one year the entitlements satisfy all but planners' rules: those together always mend it.
    if len(single) > 1 and all(mended.change is None for mended in single):
        found.append(mend(data, programme, every_rule(data)))
    if len(data.links.smoothing):
        found.append(smoothing_mend(data, programme, lambda share: smoothed(data, share)))
    return found


def mend(data: AllocationData, programme: Programme, knob: Knob) -> Mend:
    """Take the least of the steps that truly mend, rounded outwards where that mends as well.

    Parameters
    ----------
    data, programme : as of :func:`mends`
    knob : the numbers that may give way
    """
    levers, wanted = knob.levers, list(_candidates(data, programme, knob))
    holding = [(value, mended) for value in wanted if (mended := _turned(programme, knob, value)) is not None]
    if not holding:
        holding = [found for value in wanted if (found := _stretched(programme, knob, value)) is not None]
    if not holding:
        return Mend(knob.kind, knob.name)
    value, mended = min(holding, key=lambda held: ((held[0] - levers.value).abs() * _weight(knob)).sum())
    for digits in DIGITS:
        rounded = outwards(levers.value, value, digits).clip(levers.lowest, levers.highest)
        if (roundly := _turned(programme, knob, rounded)) is not None:
            value, mended = rounded, roundly
            break
    change = value - levers.value
    return Mend(knob.kind, knob.name, value[change != 0], change[change != 0], mended)


def _stretched(
    programme: Programme, knob: Knob, wanted: pd.Series
) -> tuple[pd.Series, AllocationData] | None:
    """A little more of a change that falls short; None where several times as much does not mend either."""
    levers = knob.levers

    def tried(stretch: float) -> tuple[pd.Series, AllocationData] | None:
        value = (levers.value + stretch * (wanted - levers.value)).clip(levers.lowest, levers.highest)
        mended = _turned(programme, knob, value)
        return None if mended is None else (value, mended)

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


def smoothing_mend(
    data: AllocationData,
    programme: Programme,
    turned: Callable[[float], AllocationData],
    highest: float = 1.0,
) -> Mend:
    """Find the largest yearly change by bisection: it multiplies quotas, so no linear programme does.

    Parameters
    ----------
    data, programme : as of :func:`mends`; years are tied
    turned : largest yearly change, a share → the data with it
    highest : largest share that may be asked for
    """
    now = low = smoothing_share(data)
    high = highest
    if low >= high or not _shown_feasible(programme(turned(high))):
        return Mend("smoothing", "")
    while high - low > SMOOTHING_DIGITS / 2:
        middle = (low + high) / 2
        if _shown_feasible(programme(turned(middle))):
            high = middle
        else:
            low = middle
    share = min(highest, plain(np.ceil(high / SMOOTHING_DIGITS) * SMOOTHING_DIGITS))
    return Mend("smoothing", "", pd.Series({"": share}), pd.Series({"": share - now}), turned(share))


def _shown_feasible(program: LinearProgram) -> bool:
    """Whether the engine finds a point; where it ends without a verdict no mend is built on it."""
    try:
        return is_feasible(program)
    except UnsolvedError as unsolved:
        if unsolved.status != "unknown":
            raise
        return False


def _moves(knob: Knob) -> pd.DataFrame:
    """Steps up, then steps down, of every lever: what each adds to the numbers."""
    unit = knob.levers.per_unit
    return pd.concat([unit, -unit], axis="columns")


def _weight(knob: Knob) -> pd.Series:
    """What a unit of each lever moves, Mt; a lever that moves nothing counts too, so that it stays."""
    return knob.levers.per_unit.abs().sum().replace(0.0, 1.0)


def _candidates(data: AllocationData, programme: Programme, knob: Knob) -> Iterator[pd.Series]:
    """Follow the least steps from one set of clipped entitlements to the next, until the set stays."""
    count = len(knob.levers.value)
    now, steps = data, np.zeros(2 * count)
    for _ in range(ROUNDS):
        found = _least_steps(now, programme, knob, steps)
        if found is None:
            return
        steps = found
        value = knob.levers.value + steps[:count] - steps[count:]
        yield value
        try:
            moved = knob.levers.turned(value)
        except CapshareError:
            # Bounds that leave no room, or cross: not a way to mend.
            return
        if moved.provinces["clipped"].equals(now.provinces["clipped"]):
            return
        now = moved


def _least_steps(now: AllocationData, programme: Programme, knob: Knob, taken: Vector) -> Vector | None:
    """Least steps, counted from the original numbers, with entitlements clipped as they are now."""
    program, levers = programme(now), knob.levers
    directions = _effect_matrix(program, knob, now) @ csc_array(_moves(knob).to_numpy())
    shift = directions @ taken
    start = replace(program, row_lower=program.row_lower + shift, row_upper=program.row_upper + shift)
    room = np.concatenate([levers.highest - levers.value, levers.value - levers.lowest])
    return least_relaxation(start, csc_array(directions), np.tile(_weight(knob), 2), room)


def _effect_matrix(program: LinearProgram, knob: Knob, now: AllocationData) -> csc_array:
    """Effects of the numbers as a matrix: rows of the programme, columns of the knob's numbers."""
    effects, numbers = knob.effects(now), knob.levers.per_unit.index
    row = [
        program.row(component).start + program.rows[component].get_loc(label)
        for component, label, _, _ in effects
    ]
    column = [numbers.get_loc(number) for _, _, number, _ in effects]
    size = [coefficient for _, _, _, coefficient in effects]
    return csc_array((size, (row, column)), shape=(len(program.row_lower), len(numbers)))


def _turned(programme: Programme, knob: Knob, value: pd.Series) -> AllocationData | None:
    """Return the data with the levers at these values, or None where that does not mend it."""
    try:
        moved = knob.levers.turned(value)
    except CapshareError:
        return None
    return moved if _shown_feasible(programme(moved)) else None
