"""Cap from a cumulative budget: spread over its years by a stated shape, adding up to it."""

from __future__ import annotations

import math
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from capshare.base.errors import CapshareError, Problem
from capshare.base.years import number_problems

Shape = Literal["constant", "linear", "exponential"]


def budget_cap_path(
    budget_mt: float, *, first_year: int, last_year: int, shape: Shape, first_mt: float | None = None
) -> pd.DataFrame:
    r"""Cap of every year, so that all add up to the budget.

    .. math:: \sum_{k=0}^{n-1} Q_k = B,\qquad
        Q_k = B/n,\quad Q_k = Q_0 - dk,\quad\text{or}\quad Q_k = Q_0\,q^k

    A declining shape starts at :math:`Q_0`; d or q follow from the budget. The last year takes what rounding
    leaves over.

    Parameters
    ----------
    budget_mt : B, Mt CO2 over all years
    first_year, last_year : both within the budget
    shape : "constant"; "linear", falling by equal Mt a year; "exponential", by one percentage a year
    first_mt : :math:`Q_0`, cap of the first year, Mt; for the declining shapes only

    Returns
    -------
    DataFrame, index ``year``; ``cap_mt``, ``cumulative_mt``, ``remaining_mt`` (after the year) and the
    inputs: ``budget_mt, shape, first_mt``.

    Raises
    ------
    CapshareError
        where the budget is not positive, the years are reversed, the first year is missing or given in vain,
        or no decline from it meets the budget; all at once.
    """
    problems = _problems(budget_mt, last_year - first_year + 1, shape, first_mt)
    if problems:
        raise CapshareError(problems)
    years = pd.RangeIndex(first_year, last_year + 1, name="year")
    start = budget_mt / len(years) if first_mt is None else first_mt
    cap = _spread(budget_mt, len(years), shape, start)
    cap[-1] = budget_mt - math.fsum(cap[:-1])
    cumulative = np.array([math.fsum(cap[: k + 1]) for k in range(len(cap))])
    path = pd.DataFrame({"cap_mt": cap, "cumulative_mt": cumulative}, index=years)
    path["remaining_mt"] = budget_mt - path["cumulative_mt"]
    return path.assign(budget_mt=budget_mt, shape=shape, first_mt=start)


def _spread(budget_mt: float, n: int, shape: Shape, start: float) -> NDArray[np.float64]:
    k = np.arange(n, dtype=float)
    if shape == "constant" or n == 1:
        return np.full(n, start)
    if shape == "linear":
        fall = 2 * (n * start - budget_mt) / (n * (n - 1))
        return start - fall * k
    from scipy.optimize import brentq

    # A hair above 1, so that a budget of n equal years is bracketed despite rounding.
    ratio = float(brentq(lambda q: start * float((q**k).sum()) - budget_mt, 0.0, 1 + 1e-9, xtol=1e-15))
    return start * ratio**k


def _problems(budget_mt: float, n: int, shape: str, first_mt: float | None) -> list[Problem]:
    source = "budget_cap_path"
    problems = number_problems(source, "budget_mt", budget_mt)
    if n < 1:
        expected, remedy = "the first year or a later one", "Swap them."
        problems.append(Problem(source, "last_year", expected, "an earlier year", remedy))
    if shape not in get_args(Shape):
        expected = ", ".join(get_args(Shape))
        problems.append(Problem(source, "shape", f"one of {expected}", repr(shape), "Name one of them."))
    elif shape == "constant" and first_mt is not None:
        remedy = "Leave it out, or choose a shape that declines."
        problems.append(Problem(source, "first_mt", "none for a constant cap", f"{first_mt:g}", remedy))
    elif shape != "constant" and first_mt is None:
        remedy = "Give it, for example the emissions of the base year."
        problems.append(Problem(source, "first_mt", "the first year's Mt", "none", remedy))
    if first_mt is not None:
        problems += number_problems(source, "first_mt", first_mt)
    if problems or first_mt is None:
        return problems
    return _reach_problems(budget_mt, n, shape, first_mt)


def _reach_problems(budget_mt: float, n: int, shape: str, first_mt: float) -> list[Problem]:
    """Whether a path that falls from the first year and stays at or above 0 can use up the budget."""
    most = n * first_mt
    # A straight line to 0 in the last year; an exponential comes near to the first year alone.
    least = most / 2 if shape == "linear" and n > 1 else first_mt
    enough = least < budget_mt if shape == "exponential" and n > 1 else least <= budget_mt * (1 + 1e-12)
    if enough and budget_mt <= most * (1 + 1e-12):
        return []
    expected = f"a first year from {budget_mt / n:g} Mt (constant) up to what a {shape} decline allows"
    found = f"{first_mt:g} Mt, which can use {least:g} to {most:g} Mt of the budget's {budget_mt:g}"
    remedy = "Change the budget, its shape or the years."
    return [Problem("budget_cap_path", "first_mt", expected, found, remedy)]
