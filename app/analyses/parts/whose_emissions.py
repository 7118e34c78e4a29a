"""Notes on whose emissions count: the years behind electricity that crosses borders and the market."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from capshare.analyses.parts.market_sectors import market_sectors
from capshare.base.notes import Note, caution, detail
from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.indicators.electricity import net_imports_twh
from capshare.indicators.market_sectors import rest_cut_of_nation_pct

# A quota that the market exceeds by less is used up, Mt.
_LEAST_MT = 1e-9


def electricity_notes(found: PreparedStudy) -> Iterator[Note]:
    """Which years the figures of electricity are of, and what that leaves open.

    Parameters
    ----------
    found : a study's chain
    """
    table, asked = found.inputs.base_year.electricity, found.study.electricity
    if table is None or asked is None:
        return
    first = table.iloc[0]
    years = {name: int(first[f"{name}_year"]) for name in ("consumption", "generation", "factor")}
    if asked.view != "production":
        moved = (found.inputs.emissions_mt - table["production_mt"]).clip(lower=0).sum()
        yield caution("electricity_view", moved=float(moved), year=years["consumption"])
    raised = float(table["generation_twh"].sum() / table["published_consumption_twh"].sum())
    yield detail("electricity_years", **years, raised=raised)
    then = table["generation_then_twh"]
    if then.notna().all():
        used = table["published_consumption_twh"]
        yield detail(
            "electricity_residual", year=years["consumption"], residual=100 * (then.sum() / used.sum() - 1)
        )
        own = net_imports_twh(then, used)["net_import_twh"]
        turned = table.index[np.sign(own) != np.sign(table["net_import_twh"])]
        if len(turned):
            yield detail("electricity_turned", year=years["consumption"], provinces=tuple(turned))
    importers = table["net_import_twh"] >= 0
    if asked.factor == "origin" and importers.any():
        mean = float(table.loc[importers, "factor_kg_per_kwh"].iloc[0])
        yield detail("electricity_origin", mean=mean)
    elif asked.factor == "national":
        yield detail("electricity_national", mean=float(first["factor_kg_per_kwh"]))


def market_notes(found: PreparedStudy, quota_mt: pd.Series) -> Iterator[Note]:
    """Where the emissions of the market's sectors are from, and what is assumed of its quota.

    Parameters
    ----------
    found : a study's chain
    quota_mt : index (year, code), Mt
    """
    parts, asked = found.inputs.market_parts, found.study.market_sectors
    if parts is None or asked is None:
        return
    for sector in asked.sectors:
        yield _source(pd.DataFrame(parts.xs(sector.sector, level="sector")), sector.sector)
    table = market_sectors(found, quota_mt)
    if table is None:
        return
    year = found.inputs.years[-1]
    last = in_year(table, year)
    over = last.index[last["rest_quota_mt"] < -_LEAST_MT]
    if len(over):
        yield caution("market_exceeds", year=year, provinces=tuple(over))
    if asked.yearly_change_pct is not None:
        yield from _change(found, quota_mt, asked.yearly_change_pct)


def _source(rows: pd.DataFrame, sector: str) -> Note:
    source = str(rows["source"].iloc[0])
    if source == "share":
        return detail("market_share", sector=sector)
    years = rows["source_year"].astype(int)
    latest = int(years.max())
    count = int((rows["emissions_share"] > 0).sum())
    if source == "facilities":
        return detail("market_facilities", sector=sector, year=latest, count=count)
    if source == "estimate":
        return caution("market_estimate", sector=sector, year=latest, count=count)
    if source == "synthetic":
        return caution("market_synthetic", sector=sector, year=latest, count=count)
    others = tuple((str(code), int(year)) for code, year in years[years != latest].items())
    if others:
        return caution("market_inventory_but", year=latest, provinces=others)
    return caution("market_inventory", year=latest)


def _change(found: PreparedStudy, quota_mt: pd.Series, change_pct: float) -> Iterator[Note]:
    """What a point more and a point less of the assumed change would ask of the rest."""
    year, cuts = found.inputs.years[-1], []
    for points in (0.0, 1.0, -1.0):
        table = market_sectors(found, quota_mt, points)
        cut = None if table is None else rest_cut_of_nation_pct(in_year(table, year))
        if cut is None:
            return
        cuts.append(cut)
    yield caution("market_change", change=change_pct, year=year, cut=cuts[0], more=cuts[1], less=cuts[2])
