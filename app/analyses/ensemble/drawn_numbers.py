"""From what a draw makes of the uncertain inputs to the numbers of its years, and of the potential."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from capshare.analyses.ensemble.draws import Drawn
from capshare.analyses.ensemble.setting_keys import change_of, drawn_cap, is_of_cap
from capshare.analyses.ensemble.uncertain_study import EMISSIONS, GDP, UncertainStudy
from capshare.chain.from_inputs import AUTO_PENALTY
from capshare.chain.plan_targets import plan_year
from capshare.chain.planned import planned
from capshare.chain.variant_potential import PotentialNumbers
from capshare.chain.year_numbers import YearNumbers
from capshare.indicators.expression import evaluate_array
from capshare.model.abatement.anchor import anchor_factor
from capshare.solvers.program import Vector


class DrawnNumbers:
    """The numbers of one or several years as a function of a draw, which is the same for all of them.

    Errors of columns reach the indicators, the potential, the costs that follow from GDP per tonne and the
    columns of the rule; provincial growth rates stay the study's. Another inventory, or errors of emissions,
    move emissions before abatement, bounds and the sizes of abatement steps in proportion; the sum stays.

    Parameters
    ----------
    uncertain : the study
    bases : its numbers of the years that are drawn
    """

    def __init__(self, uncertain: UncertainStudy, bases: Sequence[YearNumbers]) -> None:
        self._uncertain, self._study, self._bases = uncertain, uncertain.study, tuple(bases)
        self._by_path = self._follows_caps()

    def columns(self, drawn: Drawn) -> Mapping[str, Vector]:
        """Columns of the dataset with their errors, and the base year's emissions.

        Parameters
        ----------
        drawn : of a draw
        """
        factor, unchanged = drawn.column_factor, self._uncertain.columns
        columns = {name: own * factor.get(name, 1.0) for name, own in unchanged.items()}
        return {**columns, EMISSIONS: self._emissions_mt(drawn)}

    def numbers(self, drawn: Drawn, columns: Mapping[str, Vector]) -> tuple[YearNumbers, ...]:
        """The numbers of every year; parts that the years share are the same objects.

        Parameters
        ----------
        drawn : of a draw
        columns : of :meth:`columns`

        Raises
        ------
        CapshareError
            where the drawn settings of the cap do not fit together.
        """
        moved = _ratio(columns[EMISSIONS], self._bases[0].emissions_mt)
        growth = self._uncertain.caps.growth(drawn.growth_points)
        shared = self._shared(drawn, columns, moved)
        cap = drawn_cap(self._study.cap, drawn.settings)
        path = self._uncertain.caps.path(cap, growth, moved) if self._by_path else None
        years = []
        for base in self._bases:
            # A study in which nothing grows has a growth of the base year alone.
            grown = float(growth.get(base.year, 1.0))
            numbers = base.with_(**shared, baseline_mt=base.baseline_mt * moved * grown)
            numbers = self._with_cap(numbers, path, drawn, moved * grown)
            for key, value in drawn.settings.items():
                change = change_of(key)
                if change is not None:
                    numbers = change(numbers, self._study, value)
            years.append(
                self._with_columns(self._with_bounds(numbers, base, moved), base, drawn, moved, grown)
            )
        return tuple(replace(year, grouping=years[0].grouping) for year in years)

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

    def _follows_caps(self) -> bool:
        """Whether a draw's caps have to be found again by the study's path."""
        asked, caps, years = self._uncertain.asked, self._uncertain.caps, self._uncertain.numbers.years
        if self._study.targets is not None and plan_year(self._study) == years[-1] == self._bases[0].year:
            # Of a plan's last year, which is drawn alone, the cap follows from the year's own numbers.
            return False
        drawn = any(is_of_cap(setting.key) for setting in asked.settings)
        return drawn or asked.growth is not None or caps.constant_mt is not None

    def _shared(self, drawn: Drawn, columns: Mapping[str, Vector], moved: Vector) -> dict[str, Any]:
        """What of a year's numbers is the same in all years."""
        base, study = self._bases[0], self._study
        indicators, steps = base.indicators, base.steps
        factor = self._price_factor(drawn, columns) * drawn.cost_factor
        cost = steps.cost_yuan_per_t * factor[steps.province]
        limits = base.limits
        if study.allocation.penalty_yuan_per_t == "auto":
            limits = replace(limits, penalty_yuan_per_t=AUTO_PENALTY * float(cost.max()))
        return {
            "indicators": replace(
                indicators,
                values=np.column_stack([evaluate_array(each.expression, columns) for each in study.scored]),
                given_weight=indicators.given_weight if drawn.weight is None else drawn.weight,
                weighting=indicators.weighting if drawn.weight is None else "given",
            ),
            "emissions_mt": columns[EMISSIONS],
            "price_yuan_per_t": base.price_yuan_per_t * factor,
            "steps": steps._replace(size_mt=steps.size_mt * moved[steps.province], cost_yuan_per_t=cost),
            "limits": limits,
        }

    def _with_cap(
        self, numbers: YearNumbers, path: pd.DataFrame | None, drawn: Drawn, scale: Vector
    ) -> YearNumbers:
        """The same under the draw's cap, and where quotas are cuts under its plan."""
        targets = numbers.sharing.targets
        if targets is None:
            if path is None:
                return numbers
            return numbers.with_(divided_mt=float(path["divided_mt"].loc[numbers.year]))
        constant = targets.constant_intensity_mt * scale
        if path is None:
            return planned(numbers, cut_pct=drawn.settings.get("cap.cut_pct"), constant_intensity_mt=constant)
        last = float(path["cut_pct"].iloc[-1])
        part = float(path["cut_pct"].loc[numbers.year]) / last
        return planned(numbers, cut_pct=last, constant_intensity_mt=constant, part=part)

    def _price_factor(self, drawn: Drawn, columns: Mapping[str, Vector]) -> Vector:
        """What errors of columns and emissions make of the prices, as a multiple."""
        asked, base = self._study.prices, self._bases[0]
        if asked.method == "given":
            return np.ones_like(base.emissions_mt) * drawn.column_factor.get(asked.column or "", 1.0)
        if asked.method != "productivity":
            return np.ones_like(base.emissions_mt)
        column = self._uncertain.column_of[asked.gdp_column]
        factor = (
            columns[column] / self._uncertain.columns[column] / _ratio(columns[EMISSIONS], base.emissions_mt)
        )
        anchor = self._uncertain.anchor_yuan_per_t
        # The median of the prices stays the named one.
        if anchor is not None:
            price, weight = pd.Series(base.price_yuan_per_t * factor), pd.Series(columns[EMISSIONS])
            factor = factor * anchor_factor(price, weight, anchor)
        return np.asarray(factor)

    def _with_bounds(self, numbers: YearNumbers, base: YearNumbers, moved: Vector) -> YearNumbers:
        """The same, with floors and ceilings that are the same shares of the base year's emissions.

        Where quotas are cuts, the band is in their place, and follows the plan.
        """
        if numbers.sharing.targets is not None:
            return numbers
        return numbers.with_(floor_mt=base.floor_mt * moved, ceiling_mt=base.ceiling_mt * moved)

    def _with_columns(
        self, numbers: YearNumbers, base: YearNumbers, drawn: Drawn, moved: Vector, grown: float
    ) -> YearNumbers:
        """The same, with what the rule inside the blocks reads."""
        read, column_of = numbers.sharing.columns, self._uncertain.column_of
        ratio = {
            **{name: drawn.column_factor.get(column, 1.0) for name, column in column_of.items()},
            EMISSIONS: _ratio(numbers.baseline_mt, base.baseline_mt),
            "constant_intensity_mt": moved * grown,
        }
        ratio[GDP] = ratio[GDP] * grown
        if numbers.sharing.targets is not None:
            # It is in the plan already.
            del ratio["constant_intensity_mt"]
        changed = {name: read[name] * ratio[name] for name in read if name in ratio}
        return numbers.with_(sharing__columns=read.assign(**changed)) if changed else numbers


def _ratio(now: Vector, before: Vector) -> Vector:
    """Quotient; 1 where both are 0."""
    return np.divide(now, before, out=np.ones_like(before), where=before > 0)
