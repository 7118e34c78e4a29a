"""The national market's part of each province's emissions in the base year, sector by sector."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from capshare.base.collector import Collector
from capshare.chain.base_year import BaseYear
from capshare.indicators.dataset.dataset import Dataset
from capshare.indicators.dataset.inventories import emissions_history, power_and_heat_shares
from capshare.indicators.market_sectors import sector_emissions
from capshare.study.sections.market_sectors import MarketSector
from capshare.study.study import Study

T_PER_MT = 1e6
# What figures of facilities are called that nobody reported, the farthest from a report first.
NOT_REPORTED = ("synthetic", "estimate")
# Shares of one sector: index code; ``share``, ``year`` and ``source``.
Shares = pd.DataFrame


def market_parts(
    study: Study,
    dataset: Dataset,
    base: BaseYear | None,
    facilities: Mapping[str, pd.DataFrame],
    file: str = "study",
) -> pd.DataFrame | None:
    """Emissions of the market's sectors in the base year, and where they are known from.

    A share is that of the last year that has it, or of the facilities' own year, and taken as the same since.

    Parameters
    ----------
    study : its section ``[market_sectors]``
    dataset : with the power and heat sector in its inventory, where that is asked for
    base : emissions of the base year; None where they cannot be told, which leaves what is wrong otherwise
    facilities : of :func:`~capshare.chain.facility_sums.read_facility_sums`; a table that could not be
        read is absent, and its problem told
    file : of the study, for the messages

    Returns
    -------
    DataFrame, index (code, sector); ``source, source_year, emissions_share`` of the emissions where they
    arise, and ``emissions_mt`` in the study's view of electricity; None where the study does not ask for it

    Raises
    ------
    CapshareError
        with every sector whose emissions are not known.
    """
    asked = study.market_sectors
    if asked is None:
        return None
    found = Collector(file)
    parts: dict[str, Shares] = {}
    for number, sector in enumerate(asked.sectors, start=1):
        place = f"market_sectors.sectors {number}"
        shares = found.attempt(partial(_shares, sector, study, dataset, base, facilities, place, found))
        if shares is not None:
            parts[sector.sector] = shares
    found.refuse()
    if base is None or len(parts) < len(asked.sectors):
        # A table of facilities could not be read; its problems are with the collector that read it.
        return None
    share = pd.DataFrame({sector: own["share"] for sector, own in parts.items()})
    emissions = sector_emissions(share, base.produced_mt, base.crossing_mt)
    table = pd.concat(parts, names=["sector", "code"]).rename(
        columns={"year": "source_year", "share": "emissions_share"}
    )
    table["emissions_mt"] = emissions.unstack().reindex(table.index)
    return table.swaplevel().sort_index()[["source", "source_year", "emissions_share", "emissions_mt"]]


def _shares(
    sector: MarketSector,
    study: Study,
    dataset: Dataset,
    base: BaseYear | None,
    facilities: Mapping[str, pd.DataFrame],
    place: str,
    found: Collector,
) -> Shares | None:
    match sector.source:
        case "inventory":
            return _of_inventory(study, dataset, place, found)
        case "share":
            return _stated(sector, study, dataset, place, found)
        case _:
            table = facilities.get(str(sector.file))
            return None if table is None else _of_facilities(sector, table, dataset, base, place, found)


def _of_inventory(study: Study, dataset: Dataset, place: str, found: Collector) -> Shares:
    shares = power_and_heat_shares(dataset, study.study.base_year)
    lacking = dataset.table.index.difference(shares.index)
    if len(lacking):
        expected = f"the power and heat sector of every province in the inventory of dataset {dataset.name}"
        names = "none" if shares.empty else f"none of {', '.join(map(dataset.regions.label, lacking))}"
        found.add(f"{place}.source", expected, names,
                  'Use source "share" or "facilities", or name the column: "roles": '
                  '{"inventory": {"power_and_heat": ...}}.')  # fmt: skip
    return shares.reindex(dataset.table.index).assign(source="inventory")


def _stated(
    sector: MarketSector, study: Study, dataset: Dataset, place: str, found: Collector
) -> Shares | None:
    codes = dataset.regions.resolve_all(list(sector.shares), found.file, f"{place}.shares")
    own = dict(zip(codes, sector.shares.values(), strict=True))
    share = pd.Series(own, dtype=float).reindex(dataset.table.index)
    if sector.share is not None:
        share = share.fillna(sector.share)
    if share.isna().any():
        missing = ", ".join(map(dataset.regions.label, share.index[share.isna()]))
        found.add(f"{place}.shares", "a share of every province, or `share` for the others",
                  f"none of {missing}", "Add them.")  # fmt: skip
        return None
    return pd.DataFrame({"share": share, "year": study.study.base_year, "source": "share"})


def _of_facilities(
    sector: MarketSector,
    table: pd.DataFrame,
    dataset: Dataset,
    base: BaseYear | None,
    place: str,
    found: Collector,
) -> Shares | None:
    rows = table[table["sector"] == sector.sector]
    years = sorted(rows["year"].unique())
    if not years or (sector.year is not None and sector.year not in years):
        expected = f"facilities of {sector.sector}" + (f" in {sector.year}" if sector.year else "")
        said = f"none in {sector.file}, which has {', '.join(map(str, years)) or 'no row of this sector'}"
        found.add(f"{place}.file", expected, said, "Add them, or take another source.")
        return None
    if base is None:
        return None
    year = int(years[-1] if sector.year is None else sector.year)
    whole = _emissions_of(year, dataset, base)
    if whole is None:
        found.add(f"{place}.year", "a year in which the emissions of every province are known", str(year),
                  f"Known: {', '.join(map(str, _known_years(dataset, base)))}.")  # fmt: skip
        return None
    of_year = rows[rows["year"] == year]
    own = of_year.groupby("code")["emissions_t"].sum().reindex(whole.index, fill_value=0.0)
    source = next((status for status in NOT_REPORTED if (of_year["status"] == status).any()), "facilities")
    return pd.DataFrame({"share": own / T_PER_MT / whole, "year": year, "source": source})


def _emissions_of(year: int, dataset: Dataset, base: BaseYear) -> pd.Series | None:
    """Emissions of a year where they arise, index code, Mt: of the inventory, or carried forward."""
    if base.nowcast is not None and year in base.nowcast.factors.index.get_level_values("year"):
        return base.nowcast.factors["emissions_mt"].xs(year, level="year").reindex(dataset.table.index)
    if year not in _known_years(dataset, base):
        return None
    return emissions_history(dataset).xs(year, level="year").reindex(dataset.table.index)


def _known_years(dataset: Dataset, base: BaseYear) -> list[int]:
    history = emissions_history(dataset).unstack("year").reindex(dataset.table.index).dropna(axis="columns")
    known = set(map(int, history.columns))
    if base.nowcast is not None:
        known |= set(map(int, base.nowcast.factors.index.get_level_values("year")))
    return sorted(known)
