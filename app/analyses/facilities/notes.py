"""What to know before a figure about facilities is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from capshare.analyses.facilities.parameters import OWN, Parameters
from capshare.base.notes import Note, by_severity, caution, detail
from capshare.model.facilities.benchmarks import MEAN
from capshare.model.facilities.carry_over import LEFT, UNKNOWN
from capshare.model.facilities.issue import THIS_YEAR
from capshare.model.facilities.outcome import FacilityOutcome
from capshare.model.facilities.rules import EMISSIONS
from capshare.model.facilities.sums import T_PER_MT

PUBLISHED = "as published"


def benchmark_notes(
    outcome: FacilityOutcome, found: Iterable[Note], parameters: Parameters, whole: pd.DataFrame
) -> FacilityOutcome:
    """The outcome with its notes, the severest first.

    Parameters
    ----------
    outcome : without notes
    found : notes on the table
    parameters : of the market
    whole : the table with all its years
    """
    notes = [*found, *_status(outcome), *_benchmarks(outcome), *_issue(outcome), *_years(outcome, whole)]
    notes += _carried(outcome)
    notes += [*_beside(outcome), *_check(outcome), *_sources(outcome, parameters)]
    return replace(outcome, notes=by_severity(notes))


def _status(outcome: FacilityOutcome) -> Iterable[Note]:
    counts = outcome.statuses
    if "synthetic" in counts:
        yield caution("facilities_synthetic", count=counts["synthetic"])
    # Of the shipped plants their own note says more.
    if "estimate" in counts and outcome.check is None:
        yield caution("facilities_estimated", count=counts["estimate"])


def _benchmarks(outcome: FacilityOutcome) -> Iterable[Note]:
    quotas = outcome.quotas
    mean = quotas[quotas["benchmark_source"] == MEAN].groupby("sector", observed=True)["benchmark"]
    for sector, value, count in zip(mean.first().index, mean.first(), mean.size(), strict=True):
        yield caution("facilities_mean", sector=str(sector), benchmark=float(value), count=int(count))
    equal = outcome.sectors.index[outcome.sectors["form"] == EMISSIONS]
    if len(equal):
        yield detail("facilities_by_emissions", sectors=list(equal), in_year=outcome.year)


def _issue(outcome: FacilityOutcome) -> Iterable[Note]:
    unknown = int((outcome.quotas["advance_basis"] == THIS_YEAR).sum())
    if unknown:
        yield detail("facilities_advance", count=unknown)


def _carried(outcome: FacilityOutcome) -> Iterable[Note]:
    """What was brought from the year before without the table saying so."""
    quotas, last = outcome.quotas, outcome.year - 1
    left = quotas[(quotas["carried_source"] == LEFT) & (quotas["carried_t"] > 0)]
    if len(left):
        carried = left["carried_t"].sum() / T_PER_MT
        yield detail("facilities_carried", count=len(left), carried=carried, last=last)
    unknown = int((quotas["carried_source"] == UNKNOWN).sum())
    if unknown:
        yield detail("facilities_not_carried", count=unknown, last=last)


def _years(outcome: FacilityOutcome, whole: pd.DataFrame) -> Iterable[Note]:
    years = sorted(int(year) for year in whole["year"].unique() if year != outcome.year)
    if years:
        gone = whole.loc[whole["year"] == outcome.year - 1, "facility"]
        ended = int((pd.Index(outcome.quotas["facility"]).get_indexer(gone) < 0).sum())
        yield detail("facilities_years", in_year=outcome.year, others=years, ended=ended)


def _beside(outcome: FacilityOutcome) -> Iterable[Note]:
    beside = outcome.beside
    if beside is None:
        return
    if beside.year != outcome.year:
        yield caution(
            "facilities_years_apart", in_year=outcome.year, run_year=beside.year, study=beside.study
        )
    provinces = outcome.provinces
    over = provinces[provinces["rest_emissions_mt"] <= 0]
    if len(over):
        yield caution("facilities_more_than_province", provinces=list(over.index))
    short = provinces[(provinces["gap_mt"] < 0) & (provinces["rest_emissions_mt"] > 0)]
    if len(short):
        yield caution("facilities_nothing_left", provinces=list(short.index))


def _check(outcome: FacilityOutcome) -> Iterable[Note]:
    check = outcome.check
    if check is None:
        return
    sums, share = check.sum(), check["share_of_inventory"]
    yield caution(
        "plants_beside_inventory",
        estimate=sums["estimate_mt"],
        inventory=sums["inventory_power_and_heat_mt"],
        inventory_year=int(check["inventory_year"].max()),
        share=100 * sums["estimate_mt"] / sums["inventory_power_and_heat_mt"],
        lowest=share.idxmin(),
        least=100 * share.min(),
        highest=share.idxmax(),
        most=100 * share.max(),
    )


def _sources(outcome: FacilityOutcome, parameters: Parameters) -> Iterable[Note]:
    """Parameters that nobody has read in the document that they are of."""
    said = parameters.terms
    terms = {name: getattr(said, name).status for name in type(said).model_fields}
    rules = {
        sector.name: rule.status
        for sector in parameters.sector
        for rule in sector.rule
        if sector.name in outcome.sectors.index and rule.first_year <= outcome.year <= rule.last_year
    }
    doubtful = [name for name, status in (terms | rules).items() if status not in (PUBLISHED, OWN)]
    if doubtful:
        yield detail("facilities_secondary", parameters=doubtful)
