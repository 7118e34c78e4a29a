"""The smallest change of one kind of number that lets some split satisfy all rules of an allocation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from capshare.base.errors import CapshareError
from capshare.model.allocation.data import AllocationData
from capshare.model.allocation.infeasibility.relaxation import Knob, knobs, rule_knob
from capshare.model.allocation.programme import Programme
from capshare.model.allocation.smoothing import smoothed, smoothing_share
from capshare.solvers.conflict import is_feasible, least_relaxation
from capshare.solvers.program import LinearProgram, Vector

# Which entitlements are clipped moves with the numbers; two or three rounds settle it.
ROUNDS = 12
DIGITS = 4
SMOOTHING_DIGITS = 1e-4
# A change this much above a round number, relative to it, is that round number.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Mend:
    """The least change of one kind of number after which some split satisfies all rules.

    Attributes
    ----------
    kind : "cap", "national cap", "floor", "ceiling", "max_deviation", "rule" or "smoothing"
    name : of a single rule; empty for the other kinds
    change : index block, province or rule; Mt to add to the number, only where it is not zero (for
        ``max_deviation`` and ``smoothing`` one entry, a share), rounded outwards to four
        digits. None where no change of this kind alone was found
    mended : the data with the change made, entitlements computed anew; None likewise
    """

    kind: str
    name: str
    change: pd.Series | None = None
    mended: AllocationData | None = None


def mends(data: AllocationData, programme: Programme) -> list[Mend]:
    r"""Find the least change that mends an infeasible allocation, for each kind of number separately.

    Each is a linear programme in which only the numbers of one kind give way:

    .. math:: \min \mathbf 1^\top s \quad\text{s.t.}\quad r^- \le Ax + Ds \le r^+,\; s \ge 0

    D is the derivative of the rows by these numbers, through the entitlements too. Where the change moves
    provinces to or from their bounds, D is computed anew and the programme solved again. So every mend
    returned does mend, and is the least among changes that clip the same entitlements.

    Parameters
    ----------
    data : an infeasible allocation
    programme : its formulation as a function of data, by
        :func:`~capshare.model.allocation.programme.programme_of`

    Returns
    -------
    list of Mend: caps, national cap (where there are several blocks), floors, ceilings, ``max_deviation``
        (where it is finite), each planner's rule, all rules together where none suffices alone, and the
        largest yearly change of quotas (where years are tied)

    Raises
    ------
    UnsolvedError
        where the engine ends without an answer.
    """
    found = [_mend(data, programme, knob) for knob in knobs(data)]
    single = [mend for mend in found if mend.kind == "rule"]
    # In one year the entitlements satisfy all but planners' rules: those together always mend it.
    if len(single) > 1 and all(mend.change is None for mend in single):
        found.append(_mend(data, programme, rule_knob(data, list(data.rules.index))))
    if len(data.links.smoothing):
        found.append(_smoothing_mend(data, programme))
    return found


def outwards(amounts: Vector) -> Vector:
    """Round up to four digits, so that a change that is typed in as printed is large enough.

    Parameters
    ----------
    amounts : ≥ 0, any unit
    """
    with np.errstate(divide="ignore"):
        exponent = np.where(amounts > 0, np.floor(np.log10(amounts)), 0.0)
    unit = 10.0 ** (exponent - DIGITS + 1)
    return np.asarray(np.ceil(amounts / unit * (1 - ROUNDING)) * unit)


def _mend(data: AllocationData, programme: Programme, knob: Knob) -> Mend:
    """Take the least of the steps that truly mend, rounded outwards where that mends as well."""
    turned = [(steps, _turned(data, programme, knob, steps)) for steps in _candidates(data, programme, knob)]
    holding = [(float(steps.sum()), steps, mended) for steps, mended in turned if mended is not None]
    if not holding:
        return Mend(knob.kind, knob.name)
    _, least, mended = min(holding, key=lambda entry: entry[0])
    rounded = np.minimum(outwards(least), knob.limit)
    change = _change(knob, rounded)
    roundly = _turned(data, programme, knob, rounded)
    if roundly is None:
        change, roundly = knob.numbers(mended) - knob.numbers(data), mended
    return Mend(knob.kind, knob.name, change[change != 0], roundly)


def _smoothing_mend(data: AllocationData, programme: Programme) -> Mend:
    """Find the largest yearly change by bisection: it multiplies quotas, so no linear programme does."""
    low, high = smoothing_share(data), 1.0
    if low >= high or not is_feasible(programme(smoothed(data, high))):
        return Mend("smoothing", "")
    while high - low > SMOOTHING_DIGITS / 2:
        middle = (low + high) / 2
        if is_feasible(programme(smoothed(data, middle))):
            high = middle
        else:
            low = middle
    share = min(1.0, float(np.ceil(high / SMOOTHING_DIGITS) * SMOOTHING_DIGITS))
    return Mend("smoothing", "", pd.Series({"": share - smoothing_share(data)}), smoothed(data, share))


def _candidates(data: AllocationData, programme: Programme, knob: Knob) -> Iterator[Vector]:
    """Follow the least steps from one set of clipped entitlements to the next, until the set stays."""
    now, steps = data, np.zeros(knob.moves.shape[1])
    for _ in range(ROUNDS):
        found = _least_steps(now, programme, knob, steps)
        if found is None:
            return
        steps = found
        yield steps
        try:
            moved = knob.turned(data, _change(knob, steps))
        except CapshareError:
            # Bounds that leave no room, or cross: not a way to mend.
            return
        if moved.provinces["clipped"].equals(now.provinces["clipped"]):
            return
        now = moved


def _least_steps(now: AllocationData, programme: Programme, knob: Knob, taken: Vector) -> Vector | None:
    """Least steps, counted from the original numbers, with entitlements clipped as they are now."""
    program = programme(now)
    directions = _effect_matrix(program, knob, now) @ csc_array(knob.moves.to_numpy())
    shift = directions @ taken
    start = replace(program, row_lower=program.row_lower + shift, row_upper=program.row_upper + shift)
    return least_relaxation(start, csc_array(directions), np.ones(len(taken)), knob.limit)


def _effect_matrix(program: LinearProgram, knob: Knob, now: AllocationData) -> csc_array:
    """Effects of the numbers as a matrix: rows of the programme, columns of the knob's numbers."""
    effects = knob.effects(now)
    row = [
        program.row(component).start + program.rows[component].get_loc(label)
        for component, label, _, _ in effects
    ]
    column = [knob.moves.index.get_loc(number) for _, _, number, _ in effects]
    size = [coefficient for _, _, _, coefficient in effects]
    return csc_array((size, (row, column)), shape=(len(program.row_lower), len(knob.moves)))


def _change(knob: Knob, steps: Vector) -> pd.Series:
    return pd.Series(knob.moves.to_numpy() @ steps, index=knob.moves.index)


def _turned(data: AllocationData, programme: Programme, knob: Knob, steps: Vector) -> AllocationData | None:
    """Return the data with the steps taken, or None where that does not mend it."""
    try:
        moved = knob.turned(data, _change(knob, steps))
    except CapshareError:
        return None
    return moved if is_feasible(programme(moved)) else None
