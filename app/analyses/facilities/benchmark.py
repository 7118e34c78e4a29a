"""Quotas of a table of facilities by their market's rules, added up and set beside a run of provinces."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from capshare.analyses.facilities.beside import outside_problems
from capshare.analyses.facilities.notes import benchmark_notes
from capshare.analyses.facilities.parameters import Parameters
from capshare.analyses.facilities.plants_check import plants_check
from capshare.analyses.facilities.rules_in_year import (
    rules_in_year,
    sector_spellings,
    terms,
    with_known_classes,
)
from capshare.analyses.facilities.source import FacilitySource
from capshare.base.errors import CapshareError, Problem
from capshare.base.notes import Note
from capshare.base.progress import stage
from capshare.indicators.dataset.encodings import encoding_notes
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.facilities.power_plants import estimated_plants
from capshare.indicators.facilities.shipped import market_regions
from capshare.indicators.facilities.table import is_workbook, read_facilities
from capshare.model.facilities.carry_over import of_year, quotas_through_years
from capshare.model.facilities.outcome import FacilityOutcome, RunBeside
from capshare.model.facilities.rule_checks import rule_problems
from capshare.model.facilities.rules import SectorRule
from capshare.model.facilities.sums import beside_run, by_province, by_sector

FROM_RUN = (
    *("province_quota_mt", "gap_mt", "share_covered"),
    *("province_emissions_mt", "rest_emissions_mt", "rest_cut_pct"),
)


def read_table(
    source: FacilitySource, parameters: Parameters
) -> tuple[pd.DataFrame, list[Problem], tuple[Note, ...]]:
    """The facilities of every year of a table.

    Parameters
    ----------
    source : where the table is from
    parameters : of the market, which know the sectors and their classes

    Returns
    -------
    DataFrame as of :func:`capshare.indicators.facilities.table.read_facilities`, problems and notes
    """
    regions = market_regions()
    if source.is_shipped:
        table, notes = estimated_plants(source.files, regions)
        return table, [], notes
    with stage("inputs"):
        data = source.files[source.name]
        table, problems, notes = read_facilities(data, source.name, regions, sector_spellings(parameters))
        # A workbook says itself how its texts are encoded.
        certain = is_workbook(source.name) or data.isascii()
        guessed = () if certain else encoding_notes(data, source.name)
    return with_known_classes(table, parameters), problems, (*notes, *guessed)


def chosen_year(table: pd.DataFrame, asked: int | None, source: str) -> int:
    """The year of the facilities that is dealt with: the one asked for, else the last.

    Parameters
    ----------
    table : ``year``
    asked : None for the last
    source : name of the table

    Raises
    ------
    CapshareError
        where the table has no row of the year asked for
    """
    known = sorted({int(year) for year in table["year"].dropna().unique()}) if "year" in table else []
    if not known:
        raise CapshareError(Problem(source, "column year", "a year", "none", "Fill the column."))
    if asked is not None and asked not in known:
        expected = f"a year of {source}: {', '.join(map(str, known))}"
        raise CapshareError(Problem("--year", "", expected, str(asked), "Choose one of them."))
    return known[-1] if asked is None else asked


def benchmark(
    source: FacilitySource,
    parameters: Parameters,
    read: tuple[pd.DataFrame, list[Problem], tuple[Note, ...]],
    year: int,
    beside: RunBeside | None = None,
) -> FacilityOutcome:
    """Quotas of the facilities of one year.

    Parameters
    ----------
    source : where the table is from
    parameters : of the market
    read : the table, as of :func:`read_table`
    year : of the emissions
    beside : the run of provinces to set the sums beside; None for none

    Returns
    -------
    FacilityOutcome

    Raises
    ------
    CapshareError
        with every problem of the table, and of what the rules cannot deal with
    """
    whole, problems, notes = read
    if not {"year", "emissions_t"} <= set(whole):
        # Rules are of a year, and what they cannot deal with depends on emissions.
        raise CapshareError(problems)
    rules = rules_in_year(parameters, year)
    table = of_year(whole, year)
    problems = problems + rule_problems(table, rules, year, source.name)
    if beside is not None:
        problems += outside_problems(set(map(str, table["code"].dropna().unique())), beside, source.name)
    if problems:
        raise CapshareError(problems)
    quotas = quotas_through_years(
        whole, year, lambda each: rules_in_year(parameters, each), terms(parameters)
    )
    check = plants_check(quotas, source.files) if source.is_shipped else None
    outcome = FacilityOutcome(
        table=source.name,
        year=year,
        quotas=quotas,
        provinces=_provinces(quotas, beside, market_regions()),
        sectors=_sectors(quotas, rules, parameters),
        notes=(),
        beside=beside,
        check=check,
    )
    return benchmark_notes(outcome, notes, parameters, whole)


def _provinces(quotas: pd.DataFrame, beside: RunBeside | None, regions: Regions) -> pd.DataFrame:
    sums = by_province(quotas)
    if beside is not None:
        found = beside_run(sums, beside.table["quota_mt"], beside.table["emissions_mt"])
        return found.assign(name_en=beside.table["name_en"], name_zh=beside.table["name_zh"])
    named = sums.join(regions.names)
    return named.assign(**dict.fromkeys(FROM_RUN, float("nan")))


def _sectors(quotas: pd.DataFrame, rules: Mapping[str, SectorRule], parameters: Parameters) -> pd.DataFrame:
    units = {sector.name: sector.output_unit for sector in parameters.sector}
    sums = by_sector(quotas)
    # The mean by output, as of mean_benchmark, of all sectors at once.
    expected = (quotas["benchmark"] * quotas["output"]).groupby(quotas["sector"], observed=True).sum()
    return sums.assign(
        form=[rules[sector].form for sector in sums.index],
        output_unit=[units[sector] for sector in sums.index],
        benchmark=expected.set_axis(expected.index.astype("str")) / sums["output"],
    )
