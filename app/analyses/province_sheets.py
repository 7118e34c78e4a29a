"""Provincial sheets gathered: the run read and the study prepared once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from capshare.analyses.deciding_rule import DecidingRules
from capshare.analyses.explain import explanation_of
from capshare.analyses.sensitivity import QuotaChanges
from capshare.analyses.told_run import ToldRun
from capshare.base.errors import CapshareError
from capshare.base.file_bytes import is_folder
from capshare.base.progress import counted
from capshare.chain.from_inputs import solver_limits
from capshare.chain.prepared import PreparedStudy
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.sizes import size_column, size_of
from capshare.model.allocation.quota_range import FREE_MT
from capshare.model.outcome.outcome import OneYear, Outcome
from capshare.model.outcome.peers import nearest
from capshare.reports.sheet.drawn_range import drawn_range
from capshare.reports.sheet.province_sheet import (
    CUT,
    QUOTA,
    CurveRange,
    EarlierPlan,
    ProvinceSheet,
    Standing,
)
from capshare.reports.words.catalogue import DEFAULT_LANGUAGE
from capshare.reports.words.cuts import assigned_cuts
from capshare.solvers.guard import within
from capshare.study.reading import DEFAULT, study_path

# More do not fit beside one another.
PEERS = 3
_POPULATION = "population_1e4"
# Mt per 1e8 of money is so many t per 1e4 of it.
_T_PER_1E4 = 100.0


@dataclass(frozen=True)
class Sheets:
    """Sheets of one run, in the order asked for.

    Attributes
    ----------
    sheets : one per province
    outcome : of the run
    year : that they are of
    """

    sheets: tuple[ProvinceSheet, ...]
    outcome: Outcome
    year: int


def province_sheets(
    regions: Sequence[str] | None = None,
    run_or_study: str | Path = DEFAULT,
    year: int | None = None,
    lang: str = DEFAULT_LANGUAGE,
    settings: Sequence[str] = (),
) -> Sheets:
    """Gather the sheets of some provinces, or of all.

    Parameters
    ----------
    regions : codes or names; None for all
    run_or_study, year, settings : as of :func:`capshare.analyses.explain.explain`
    lang : of the names of what would change a quota

    Returns
    -------
    Sheets

    Raises
    ------
    CapshareError
        where no province has a name, the study has no such year, or it cannot be run
    """
    if regions is None:
        _require_run_or_study(run_or_study)
    told = ToldRun(run_or_study, settings)
    chosen = told.year(year)
    codes = None if regions is None else [told.code(region) for region in regions]
    one = told.outcome.in_year(chosen)
    with within(solver_limits(told.found.study)):
        maker = _Maker(told, one, lang)
        wanted = list(one.provinces.index) if codes is None else codes
        sheets = tuple(maker.sheet(str(code)) for code in counted("sheets", wanted))
    return Sheets(sheets, told.outcome, chosen)


def _require_run_or_study(name: str | Path) -> None:
    """A province named beside ``--all`` would be looked for as a study."""
    if is_folder(Path(name)):
        return
    try:
        study_path(name)
    except CapshareError as error:
        raise CapshareError(
            replace(problem, remedy=f"{problem.remedy} With --all no province is named.")
            for problem in error.problems
        ) from None


class _Maker:
    """Sheets of one year of a run, one after another."""

    def __init__(self, told: ToldRun, one: OneYear, lang: str) -> None:
        self._told, self._one, self._lang = told, one, lang
        self._changes = QuotaChanges(told.found, one.year, lang)
        self._deciding = DecidingRules(told.found, one)
        self._figures = _figures(told.found, one)

    def sheet(self, code: str) -> ProvinceSheet:
        told, one = self._told, self._one
        found, outcome, weights = told.found, one.outcome, one.outcome.weights
        near = nearest(weights.normalised, weights.table["weight"], code, PEERS)
        story = explanation_of(found, one, code, self._changes.of(code), self._lang)
        return ProvinceSheet(
            told=replace(story, notes=(*story.notes, *told.notes)),
            standing=_standing(found, self._figures, code, one.year),
            deciding=self._deciding.of(code),
            peers=self._figures.loc[[code, *near.index]],
            plans=_plans(found.inputs.dataset, code, one.year),
            sensitivity=outcome.drivers.sensitivity,
            settings=outcome.study.settings,
            curves=_curves(outcome, code),
            free_mt=_free(one, code),
            drawn=drawn_range(outcome, code, one.year),
        )


def _figures(found: PreparedStudy, one: OneYear) -> pd.DataFrame:
    """What provinces are compared by, index code."""
    dataset, provinces = found.inputs.dataset, one.provinces
    base_mt = found.inputs.emissions_mt
    frame = provinces[["name_en", "name_zh", "quota_mt"]].assign(base_mt=base_mt)
    assigned = assigned_cuts(one.outcome)
    if assigned is not None:
        cuts = assigned.cuts
        frame = frame.join(cuts[["rounded_cut_pct", "decided_by", *assigned.earlier_plans]])
        if one.year == assigned.year:
            # What is published; the quota before rounding is none's.
            frame["quota_mt"] = cuts["rounded_quota_mt"]
    frame["quota_of_emissions_pct"] = 100 * frame["quota_mt"] / provinces["emissions_mt"]
    gdp = found.study.prices.gdp_column
    if size_column(dataset, gdp) is None:
        return frame
    size = size_of(dataset, gdp)
    if size_column(dataset, _POPULATION) is not None:
        frame["gdp_per_head_1e4yuan"] = size / size_of(dataset, _POPULATION)
    targets = one.outcome.targets
    own = None if targets is None else one.of(targets.intensity).get("base_intensity_t_per_1e4yuan")
    return frame.assign(base_intensity_t_per_1e4yuan=_T_PER_1E4 * base_mt / size if own is None else own)


def _standing(found: PreparedStudy, figures: pd.DataFrame, code: str, year: int) -> Standing:
    base_year = found.study.study.base_year
    constant = found.inputs.constant_intensity_mt(base_year)
    intensity = figures.get("base_intensity_t_per_1e4yuan")
    return Standing(
        base_year=base_year,
        last_year=found.inputs.years[-1],
        base_mt=float(found.inputs.emissions_mt[code]),
        constant_mt=None if constant is None else float(constant[year][code]),
        intensity_t_per_1e4yuan=None if intensity is None else float(intensity[code]),
        gdp_year=found.inputs.dataset.base_year,
    )


def _curves(outcome: Outcome, code: str) -> CurveRange | None:
    compared = outcome.drivers.curves
    if compared is None:
        return None
    own = compared.quotas.xs(code, level="code")
    values = own[QUOTA if assigned_cuts(outcome) is None else CUT]
    return CurveRange(len(own), float(values.min()), float(values.max()), bool(own["fragile"].any()))


def _free(one: OneYear, code: str) -> tuple[float, float] | None:
    """Ends of the quotas that cost the same, which a run has of its last year."""
    ranges = one.outcome.drivers.quota_ranges
    if ranges is None or one.year != one.outcome.years[-1]:
        return None
    low, high = (float(ranges[f"quota_{end}_mt"][code]) for end in ("low", "high"))
    return (low, high) if high - low > FREE_MT else None


def _plans(dataset: Dataset, code: str, year: int) -> tuple[EarlierPlan, ...]:
    """Plans that asked a cut of the province and ended before the year."""
    plans = [plan for plan in dataset.facts.roles.plans if plan.last_year < year]
    asked = {plan: dataset.assigned_cuts(plan).get(code) for plan in plans}
    return tuple(
        EarlierPlan(
            f"cut_{plan.name}_pct",
            plan.first_year,
            plan.last_year,
            float(cut),
            _national(dataset, plan.national, plan.last_year),
        )
        for plan, cut in asked.items()
        if cut is not None and not pd.isna(cut)
    )


def _national(dataset: Dataset, variable: str, year: int) -> float | None:
    rows = dataset.national
    if rows is None:
        return None
    own = rows[(rows["variable"] == variable) & (rows["year"] == year)]["value"]
    return float(own.iloc[0]) if len(own) else None
