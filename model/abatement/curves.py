"""Curves on offer: the same provinces' steps by every form of marginal cost, the one used first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from capshare.model.abatement.choices import EstimatedMethod, Shape
from capshare.model.abatement.frontier import Frontier
from capshare.model.abatement.power_law import PowerLaw
from capshare.model.abatement.productivity import productivity_steps
from capshare.model.abatement.rising_curves import logarithmic_cost, power_cost
from capshare.model.abatement.steps import distance_function_steps, step_middles, step_table


@dataclass(frozen=True)
class Curves:
    """Cost steps by several curves, before anchoring.

    Attributes
    ----------
    steps : curve → index (code, step); ``size_mt, cost_yuan_per_t``; the one used first
    price_yuan_per_t : index code, of the curve used, at zero cut; of the logarithmic curve at the cut
        where it meets the power law
    """

    steps: Mapping[str, pd.DataFrame]
    price_yuan_per_t: pd.Series

    @property
    def used(self) -> pd.DataFrame:
        """Steps of the curve used."""
        return next(iter(self.steps.values()))


def curves_on_offer(
    found: Frontier,
    other: Frontier,
    law: PowerLaw | None,
    observed: pd.DataFrame,
    emissions_mt: pd.Series,
    method: EstimatedMethod,
    shape: Shape,
) -> Curves:
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
    Curves
    """
    steps, deepest = shape.steps, shape.max_abatement
    curves = {
        _name(one): distance_function_steps(
            one.function, one.sample.base, emissions_mt, steps=steps, max_abatement=deepest
        )
        for one in (found, other)
    }
    used, price = _name(found), found.function.price_yuan_per_t(found.sample.base)
    if law is not None:
        for name, cost in _rising(law, shape).items():
            curves[name] = _steps(cost, emissions_mt, shape)
        if method != "distance-function":
            used = method
            at_zero = 0.0 if method == "power" else shape.meeting_cut
            price = _rising(law, shape)[method](at_zero).rename("price_yuan_per_t")
    curves["productivity"] = productivity_steps(
        observed["gdp_1e8yuan"], emissions_mt, steps=steps, max_abatement=deepest
    )
    return Curves({used: curves[used], **curves}, price)


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
