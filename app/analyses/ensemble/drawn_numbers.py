"""From what a draw makes of the uncertain inputs to the numbers of a year, and of the potential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from capshare.analyses.ensemble.draws import Drawn
from capshare.analyses.ensemble.setting_keys import change_of
from capshare.analyses.ensemble.uncertain_study import EMISSIONS, UncertainStudy
from capshare.chain.from_inputs import AUTO_PENALTY
from capshare.chain.planned import planned
from capshare.chain.variant_potential import PotentialNumbers
from capshare.chain.year_numbers import YearNumbers
from capshare.indicators.expression import evaluate_array
from capshare.model.abatement.anchor import anchor_factor
from capshare.solvers.program import Vector
from capshare.study.study import Study


class DrawnNumbers:
    """The numbers of a year as a function of a draw.

    Errors of columns reach the indicators, the potential, the costs that follow from GDP per tonne and the
    columns of the rule; provincial growth rates stay the study's. Another inventory, or errors of emissions,
    move emissions before abatement, bounds and the sizes of abatement steps in proportion; the sum stays.

    Parameters
    ----------
    uncertain : the study
    base : its numbers of the year that is drawn
    """

    def __init__(self, uncertain: UncertainStudy, base: YearNumbers) -> None:
        self._uncertain, self._study, self._base = uncertain, uncertain.study, base

    def columns(self, drawn: Drawn) -> Mapping[str, Vector]:
        """Columns of the dataset with their errors, and the base year's emissions.

        Parameters
        ----------
        drawn : of a draw
        """
        factor, unchanged = drawn.column_factor, self._uncertain.columns
        columns = {name: own * factor.get(name, 1.0) for name, own in unchanged.items()}
        return {**columns, EMISSIONS: self._emissions_mt(drawn)}

    def numbers(self, drawn: Drawn, columns: Mapping[str, Vector]) -> YearNumbers:
        """The numbers of the year.

        Parameters
        ----------
        drawn : of a draw
        columns : of :meth:`columns`
        """
        base, study = self._base, self._study
        indicators = base.indicators
        values = np.column_stack([evaluate_array(each.expression, columns) for each in study.scored])
        given = indicators.given_weight if drawn.weight is None else drawn.weight
        weighting = indicators.weighting if drawn.weight is None else "given"
        moved = _ratio(columns[EMISSIONS], base.emissions_mt)
        factor = self._price_factor(drawn, columns) * drawn.cost_factor
        cost = base.steps.cost_yuan_per_t * factor[base.steps.province]
        numbers = base.with_(
            indicators__values=values,
            indicators__given_weight=given,
            indicators__weighting=weighting,
            emissions_mt=columns[EMISSIONS],
            baseline_mt=base.baseline_mt * moved * self._growth(drawn),
            price_yuan_per_t=base.price_yuan_per_t * factor,
            steps__size_mt=base.steps.size_mt * moved[base.steps.province],
            steps__cost_yuan_per_t=cost,
        )
        if study.allocation.penalty_yuan_per_t == "auto":
            numbers = numbers.with_(limits__penalty_yuan_per_t=AUTO_PENALTY * float(cost.max()))
        targets = base.sharing.targets
        if targets is not None:
            constant = targets.constant_intensity_mt * moved * self._growth(drawn)
            numbers = planned(numbers, constant_intensity_mt=constant)
        for key, value in drawn.settings.items():
            change = change_of(key)
            if change is not None:
                numbers = change(numbers, study, value)
        return self._with_bounds(self._with_columns(numbers, drawn))

    def potential(self, columns: Mapping[str, Vector]) -> PotentialNumbers | None:
        """The numbers of the potential; None where the study has none.

        Parameters
        ----------
        columns : of :meth:`columns`
        """
        base, asked = self._uncertain.potential, self._study.potential
        if base is None or asked is None:
            return None
        values = [evaluate_array(indicator.expression, columns) for indicator in asked.indicators]
        return replace(base, values=np.column_stack(values))

    def _emissions_mt(self, drawn: Drawn) -> Vector:
        own = self._uncertain.inventories[drawn.inventory]
        if EMISSIONS not in drawn.column_factor:
            return own
        emissions = own * drawn.column_factor[EMISSIONS]
        return np.asarray(emissions * (own.sum() / emissions.sum()))

    def _growth(self, drawn: Drawn) -> float:
        """GDP of the year as a multiple of what it is without the draw's growth."""
        before = np.asarray(self._uncertain.growth_factor)
        return float(np.prod((before + drawn.growth_points / 100) / before))

    def _price_factor(self, drawn: Drawn, columns: Mapping[str, Vector]) -> Vector:
        """What errors of columns and emissions make of the prices, as a multiple."""
        asked, base = self._study.prices, self._base
        if asked.method == "given":
            return np.ones_like(base.emissions_mt) * drawn.column_factor.get(asked.column or "", 1.0)
        if asked.method != "productivity":
            return np.ones_like(base.emissions_mt)
        before = self._uncertain.columns[asked.gdp_column] / base.emissions_mt
        factor = columns[asked.gdp_column] / columns[EMISSIONS] / before
        anchor = self._uncertain.anchor_yuan_per_t
        # The median of the prices stays the named one.
        if anchor is not None:
            price, weight = pd.Series(base.price_yuan_per_t * factor), pd.Series(columns[EMISSIONS])
            factor = factor * anchor_factor(price, weight, anchor)
        return np.asarray(factor)

    def _with_bounds(self, numbers: YearNumbers) -> YearNumbers:
        """The same, with floors and ceilings that are the same shares of the base year's emissions.

        Where quotas are cuts, the band is in their place, and follows the plan.
        """
        if numbers.sharing.targets is not None:
            return numbers
        moved = _ratio(numbers.emissions_mt, self._base.emissions_mt)
        return numbers.with_(floor_mt=self._base.floor_mt * moved, ceiling_mt=self._base.ceiling_mt * moved)

    def _with_columns(self, numbers: YearNumbers, drawn: Drawn) -> YearNumbers:
        """The same, with what the rule inside the blocks reads."""
        read, moved = numbers.sharing.columns, _ratio(numbers.emissions_mt, self._base.emissions_mt)
        ratio = {
            **drawn.column_factor,
            "emissions_mt": _ratio(numbers.baseline_mt, self._base.baseline_mt),
            "constant_intensity_mt": moved * self._growth(drawn),
            "gdp_1e8yuan": drawn.column_factor.get(self._gdp, 1.0) * self._growth(drawn),
        }
        if numbers.sharing.targets is not None:
            # It is in the plan already.
            del ratio["constant_intensity_mt"]
        changed = {name: read[name] * ratio[name] for name in read if name in ratio}
        return numbers.with_(sharing__columns=read.assign(**changed)) if changed else numbers

    @property
    def _gdp(self) -> str:
        study: Study = self._study
        return study.baseline.gdp_column if study.baseline else study.prices.gdp_column


def _ratio(now: Vector, before: Vector) -> Vector:
    """Quotient; 1 where both are 0."""
    return np.divide(now, before, out=np.ones_like(before), where=before > 0)
