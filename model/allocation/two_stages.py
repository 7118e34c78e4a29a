"""The stages of an allocation on arrays: least cost, then closest to the entitlements, then who trades."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from capshare.base.errors import CapshareError, Problem
from capshare.model.allocation.data_arrays import AllocationArrays, Places
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.allocation.second_stage import closest_to, feasible_start, measured_by
from capshare.solvers.highs import HighsOptions, solve
from capshare.solvers.nearest_point import Goal, nearest_optimum
from capshare.solvers.program import LinearProgram, Solution, UnsolvedError, Vector

# Mt × yuan/t is 1e6 yuan.
MT_YUAN_PER_T_IN_1E8YUAN = 0.01


class Quantities(NamedTuple):
    """What each province gets, abates, trades and pays; one per province, in the order of the columns."""

    quota_mt: Vector
    uncovered_mt: Vector
    abatement_mt: Vector
    carried_in_mt: Vector
    carried_out_mt: Vector
    purchase_mt: Vector
    sale_mt: Vector
    cost_1e8yuan: Vector
    penalty_1e8yuan: Vector


@contextmanager
def told_without_optimum() -> Iterator[None]:
    """Tell an engine's end without an optimum inside the block as what it means for an allocation.

    Raises
    ------
    NoSplitError
        where the rules contradict each other.
    CapshareError
        where an engine ends without an optimum for another reason.
    """
    try:
        yield
    except UnsolvedError as unsolved:
        if "infeasible" in unsolved.status:
            raise NoSplitError from unsolved
        raise CapshareError(
            Problem("solver", "", "an optimum", f"status {unsolved.status}",
                    "Choose another method, or wider tolerances, in [solver].")
        ) from unsolved  # fmt: skip


def closest_value(first: Solution, numbers: AllocationArrays, options: HighsOptions | None = None) -> Vector:
    r"""Solve the second and the third stage, and share out what is sold in proportion to surpluses.

    In the second, the simplex goes on from the first stage's vertex, which lies in the second's feasible set;
    where that fails, and with an interior point, it starts afresh. A sum of absolute values can leave a
    choice, above all between provinces with equal entitlements; the third stage has none:

    .. math:: \min\sum_i\frac{(x_i-e_i)^2}{e_i}\quad\text{over all solutions of the second}

    Parameters
    ----------
    first : solution of the first stage
    numbers : what it is a solution for
    options : of HiGHS

    Returns
    -------
    Array, one per column of the first stage, Mt
    """
    options = options or HighsOptions()
    entitlement = numbers.entitled.entitlement_mt
    second = _solved(first, closest_to(first, entitlement), options)
    value = nearest_optimum(second, _goals(first.program, numbers), options)[: len(first.value)]
    kept = numbers.emissions_mt - _abatement(value, first.program, numbers)
    entering, leaving = _carried(value, first.program, numbers)
    columns = first.program.column_positions
    need = kept - value[columns["uncovered"]] - value[columns["quota"]] - entering + leaving
    value[columns["purchase"]], value[columns["sale"]] = trades(need, numbers.market)
    return value


def _goals(program: LinearProgram, numbers: AllocationArrays) -> Iterator[Goal]:
    """What ties are broken by: quotas near entitlements, then even abatement, then no carrying.

    Emissions that stay uncovered count as abated: they too are what a province does not emit under a quota.
    """
    every, where = np.arange(len(program.cost)), program.column_positions
    entitlement, emissions = numbers.entitled.entitlement_mt, numbers.emissions_mt
    own, measure = np.arange(len(emissions)), np.where(emissions > 0, emissions, 1.0)
    yield Goal(every[where["quota"]], own, entitlement, measured_by(entitlement))
    columns = np.concatenate([every[where["abatement"]], every[where["uncovered"]]])
    member = np.concatenate([numbers.steps.province, own])
    yield Goal(columns, member, np.zeros(len(own)), measure)
    if len(start := numbers.links.start):
        yield Goal(every[where["carry"]], np.arange(len(start)), np.zeros(len(start)), measure[start])


def _solved(first: Solution, program: LinearProgram, options: HighsOptions) -> Solution:
    if first.basis is not None and options.for_program(program).method == "simplex":
        try:
            return solve(program, options, feasible_start(first, program), from_feasible=True)
        except UnsolvedError:
            pass
    return solve(program, options)


def quantities(value: Vector, program: LinearProgram, numbers: AllocationArrays) -> Quantities:
    """What the columns of the first stage mean for each province.

    Parameters
    ----------
    value : one per column, Mt
    program : the first stage
    numbers : what it was made of
    """
    columns = program.column_positions
    uncovered = value[columns["uncovered"]]
    entering, leaving = _carried(value, program, numbers)
    spent = _abatement(value, program, numbers, numbers.steps.cost_yuan_per_t)
    penalty = uncovered * numbers.limits.penalty_yuan_per_t
    return Quantities(
        quota_mt=value[columns["quota"]],
        uncovered_mt=uncovered,
        abatement_mt=_abatement(value, program, numbers),
        carried_in_mt=entering,
        carried_out_mt=leaving,
        purchase_mt=value[columns["purchase"]],
        sale_mt=value[columns["sale"]],
        cost_1e8yuan=spent * MT_YUAN_PER_T_IN_1E8YUAN,
        penalty_1e8yuan=penalty * MT_YUAN_PER_T_IN_1E8YUAN,
    )


def _abatement(
    value: Vector, program: LinearProgram, numbers: AllocationArrays, weight: Vector | float = 1.0
) -> Vector:
    """What a province abates, over its steps; weighted by their costs where these are given."""
    abated = value[program.column_positions["abatement"]] * weight
    return _summed(numbers.steps.province, abated, len(numbers.provinces))


def _carried(value: Vector, program: LinearProgram, numbers: AllocationArrays) -> tuple[Vector, Vector]:
    """Quota that enters each province's year from earlier ones, and that leaves it for later ones."""
    n, links = len(numbers.provinces), numbers.links
    if not len(links.start):
        return np.zeros(n), np.zeros(n)
    amount = value[program.column_positions["carry"]]
    return _summed(links.end, amount, n), _summed(links.start, amount, n)


def _summed(place: Places, amount: Vector, n: int) -> Vector:
    """Amounts added up by their place, one sum for each of n."""
    return np.bincount(place, amount, minlength=n).astype(float)


def trades(need_mt: Vector, market: Places) -> tuple[Vector, Vector]:
    r"""Who buys what it lacks, and who sells how much of its surplus, in each market.

    .. math:: b_i = \max(n_i, 0),\quad v_i = \frac{\max(-n_i,0)}{\sum_j\max(-n_j,0)}\sum_j b_j

    Parameters
    ----------
    need_mt : one per province; emissions less abatement, quota and what is carried in, n, Mt
    market : one per province; number of its market, from 0

    Returns
    -------
    purchases and sales, one per province, Mt
    """
    # Subtracted from 0.0 so that a balanced province sells 0.0, not -0.0.
    purchase, surplus = np.maximum(need_mt, 0.0), np.maximum(0.0 - need_mt, 0.0)
    wanted, offered = (np.bincount(market, part)[market] for part in (purchase, surplus))
    share = np.divide(wanted, offered, out=np.zeros_like(wanted), where=offered > 0)
    return purchase, surplus * share
