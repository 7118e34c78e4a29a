"""A study and its dataset read together: labelled frames ready for the model, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.base.progress import stage
from capshare.chain.anchor import anchor_yuan_per_t
from capshare.chain.base_year import BaseYear, base_year_emissions
from capshare.chain.caps_and_baseline import other_start
from capshare.chain.facility_sums import kept_sums, read_facility_sums
from capshare.chain.files_read import files_read
from capshare.chain.indicator_values import indicator_values, potential_values
from capshare.chain.inputs import Inputs
from capshare.chain.market_parts import market_parts
from capshare.chain.national_growth import check_scenario, gdp_ratio, growth_scenario
from capshare.chain.plan_targets import constant_intensity_mt
from capshare.chain.planners_rules import planner_rules
from capshare.chain.reference_runs import read_references, reference_quotas
from capshare.chain.split_terms import SplitTerms, split_terms
from capshare.chain.years_ahead import YearsBefore, years_ahead
from capshare.indicators.dataset.data_package import load_dataset
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.scenarios import Scenario
from capshare.indicators.emissions import counted_twice
from capshare.model.allocation.planners_constraint import PlannerRule
from capshare.study.checks import check_amounts, check_study
from capshare.study.price_keys import check_currency
from capshare.study.reading import LoadedStudy
from capshare.study.same_parts import same_bounds, same_emissions, same_indicators, same_potential
from capshare.study.study import Study
from capshare.study.words import told_in_study_words


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
    dataset, before = _dataset(loaded, before)
    check_study(study, dataset, found)
    check_currency(loaded.price_keys, dataset.facts.conventions.currency, dataset.name, found)
    check_scenario(study, dataset, found)
    if before and not same_emissions(study, before.study):
        before = None
    about = _About(loaded, dataset, found, before)
    emitted = _emitted(about)
    emissions = emitted.base_year.emissions_mt
    scored = _scored(about, emissions)
    rules = planner_rules(study, dataset, reference_quotas(study, emitted.references), found)
    scenario, ratio, files = _scenario(about, emitted.references)
    years = before and YearsBefore(before.study, before.inputs.years_ahead)
    gdp, cap, baseline = years_ahead(study, dataset, emissions, ratio, found, years)
    check_amounts(baseline, dataset, found)
    terms = _terms(about, emissions, gdp, cap, rules)
    found.refuse()
    return Inputs(
        files=files,
        dataset=dataset,
        base_year=emitted.base_year,
        market_parts=emitted.market_parts,
        baseline_mt=baseline,
        gdp_1e8yuan=gdp,
        cap_starts=other_start(study, dataset, emissions, ratio),
        notes=(*dataset.notes, *scenario.notes, *counted_twice(study.emissions.fuels)),
        **vars(scored),
        **vars(terms),
    )


class _About(NamedTuple):
    """What every part of the inputs is read of; `before` is None where nothing may be kept."""

    loaded: LoadedStudy
    dataset: Dataset
    found: Collector
    before: ReadBefore | None

    @property
    def study(self) -> Study:
        return self.loaded.study

    @property
    def folder(self) -> Path:
        return self.loaded.path.parent


class _Emitted(NamedTuple):
    """Emissions of the base year, the files that they and the rules refer to, and the market's part."""

    base_year: BaseYear
    references: Mapping[str, bytes]
    market_parts: pd.DataFrame | None


@dataclass(frozen=True)
class _Scored:
    """What provinces are weighed, grouped and priced by."""

    indicators: pd.DataFrame
    potential_indicators: pd.DataFrame | None
    anchor_yuan_per_t: float | None


def _dataset(loaded: LoadedStudy, before: ReadBefore | None) -> tuple[Dataset, ReadBefore | None]:
    name = loaded.study.study.dataset
    if before and before.study.study.dataset == name:
        return before.inputs.dataset, before
    return load_dataset(name, loaded.path.parent, loaded.replaced), None


def _emitted(about: _About) -> _Emitted:
    study, dataset, found = about.study, about.dataset, about.found
    known = about.before.inputs.base_year if about.before else None
    known = known or found.attempt(lambda: base_year_emissions(study, dataset, found.file))
    references = read_references(study, about.folder, found)
    facilities = read_facility_sums(study, dataset.regions, about.folder, found)
    parts = found.attempt(lambda: market_parts(study, dataset, known, facilities, found.file))
    if known is None:
        # Nothing else can be evaluated truthfully.
        raise CapshareError(found.problems)
    return _Emitted(known, {**references, **kept_sums(study, facilities)}, parts)


def _scored(about: _About, emissions: pd.Series) -> _Scored:
    """Indicators and anchor, each kept where nothing that it follows has changed."""
    study, dataset, found, before = about.study, about.dataset, about.found, about.before
    if before and same_indicators(study, before.study):
        indicators = before.inputs.indicators
    else:
        place = "burden.indicators" if study.burden else "indicators"
        indicators = indicator_values(study.scored, dataset, emissions, place, found)
    if before and same_potential(study, before.study):
        potential = before.inputs.potential_indicators
    else:
        potential = potential_values(study, dataset, emissions, found)
    if before and study.prices.anchor == before.study.prices.anchor:
        anchor = before.inputs.anchor_yuan_per_t
    else:
        anchor = anchor_yuan_per_t(study, dataset, found)
    return _Scored(indicators, potential, anchor)


def _scenario(
    about: _About, references: Mapping[str, bytes]
) -> tuple[Scenario, pd.Series, Mapping[str, bytes]]:
    """The scenario of growth, GDP against the base year by year, and every file that was read."""
    study, loaded, found = about.study, about.loaded, about.found
    scenario = found.attempt(lambda: growth_scenario(study, about.folder, loaded.replaced))
    if scenario is None:
        raise CapshareError(found.problems)
    ratio = found.attempt(lambda: gdp_ratio(study, scenario))
    files = found.attempt(lambda: files_read(loaded, about.dataset, scenario, references))
    if ratio is None or files is None or study.allocation_years()[0] < study.study.base_year:
        raise CapshareError(found.problems)
    return scenario, ratio, files


def _terms(
    about: _About,
    emissions: pd.Series,
    gdp: pd.DataFrame | None,
    cap: pd.DataFrame,
    rules: Mapping[int, tuple[PlannerRule, ...]],
) -> SplitTerms:
    """Cap, bounds and rules of the split; bounds are kept where nothing that they follow has changed."""
    study, before, base_year = about.study, about.before, about.study.study.base_year
    if before and gdp is before.inputs.gdp_1e8yuan:
        constant = before.inputs.constant_intensity_mt(base_year)
    else:
        constant = None if gdp is None else constant_intensity_mt(emissions, gdp, base_year=base_year)
    if before and cap is before.inputs.cap and same_bounds(study, before.study):
        return SplitTerms(cap, before.inputs.floor_mt, before.inputs.ceiling_mt, rules)
    return split_terms(study, cap, emissions, constant, about.dataset, rules, about.found)
