"""Quotas of facilities from their emissions, output and benchmark."""

from __future__ import annotations

import pandas as pd

from capshare.base.frames import require_same_index


def intensity(emissions_t: pd.Series, output: pd.Series) -> pd.Series:
    """Emissions per unit of output.

    .. math:: i = E / y

    Parameters
    ----------
    emissions_t : E, verified emissions, t CO2, index facility
    output : y, in the unit of the sector, above 0

    Returns
    -------
    Series, t CO2 per unit of output
    """
    require_same_index("intensity", emissions_t=emissions_t, output=output)
    return emissions_t / output


def benchmark_emissions_t(
    output: pd.Series, benchmark: pd.Series, heat_gj: pd.Series, heat_benchmark: pd.Series
) -> pd.Series:
    r"""What a facility would emit if it were as good as its benchmark; the quota by output.

    .. math:: Q = b\,y + h\,H

    Parameters
    ----------
    output : y, in the unit of the sector; electricity in MWh, index facility
    benchmark : b, t CO2 per unit of output
    heat_gj : H, heat delivered, GJ
    heat_benchmark : h, t CO2 per GJ

    Returns
    -------
    Series, t CO2

    References
    ----------
    Ministry of Ecology and Environment, allocation plans for power generation 2019-2020, 2021 and 2022.
    """
    require_same_index(
        "benchmark_emissions_t",
        output=output,
        benchmark=benchmark,
        heat_gj=heat_gj,
        heat_benchmark=heat_benchmark,
    )
    return benchmark * output + heat_benchmark * heat_gj


def deviation(emissions_t: pd.Series, expected_t: pd.Series) -> pd.Series:
    r"""How far a facility is above its benchmark, as a share of it.

    .. math:: d = \frac{E - Q^b}{Q^b}

    Without heat this is (intensity - benchmark) / benchmark.

    Parameters
    ----------
    emissions_t : E, verified emissions, t CO2, index facility
    expected_t : :math:`Q^b`, of :func:`benchmark_emissions_t`, above 0

    Returns
    -------
    Series, 0.1 is 10 % above the benchmark
    """
    require_same_index("deviation", emissions_t=emissions_t, expected_t=expected_t)
    return (emissions_t - expected_t) / expected_t


def band_quota_t(
    emissions_t: pd.Series, deviation: pd.Series, slope: pd.Series, band: pd.Series
) -> pd.Series:
    r"""Quota within a band around verified emissions.

    .. math:: Q = E\,(1 - s\,\mathrm{clip}(d, -B, B))

    With s = 0.15 and B = 0.2 surplus and shortfall stop at 3 % of emissions.

    Parameters
    ----------
    emissions_t : E, verified emissions, t CO2, index facility
    deviation : d, of :func:`deviation`
    slope : s, of the facility's sector
    band : B, of the facility's sector

    Returns
    -------
    Series, t CO2

    References
    ----------
    Ministry of Ecology and Environment, allocation plan for steel, cement and aluminium smelting 2024 and
    2025; by secondary sources, see ``market_rules.toml``.
    """
    require_same_index("band_quota_t", emissions_t=emissions_t, deviation=deviation, slope=slope, band=band)
    return emissions_t * (1 - slope * deviation.clip(-band, band))
