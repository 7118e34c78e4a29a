"""What the years of a study follow: GDP of the provinces, the national cap, emissions before abatement."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from capshare.base.collector import Collector
from capshare.base.errors import CapshareError
from capshare.chain.caps_and_baseline import baseline_mt, cap_path, provinces_gdp
from capshare.indicators.dataset.dataset import Dataset
from capshare.study.same_parts import same_baseline, same_cap, same_gdp
from capshare.study.study import Study


class YearsAhead(NamedTuple):
    """The years of a study.

    Attributes
    ----------
    gdp_1e8yuan : code × year; None where the baseline does not use it
    cap : index year; ``cap_mt`` and the inputs it was made of
    baseline_mt : code × year, emissions before abatement, Mt
    """

    gdp_1e8yuan: pd.DataFrame | None
    cap: pd.DataFrame
    baseline_mt: pd.DataFrame


class YearsBefore(NamedTuple):
    """The years of a study before its settings changed, its emissions the same.

    Attributes
    ----------
    study, years : as they were
    """

    study: Study
    years: YearsAhead


def years_ahead(
    study: Study,
    dataset: Dataset,
    emissions_mt: pd.Series,
    ratio: pd.Series,
    found: Collector,
    before: YearsBefore | None = None,
) -> YearsAhead:
    """Follow growth and the cap through the years of a study.

    Parameters
    ----------
    study, dataset : to be brought together
    emissions_mt : index code; base year, Mt CO2
    ratio : index year; national GDP, base year 1
    found : has the problems found so far
    before : of other settings; what does not follow the changed ones is the same object

    Raises
    ------
    CapshareError
        with every problem, where any part cannot be told.
    """
    problems = len(found.problems)
    kept = before.years if before and same_gdp(study, before.study) else None
    gdp = kept.gdp_1e8yuan if kept else found.attempt(lambda: provinces_gdp(study, dataset, ratio))
    if len(found.problems) > problems:
        # Neither cap nor baseline can follow what is not known.
        raise CapshareError(found.problems)
    if before and kept and same_cap(study, before.study):
        cap: pd.DataFrame | None = kept.cap
    else:
        cap = found.attempt(lambda: cap_path(study, dataset, emissions_mt, ratio, gdp))
    if before and kept and same_baseline(study, before.study):
        baseline: pd.DataFrame | None = kept.baseline_mt
    else:
        baseline = found.attempt(lambda: baseline_mt(study, dataset, emissions_mt, gdp))
    if baseline is None or cap is None:
        raise CapshareError(found.problems)
    return YearsAhead(gdp, cap, baseline)
