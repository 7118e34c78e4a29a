"""Sectors of the national market: their part of each province's emissions, and what is left of its quota."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index

Sector = Literal["power", "steel", "cement", "aluminium"]
SECTORS: tuple[Sector, ...] = get_args(Sector)
"""In the national market since 2021 (power, with heat) and 2024."""


def sector_emissions(
    share: pd.DataFrame, production_mt: pd.Series, crossing_mt: pd.Series | None = None
) -> pd.DataFrame:
    r"""Emissions of the base year by sector of the market.

    .. math:: M_{is} = a_{is} E^{pro}_i + [s = power]\,(E_i - E^{pro}_i)

    Electricity that crosses a border comes from power stations: in a view by consumption its emissions move
    with the power sector, where that is in the market, and the rest stays as it is.

    Parameters
    ----------
    share : code × sector; part of the emissions where they arise, 0 to 1
    production_mt : index code, Mt CO2; emissions where they arise
    crossing_mt : index code, Mt CO2; what the study's view of electricity adds to them, None for nothing

    Returns
    -------
    DataFrame, code × sector; Mt CO2

    Raises
    ------
    CapshareError
        where provinces differ, sectors make up more than all emissions of a province, or a province exports
        more of the power sector's emissions than it has.
    """
    source = "sector_emissions"
    require_same_index(source, production_mt=production_mt, share=share)
    require_numbers(source, "share", share)
    whole = share.sum(axis="columns")
    problems = [
        Problem(source, f"share[{code}]", "sectors that make up at most all emissions of a province",
                f"{total:.4g} of them", "Correct the shares or the table of facilities.")
        for code, total in whole[whole > 1].items()
    ]  # fmt: skip
    table = share.mul(production_mt, axis="index").reindex(production_mt.index)
    if crossing_mt is not None and "power" in table:
        table["power"] += crossing_mt.reindex(table.index)
        problems += [
            Problem(source, f"share[{code}]", "emissions of power above those of the electricity that leaves",
                    f"{amount:.4g} Mt",
                    'Take electricity.factor = "origin", correct the share, or leave out the sector.')
            for code, amount in table["power"][table["power"] < 0].items()
        ]  # fmt: skip
    if problems:
        raise CapshareError(problems)
    return table


def market_and_rest(
    quota_mt: pd.DataFrame,
    emissions_mt: pd.Series,
    market_mt: pd.Series,
    growth: pd.DataFrame | None,
    *,
    base_year: int,
    yearly_change_pct: float | None,
) -> pd.DataFrame:
    r"""A province's quota divided into what the market allocates and what the province answers for.

    .. math:: Q^M_{it} = M_i (1+g)^{t-b} \;\text{or}\; Q_{it} M_i/E_i, \qquad Q^R_{it} = Q_{it} - Q^M_{it}

    and the cut of carbon intensity that each part is left with, by the province's whole GDP:

    .. math:: c^R_{it} = 1 - \frac{Q^R_{it}}{(E_i - M_i)\,G_{it}/G_{ib}}

    Parameters
    ----------
    quota_mt : code × year, Mt CO2
    emissions_mt, market_mt : index code, Mt CO2; of the base year, all and those of the market's sectors
    growth : code × year; GDP as a multiple of the base year's; None where it is not known
    base_year : b
    yearly_change_pct : g, %; None to divide each quota in proportion to emissions

    Returns
    -------
    DataFrame, index (year, code); ``emissions_mt, market_mt, rest_mt, market_pct`` of the base year,
    ``quota_mt, market_quota_mt, rest_quota_mt``, the change of each part against the base year
    (``market_change_pct, rest_change_pct``) and, with GDP, its cut per unit of it (``market_cut_pct,
    rest_cut_pct``) and ``gdp_ratio``, the growth; NaN where a part has no emissions

    Raises
    ------
    CapshareError
        where provinces differ.
    """
    require_same_index("market_and_rest", quota_mt=quota_mt, emissions_mt=emissions_mt, market_mt=market_mt)
    own = pd.DataFrame({"emissions_mt": emissions_mt, "market_mt": market_mt})
    own["rest_mt"] = own["emissions_mt"] - own["market_mt"]
    own["market_pct"] = 100 * own["market_mt"] / own["emissions_mt"]
    parts = {}
    for year, quota in quota_mt.items():
        table = own.assign(quota_mt=quota)
        if yearly_change_pct is None:
            table["market_quota_mt"] = quota * own["market_mt"] / own["emissions_mt"]
        else:
            years = int(str(year)) - base_year
            table["market_quota_mt"] = own["market_mt"] * (1 + yearly_change_pct / 100) ** years
        table["rest_quota_mt"] = quota - table["market_quota_mt"]
        for part in ("market", "rest"):
            kept = table[f"{part}_quota_mt"] / table[f"{part}_mt"].where(table[f"{part}_mt"] > 0)
            table[f"{part}_change_pct"] = 100 * (kept - 1)
            if growth is not None:
                table[f"{part}_cut_pct"] = 100 * (1 - kept / growth[year])
        if growth is not None:
            table["gdp_ratio"] = growth[year]
        parts[year] = table
    return pd.concat(parts, names=["year", "code"])


def rest_cut_of_nation_pct(table: pd.DataFrame) -> float | None:
    """Cut of carbon intensity that all provinces' rest together is left with.

    Parameters
    ----------
    table : of :func:`market_and_rest`, one year, index code

    Returns
    -------
    float, % against the base year; None where growth is not known, or nothing is outside the market
    """
    if "gdp_ratio" not in table:
        return None
    constant = float((table["rest_mt"] * table["gdp_ratio"]).sum())
    return 100 * (1 - float(table["rest_quota_mt"].sum()) / constant) if constant > 0 else None
