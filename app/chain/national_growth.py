"""National growth: the scenario of a study, and whether anything in it follows one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.conventions import INSIDE
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.scenarios import (
    SCENARIO,
    Scenario,
    load_scenario,
    scenario_file,
    shipped_scenarios,
)
from capshare.study.sections.years import Cap
from capshare.study.study import Study


def growth_scenario(
    study: Study, folder: Path, replaced: Mapping[str, bytes] = MappingProxyType({})
) -> Scenario:
    """The scenario that a study names: a shipped one, or a file in the study's folder.

    Parameters
    ----------
    study : names the scenario
    folder : of the study file, for a scenario of its own
    replaced : files that have another content than on disk, by their names in a run's folder
    """
    name = study.study.scenario
    place = name if name in shipped_scenarios() else folder / name
    return load_scenario(place, replaced.get(f"{SCENARIO}/{scenario_file(place).name}"))


def gdp_ratio(study: Study, scenario: Scenario) -> pd.Series:
    """National GDP of each year as a multiple of the base year's, up to the last year that follows it.

    Parameters
    ----------
    study : its years, and those of its cap, are covered where baseline or cap follow growth
    scenario : growth of national GDP, % a year
    """
    years = followed_years(study)
    return scenario.gdp_ratio(years.start - 1, years.stop - 1)


def followed_years(study: Study) -> range:
    """Years after the base year whose growth the study follows: none where nothing in it follows growth.

    Parameters
    ----------
    study : its years, and those of its cap
    """
    base = study.study.base_year
    last = max(study.allocation_years()[-1], *_years_of(study.cap), base) if follows_growth(study) else base
    return range(base + 1, last + 1)


def follows_growth(study: Study) -> bool:
    """Whether the baseline or the cap of a study follows the growth of national GDP.

    Parameters
    ----------
    study : its sections ``[baseline]`` and ``[cap]``
    """
    by_growth = study.baseline is not None and study.baseline.method == "growth"
    return by_growth or study.cap.method in ("intensity", "intensity-plan")


def _years_of(cap: Cap) -> list[int]:
    pledged = [int(year) for year in cap.cuts_pct] if cap.method == "intensity" else []
    return [*pledged, cap.plan_year or 0, cap.then.target_year if cap.then else 0]


def check_scenario(study: Study, dataset: Dataset, found: Collector) -> None:
    """Refuse to let another country grow as China does only because its study names no scenario.

    Parameters
    ----------
    study, dataset : to be brought together
    found : gathers the problems
    """
    stated = "scenario" in study.study.model_fields_set
    if dataset.facts.conventions.currency != INSIDE and follows_growth(study) and not stated:
        found.add("study.scenario", f"a scenario of the growth that dataset {dataset.name} is to follow",
                  f"none; the default, {study.study.scenario}, is China's",
                  "Name a CSV file with year and gdp_growth_pct beside the study.")  # fmt: skip
