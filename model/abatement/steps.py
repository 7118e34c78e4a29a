"""Cost steps: a province's emissions cut in equal steps, each with its price."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.distance_function import DistanceFunction

# Between steps that cost the same, a price may fall by what the solver's tolerance leaves open.
ROUNDING = 1e-6


def step_middles(steps: int, max_abatement: float) -> pd.Series:
    r"""Give the cut at the middle of each step.

    .. math:: p_s = p_{max}\,(s-\tfrac12)/S

    Parameters
    ----------
    steps : S, at least 1
    max_abatement : :math:`p_{max}`, the largest cut, above 0 and at most 1

    Returns
    -------
    Series
        index ``step`` from 1, share of emissions cut

    Raises
    ------
    CapshareError
        If either is out of range.
    """
    problems = []
    if steps < 1:
        problems.append(Problem("steps", "", "at least 1", str(steps), "Ask for one step or more."))
    if not 0 < max_abatement <= 1:
        problems.append(
            Problem("max_abatement", "", "above 0 and at most 1", f"{max_abatement:g}", "Give a share.")
        )
    if problems:
        raise CapshareError(problems)
    step = pd.RangeIndex(1, steps + 1, name="step")
    return pd.Series(max_abatement * (np.arange(steps) + 0.5) / steps, index=step, name="cut")


def step_table(
    emissions_mt: pd.Series, cost_yuan_per_t: pd.DataFrame, *, max_abatement: float
) -> pd.DataFrame:
    r"""Set each step's size beside its cost.

    .. math:: A_{is} = E_i\,p_{max}/S

    Parameters
    ----------
    emissions_mt : index code, Mt; the study's emissions
    cost_yuan_per_t : index code, one column per step in rising order, yuan/t
    max_abatement : :math:`p_{max}`, share of emissions cut after the last step

    Returns
    -------
    DataFrame
        index (code, step); ``size_mt, cost_yuan_per_t``

    Raises
    ------
    CapshareError
        If the codes differ, a cost is negative or not finite, or costs fall from one step to the next.
    """
    _check_codes(emissions_mt, cost_yuan_per_t)
    _check_costs(cost_yuan_per_t)
    costs = cost_yuan_per_t.rename_axis(index="code", columns="step").T.unstack()
    size = emissions_mt * (max_abatement / cost_yuan_per_t.shape[1])
    sizes = size.reindex(costs.index.get_level_values("code")).to_numpy()
    return pd.DataFrame({"size_mt": sizes, "cost_yuan_per_t": costs})


def distance_function_steps(
    function: DistanceFunction,
    base: pd.DataFrame,
    emissions_mt: pd.Series,
    *,
    steps: int = 12,
    max_abatement: float = 0.6,
) -> pd.DataFrame:
    r"""Price every step by the distance function at its middle, GDP and inputs held fixed.

    .. math:: c_{is} = q\bigl(x_i, y_i, b_i(1-p_s)\bigr)

    The function knows emissions from fuels; the study may use another column (with process or agricultural
    emissions). The relative cut is what both share: the cost at a cut of p % is read at p % off the
    function's own emissions, the step's size is that share of the study's emissions. With GDP held fixed a
    deep cut may leave the technology observed so far (a negative distance); its price is then an
    extrapolation.

    Parameters
    ----------
    function : estimated distance function
    base : index code, one column per argument, the base year
    emissions_mt : index code, Mt; the study's emissions
    steps : number of equal steps
    max_abatement : share of emissions cut after the last step; at most what the function was estimated for

    Returns
    -------
    DataFrame
        index (code, step); ``size_mt, cost_yuan_per_t``

    Raises
    ------
    CapshareError
        If the codes differ, or the cut exceeds what the function was estimated for.
    """
    if max_abatement > function.max_abatement:
        raise CapshareError(
            Problem(
                "max_abatement",
                "",
                f"at most {function.max_abatement:g}, the cut the distance function is guarded for",
                f"{max_abatement:g}",
                "Estimate the function with this cut.",
            )
        )
    emissions = function.technology.emissions
    costs = {
        step: function.price_yuan_per_t(base.assign(**{emissions: base[emissions] * (1 - cut)}))
        for step, cut in step_middles(steps, max_abatement).items()
    }
    return step_table(emissions_mt, pd.DataFrame(costs), max_abatement=max_abatement)


def _check_codes(emissions_mt: pd.Series, costs: pd.DataFrame) -> None:
    differing = sorted(map(str, emissions_mt.index.symmetric_difference(costs.index)))
    if differing:
        raise CapshareError(
            Problem(
                "emissions_mt and costs",
                "index",
                "the same province codes",
                f"only one of them has {', '.join(differing)}",
                "Drop or supply these provinces.",
            )
        )


def _check_costs(costs: pd.DataFrame) -> None:
    problems = [
        Problem("costs", f"{code}, step {step}", "a finite cost >= 0", str(cost), "Correct the cost.")
        for step in costs.columns
        for code, cost in costs.loc[~(costs[step].ge(0) & costs[step].lt(np.inf)), step].items()
    ]
    falling = costs.diff(axis=1).lt(-ROUNDING * costs.abs())
    problems += [
        Problem(
            "costs",
            f"{code}, step {step}",
            "a cost no lower than the step before",
            f"{costs.loc[code, step]:g}",
            "Order the steps by cost.",
        )
        for step in costs.columns
        for code in costs.index[falling[step]]
    ]
    if problems:
        raise CapshareError(problems)
