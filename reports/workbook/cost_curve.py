r"""The curve behind the abatement steps, where it has a closed form that a spreadsheet can follow.

.. math:: A_{is}=E_i\frac{p_{max}}S,\qquad p_s=p_{max}\frac{s-1/2}S

power: :math:`c_{is}=q_i(1-p_s)^b`; logarithmic: :math:`c_{is}=q_i\ln(1-p_s)/\ln(1-m)`; GDP per tonne:
:math:`c_{is}=q_i\,p_s/p_{max}`, with q the level of each province's curve.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capshare.base.conventions import conventions
from capshare.model.abatement.anchor import weighted_median
from capshare.model.abatement.choices import free_of_size
from capshare.model.abatement.rising_curves import logarithmic_cost, power_cost
from capshare.reports.workbook.figures import figure_key, figures
from capshare.reports.workbook.workbook_data import WorkbookData

POWER, LOGARITHMIC, PRODUCTIVITY = "power", "logarithmic", "productivity"
# Agreement with the run's own steps that lets a formula stand in their place.
_SAME = 1e-11


@dataclass(frozen=True)
class CostCurve:
    """What the costs of all steps follow from.

    Attributes
    ----------
    method : "power", "logarithmic" or "productivity"
    steps, max_abatement : of each province, and the largest cut as a share
    before_yuan_per_t : index code; price before any cut and before anchoring
    level_yuan_per_t : index code; after anchoring; of the logarithmic curve where it meets the power law
    weight : index code; what each price counts by in the median that is anchored
    anchor_yuan_per_t : what that median is scaled to; None where prices stay as found
    elasticity, meeting_cut : of the power law; the cut at which the logarithmic curve costs the same
    gdp_column : of the inputs, for GDP per tonne; empty for the others
    anchor_key : where a run reads the anchor
    """

    method: str
    steps: int
    max_abatement: float
    before_yuan_per_t: pd.Series
    level_yuan_per_t: pd.Series
    weight: pd.Series
    anchor_yuan_per_t: float | None
    elasticity: float
    meeting_cut: float
    gdp_column: str = ""
    anchor_key: str = ""


def cost_curve(data: WorkbookData) -> CostCurve | None:
    """The curve of a run; None where no closed form gives its steps, which stay as solved.

    Parameters
    ----------
    data : of the run
    """
    method = str(data.setting("prices.method", ""))
    makes: dict[str, Callable[[WorkbookData], CostCurve | None]] = {
        POWER: _of_law,
        LOGARITHMIC: _of_law,
        PRODUCTIVITY: _of_productivity,
    }
    curve = makes[method](data) if method in makes and len(data.steps) else None
    return curve if curve is not None and _gives(curve, data) else None


def middles(curve: CostCurve, step: pd.Index) -> pd.Series:
    """Cut at the middle of each step, as a share.

    Parameters
    ----------
    curve : gives the largest cut and the number of steps
    step : from 1
    """
    number = np.asarray(step, dtype=float)
    return pd.Series(curve.max_abatement * (number - 0.5) / curve.steps, index=step)


def costs_at(curve: CostCurve, cut: float) -> pd.Series:
    """Cost of a tonne at a cut in every province, index code, yuan/t.

    Parameters
    ----------
    curve : with its levels
    cut : share of emissions cut
    """
    level = curve.level_yuan_per_t
    if curve.method == POWER:
        return power_cost(level, cut, elasticity=curve.elasticity)
    if curve.method == LOGARITHMIC:
        # Levels are those at the meeting cut already.
        return logarithmic_cost(level, cut, elasticity=0.0, meeting_cut=curve.meeting_cut)
    return level * cut / curve.max_abatement


def _of_law(data: WorkbookData) -> CostCurve | None:
    costs = data.outcome.costs
    if costs is None or costs.fit is None or "fitted_price_yuan_per_t" not in costs.marginal:
        return None
    before = costs.marginal["fitted_price_yuan_per_t"].reindex(list(data.codes)).astype(float)
    level = costs.marginal["used_price_yuan_per_t"].reindex(list(data.codes)).astype(float)
    elasticity = float(costs.fit["elasticity"].iloc[0])
    meeting = float(data.setting("prices.meeting_cut", 0.0))
    return _anchored(data, before, level, elasticity, meeting)


def _of_productivity(data: WorkbookData) -> CostCurve | None:
    column = str(data.setting("prices.gdp_column", ""))
    if column not in data.inputs:
        return None
    before = conventions().millions * data.inputs[column] / data.inputs["emissions_mt"]
    last = data.steps_in(data.years[0])["cost_yuan_per_t"].groupby(level="code").last()
    steps = int(data.setting("prices.steps", 1))
    level = (last * steps / (steps - 0.5)).reindex(before.index)
    return _anchored(data, before, level, 0.0, 0.0, column)


def _anchored(
    data: WorkbookData,
    before: pd.Series,
    level: pd.Series,
    elasticity: float,
    meeting_cut: float,
    gdp_column: str = "",
) -> CostCurve:
    """The curve, with the price that its median was scaled to."""
    emissions = data.inputs["emissions_mt"].reindex(before.index)
    method = data.setting("prices.method", "")
    by_size = free_of_size(method, data.setting("prices.technology", "per-worker"))
    weight = emissions if by_size else pd.Series(1.0, index=before.index)
    anchor, key = _anchor(data)
    return CostCurve(
        method=str(method),
        steps=int(data.setting("prices.steps", 1)),
        max_abatement=float(data.setting("prices.max_abatement", 1.0)),
        before_yuan_per_t=before,
        level_yuan_per_t=level,
        weight=weight,
        anchor_yuan_per_t=anchor,
        elasticity=elasticity,
        meeting_cut=meeting_cut,
        gdp_column=gdp_column,
        anchor_key=key,
    )


def _anchor(data: WorkbookData) -> tuple[float | None, str]:
    """What the median is scaled to, yuan/t, and where a run reads it: a figure of the dataset, a number."""
    known, asked = figures(data, "anchor"), data.setting("prices.anchor", "none")
    if not known.empty:
        return float(known["value"].iloc[0]), figure_key(known, known.index[0])
    return (float(asked), "prices.anchor") if isinstance(asked, int | float) else (None, "")


def level_found(curve: CostCurve) -> pd.Series:
    """Levels as the formulas find them, index code, yuan/t.

    Parameters
    ----------
    curve : with its prices before anchoring
    """
    price = curve.before_yuan_per_t
    if curve.method == LOGARITHMIC:
        price = power_cost(price, curve.meeting_cut, elasticity=curve.elasticity)
    if curve.anchor_yuan_per_t is None:
        return price
    return price * (curve.anchor_yuan_per_t / weighted_median(curve.before_yuan_per_t, curve.weight))


def _gives(curve: CostCurve, data: WorkbookData) -> bool:
    """Whether the formulas give the run's own steps in every year."""
    steps = data.steps
    code, step = (steps.index.get_level_values(name) for name in ("code", "step"))
    costs = pd.DataFrame(
        {number: costs_at(curve, cut) for number, cut in middles(curve, step.unique()).items()}
    )
    cost = costs.stack().loc[list(zip(code, step, strict=True))].to_numpy()
    emissions = data.provinces["emissions_mt"].loc[[label[:2] for label in steps.index]].to_numpy()
    size = emissions * curve.max_abatement / curve.steps
    return (
        np.allclose(cost, steps["cost_yuan_per_t"], rtol=_SAME, atol=0.0)
        and np.allclose(size, steps["size_mt"], rtol=_SAME, atol=0.0)
        and np.allclose(level_found(curve), curve.level_yuan_per_t, rtol=_SAME, atol=0.0)
    )
