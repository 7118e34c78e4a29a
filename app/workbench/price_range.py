"""How far the target can be turned before its price is another one."""

from __future__ import annotations

import math
from collections.abc import Mapping

from capshare.chain.prepared import PreparedStudy
from capshare.chain.solved_year import solve_year
from capshare.model.allocation.infeasibility.explain import NoSplitError
from capshare.model.allocation.one_sided import cap_sides
from capshare.model.rules.registry import find


def price_holds(found: PreparedStudy) -> Mapping[str, tuple[float, float]]:
    """Key of the last year's target → values between which the price of its cap stays what it is.

    Parameters
    ----------
    found : the chain of a study

    Returns
    -------
    empty where the cap is divided between groups, where years are tied, so that one cap moves the prices of
    others, where a rule shares another cap out otherwise, or the target is no one number of that year
    """
    year, numbers = found.inputs.years[-1], found.numbers
    proportional = numbers.sharing.targets is not None or find(numbers.sharing.rule).share_of is not None
    if numbers.year_rules.tie or numbers.scope == "groups" or not proportional:
        return {}
    try:
        solved = solve_year(found, year)
    except NoSplitError:
        return {}
    [sides] = cap_sides(solved.allocation, found.engine.options).to_dict("records")
    ends = (sides["holds_from_mt"], sides["holds_to_mt"])
    if any(end is None or not math.isfinite(end) for end in ends):
        return {}
    low, high = (float(end) / (1 - found.study.market.reserve_share) for end in ends)
    return _as_target(found, year, low, high)


def _as_target(
    found: PreparedStudy, year: int, low_mt: float, high_mt: float
) -> dict[str, tuple[float, float]]:
    """The caps as the study states its target."""
    cap = found.study.cap
    if cap.method == "table":
        return {f"cap.mt.{year}": (low_mt, high_mt)}
    constant = found.inputs.constant_intensity_mt(found.study.study.base_year)
    if cap.method != "intensity-plan" or cap.plan_year not in (None, year) or constant is None:
        return {}
    total = float(constant[year].sum())
    return {"cap.cut_pct": (100 * (1 - high_mt / total), 100 * (1 - low_mt / total))}
