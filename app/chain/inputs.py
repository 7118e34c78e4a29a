"""What a study asks of its dataset, as labelled frames ready for the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.notes import Note
from capshare.chain.base_year import BaseYear
from capshare.chain.caps_and_baseline import cap_path
from capshare.chain.plan_targets import constant_intensity_mt
from capshare.chain.planners_rules import planner_rules
from capshare.chain.reference_runs import reference_quotas
from capshare.chain.split_terms import split_terms
from capshare.chain.years_ahead import YearsAhead
from capshare.indicators.dataset.dataset import Dataset
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.study.study import Study


@dataclass(frozen=True)
class Inputs:
    """A study brought together with its dataset.

    Attributes
    ----------
    files : content of every file as it was read, the study first, by its name in a run's folder
    dataset : what was loaded
    base_year : emissions of the base year, and how they were made
    market_parts : index (code, sector); of :func:`~capshare.chain.market_parts.market_parts`, or None
    baseline_mt : code × year, emissions before abatement, Mt
    gdp_1e8yuan : code × year at constant prices, 1e8 yuan; None where the baseline does not use it
    cap : index year; ``cap_mt`` and the inputs it was made of
    cap_starts : index (start, year); the cap from the other starting point beside it; or None
    indicators : index code, one column per indicator of the allocation, each in its own unit
    potential_indicators : the same for the potential; None where the study does not ask for it
    floor_mt, ceiling_mt : code × year, Mt
    rules : year → planners' own rules, provinces by code
    anchor_yuan_per_t : price that the median price is scaled to; None where prices stay as found
    notes : what a planner should know about the dataset, the scenario and the fuels
    """

    files: Mapping[str, bytes]
    dataset: Dataset
    base_year: BaseYear
    market_parts: pd.DataFrame | None
    baseline_mt: pd.DataFrame
    gdp_1e8yuan: pd.DataFrame | None
    cap: pd.DataFrame
    cap_starts: pd.DataFrame | None
    indicators: pd.DataFrame
    potential_indicators: pd.DataFrame | None
    floor_mt: pd.DataFrame
    ceiling_mt: pd.DataFrame
    rules: Mapping[int, tuple[PlannerRule, ...]]
    anchor_yuan_per_t: float | None
    notes: tuple[Note, ...] = ()

    @property
    def emissions_mt(self) -> pd.Series:
        """Emissions of the base year, index code, Mt."""
        return self.base_year.emissions_mt

    @property
    def years(self) -> tuple[int, ...]:
        """Years to allocate."""
        return tuple(int(year) for year in self.cap.index)

    def constant_intensity_mt(self, base_year: int) -> pd.DataFrame | None:
        """Emissions at the base year's carbon intensity, code × year, Mt; None where GDP is not known.

        Parameters
        ----------
        base_year : of the study
        """
        if self.gdp_1e8yuan is None:
            return None
        if base_year not in self._constant:
            found = constant_intensity_mt(self.emissions_mt, self.gdp_1e8yuan, base_year=base_year)
            self._constant[base_year] = found
        return self._constant[base_year]

    @property
    def years_ahead(self) -> YearsAhead:
        """What the years to allocate follow."""
        return YearsAhead(self.gdp_1e8yuan, self.cap, self.baseline_mt)

    @cached_property
    def _constant(self) -> dict[int, pd.DataFrame]:
        # Each of a dozen steps asks for it.
        return {}


def under_rules_of(study: Study, inputs: Inputs, file: str) -> Inputs:
    """The same figures under the rules of a changed study: its cap where it is a table, bounds and own rules.

    Parameters
    ----------
    study : changed in the rules of the split alone
    inputs : of the study as it was; what they hold besides stays
    file : named in messages

    Raises
    ------
    CapshareError
        where the changed rules are wrong in themselves.
    """
    found, cap = Collector(file), inputs.cap
    if study.cap.method == "table":
        cap = cap_path(study, inputs.dataset, inputs.emissions_mt, pd.Series(dtype=float))
    rules = planner_rules(study, inputs.dataset, reference_quotas(study, inputs.files), found)
    constant = inputs.constant_intensity_mt(study.study.base_year)
    terms = split_terms(study, cap, inputs.emissions_mt, constant, inputs.dataset, rules, found)
    found.refuse()
    return replace(inputs, **vars(terms))
