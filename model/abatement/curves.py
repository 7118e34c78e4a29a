"""Curves on offer: the same provinces' steps by every form of marginal cost, the one used first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from capshare.model.abatement.choices import EstimatedMethod, Shape
from capshare.model.abatement.frontier import Frontier
from capshare.model.abatement.power_law import PowerLaw
from capshare.model.abatement.productivity import productivity_steps
from capshare.model.abatement.rising_curves import logarithmic_cost, power_cost
from capshare.model.abatement.steps import distance_function_steps, step_middles, step_table


def curve_used(
    found: Frontier, law: PowerLaw | None, emissions_mt: pd.Series, method: EstimatedMethod, shape: Shape
) -> tuple[pd.DataFrame, pd.Series]:
    """Steps and price of one curve, before anchoring.

    Parameters
    ----------
    found : the frontier
    law : of the rising curves; None for the frontier's own
    emissions_mt : index code, Mt; the study's emissions
    method : which curve
    shape : of the steps

    Returns
    -------
    DataFrame, index (code, step), ``size_mt, cost_yuan_per_t``; Series, index code, the price at zero cut, of
    the logarithmic curve at the cut where it meets the power law
    """
    if law is None or method == "distance-function":
        return _of_frontier(found, emissions_mt, shape), found.function.price_yuan_per_t(found.sample.base)
    cost = _rising(law, shape)[method]
    price = cost(0.0 if method == "power" else shape.meeting_cut)
    return _steps(cost, emissions_mt, shape), price.rename("price_yuan_per_t")


def curves_on_offer(
    found: Frontier,
    other: Frontier,
    law: PowerLaw | None,
    observed: pd.DataFrame,
    emissions_mt: pd.Series,
    method: EstimatedMethod,
    shape: Shape,
) -> Mapping[str, pd.DataFrame]:
    """Make every curve that the estimate gives, and the naive one.

    Parameters
    ----------
    found, other : the frontier used, and the one that differs in null-jointness
    law : of the rising curves; None leaves them out
    observed : index code; ``gdp_1e8yuan`` and ``emissions_mt`` of the year priced, for the naive curve
    emissions_mt : index code, Mt; the study's emissions
    method : which of them is used
    shape : of the steps

    Returns
    -------
    curve → index (code, step); ``size_mt, cost_yuan_per_t``; the one used first
    """
    curves = {_name(one): _of_frontier(one, emissions_mt, shape) for one in (found, other)}
    used = _name(found)
    if law is not None:
        curves |= {name: _steps(cost, emissions_mt, shape) for name, cost in _rising(law, shape).items()}
        used = used if method == "distance-function" else method
    curves["productivity"] = productivity_steps(
        observed["gdp_1e8yuan"], emissions_mt, steps=shape.steps, max_abatement=shape.max_abatement
    )
    return {used: curves[used], **curves}


def price_before_any_cut(found: Frontier, law: PowerLaw | None) -> pd.Series:
    """Price that the median is anchored at: of the power law where there is one, else as estimated.

    Parameters
    ----------
    found : the frontier used
    law : of the rising curves; None where none is used

    Returns
    -------
    Series
        index code, yuan/t
    """
    if law is None:
        return found.function.price_yuan_per_t(found.sample.base)
    return law.provinces["fitted_price_yuan_per_t"]


def _of_frontier(one: Frontier, emissions_mt: pd.Series, shape: Shape) -> pd.DataFrame:
    return distance_function_steps(
        one.function, one.sample.base, emissions_mt, steps=shape.steps, max_abatement=shape.max_abatement
    )


def _name(one: Frontier) -> str:
    return f"{'with' if one.function.null_joint else 'without'} null-jointness"


def _rising(law: PowerLaw, shape: Shape) -> dict[str, Callable[[float], pd.Series]]:
    price, b = law.provinces["fitted_price_yuan_per_t"], law.elasticity
    return {
        "power": partial(power_cost, price, elasticity=b),
        "logarithmic": partial(logarithmic_cost, price, elasticity=b, meeting_cut=shape.meeting_cut),
    }


def _steps(cost: Callable[[float], pd.Series], emissions_mt: pd.Series, shape: Shape) -> pd.DataFrame:
    middles = step_middles(shape.steps, shape.max_abatement)
    costs = pd.DataFrame({step: cost(cut) for step, cut in middles.items()})
    return step_table(emissions_mt, costs, max_abatement=shape.max_abatement)
