"""What a study asks of its dataset: labelled frames ready for the model, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.base.notes import Note
from capshare.base.progress import stage
from capshare.chain.anchor import anchor_yuan_per_t
from capshare.chain.base_year import BaseYear, base_year_emissions
from capshare.chain.caps_and_baseline import cap_path, other_start
from capshare.chain.facility_sums import kept_sums, read_facility_sums
from capshare.chain.files_read import files_read
from capshare.chain.indicator_values import indicator_values, potential_values
from capshare.chain.market_parts import market_parts
from capshare.chain.national_growth import check_scenario, gdp_ratio, growth_scenario
from capshare.chain.plan_targets import constant_intensity_mt
from capshare.chain.planners_rules import planner_rules
from capshare.chain.reference_runs import read_references, reference_quotas
from capshare.chain.split_terms import SplitTerms, split_terms
from capshare.chain.years_ahead import YearsAhead, YearsBefore, years_ahead
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.emissions import counted_twice
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.study.checks import check_amounts, check_study
from capshare.study.price_keys import check_currency
from capshare.study.reading import LoadedStudy
from capshare.study.same_parts import same_bounds, same_emissions, same_indicators, same_potential
from capshare.study.study import Study
from capshare.study.words import told_in_study_words


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


class ReadBefore(NamedTuple):
    """What was read of a study before its settings changed.

    Attributes
    ----------
    study, inputs : as they were
    """

    study: Study
    inputs: Inputs


@stage("inputs")
@told_in_study_words
def read_inputs(loaded: LoadedStudy, before: ReadBefore | None = None) -> Inputs:
    """Load the dataset of a study and evaluate everything the study names in it.

    Parameters
    ----------
    loaded : a study and its file
    before : of the same file with other settings; what does not follow the changed ones is the same object,
        by which later stages know that nothing has changed in it

    Returns
    -------
    Inputs

    Raises
    ------
    CapshareError
        with every problem found: of the dataset, else of all the study's references to it.
    """
    study, found = loaded.study, Collector(loaded.path.name)
    if before is None or before.study.study.dataset != study.study.dataset:
        dataset, before = load_dataset(study.study.dataset, loaded.path.parent, loaded.replaced), None
    else:
        dataset = before.inputs.dataset
    check_study(study, dataset, found)
    check_currency(loaded.price_keys, dataset.facts.conventions.currency, dataset.name, found)
    check_scenario(study, dataset, found)
    if before and not same_emissions(study, before.study):
        before = None
    known = before.inputs.base_year if before else None
    known = known or found.attempt(lambda: base_year_emissions(study, dataset, found.file))
    references = read_references(study, loaded.path.parent, found)
    facilities = read_facility_sums(study, dataset.regions, loaded.path.parent, found)
    parts = found.attempt(lambda: market_parts(study, dataset, known, facilities, found.file))
    references |= kept_sums(study, facilities)
    if known is None:
        # Nothing else can be evaluated truthfully.
        raise CapshareError(found.problems)
    emissions = known.emissions_mt
    scored = "burden.indicators" if study.burden else "indicators"
    if before and same_indicators(study, before.study):
        indicators = before.inputs.indicators
    else:
        indicators = indicator_values(study.scored, dataset, emissions, scored, found)
    if before and same_potential(study, before.study):
        potential = before.inputs.potential_indicators
    else:
        potential = potential_values(study, dataset, emissions, found)
    rules = planner_rules(study, dataset, reference_quotas(study, references), found)
    if before and study.prices.anchor == before.study.prices.anchor:
        anchor = before.inputs.anchor_yuan_per_t
    else:
        anchor = anchor_yuan_per_t(study, dataset, found)
    scenario = found.attempt(lambda: growth_scenario(study, loaded.path.parent, loaded.replaced))
    if scenario is None:
        raise CapshareError(found.problems)
    ratio = found.attempt(lambda: gdp_ratio(study, scenario))
    files = found.attempt(lambda: files_read(loaded, dataset, scenario, references))
    if ratio is None or files is None or study.allocation_years()[0] < study.study.base_year:
        raise CapshareError(found.problems)
    years = before and YearsBefore(before.study, before.inputs.years_ahead)
    gdp, cap, baseline = years_ahead(study, dataset, emissions, ratio, found, years)
    check_amounts(baseline, dataset, found)
    base_year = study.study.base_year
    if before and gdp is before.inputs.gdp_1e8yuan:
        constant = before.inputs.constant_intensity_mt(base_year)
    else:
        constant = None if gdp is None else constant_intensity_mt(emissions, gdp, base_year=base_year)
    if before and cap is before.inputs.cap and same_bounds(study, before.study):
        terms = SplitTerms(cap, before.inputs.floor_mt, before.inputs.ceiling_mt, rules)
    else:
        terms = split_terms(study, cap, emissions, constant, dataset, rules, found)
    found.refuse()
    return Inputs(
        files=files,
        dataset=dataset,
        base_year=known,
        market_parts=parts,
        baseline_mt=baseline,
        gdp_1e8yuan=gdp,
        cap_starts=other_start(study, dataset, emissions, ratio),
        indicators=indicators,
        potential_indicators=potential,
        anchor_yuan_per_t=anchor,
        notes=(*dataset.notes, *scenario.notes, *counted_twice(study.emissions.fuels)),
        **vars(terms),
    )


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


def panel_fuel(fuel: str) -> str:
    """Name of a fuel's consumption in the panel.

    Parameters
    ----------
    fuel : as the study names it, "coal"
    """
    return f"{fuel}_consumption"
