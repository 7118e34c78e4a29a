"""Synthetic facilities: tables as a registry would have them, drawn at random, for tests and for trying out.

Every row says that it is synthetic. Sizes and intensities are spread as in real sectors; no more is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

STATUS, YEARS = "synthetic", (2024, 2025)
"""What every row says, and the years that there are by default."""
# Sector → share of the facilities, median output a year, its spread, median intensity and its spread, both
# of logarithms: assumptions, of the order of Chinese plants.
_SECTORS: Mapping[str, tuple[float, float, float, float, float]] = MappingProxyType(
    {
        "steel": (0.2, 3.0e6, 0.9, 1.8, 0.10),
        "cement": (0.7, 1.2e6, 0.6, 0.85, 0.05),
        "aluminium": (0.1, 4.0e5, 0.7, 1.6, 0.08),
    }
)
# Output of a facility from one year to the next, and drift of intensity, both of logarithms.
_GROWTH, _DRIFT = 0.08, 0.01


def synthetic_facilities(
    count: int, seed: int, provinces: pd.Index, years: tuple[int, ...] = YEARS
) -> pd.DataFrame:
    """A table of facilities, drawn at random.

    Parameters
    ----------
    count : number of facilities
    seed : the same seed gives the same table
    provinces : codes to spread them over
    years : each facility has a row in each of them

    Returns
    -------
    DataFrame of the columns that ``capshare benchmark`` reads: ``facility, province, sector, year,
    emissions_t, output, status``, whole tonnes; output in t
    """
    draw = np.random.default_rng(seed)
    names = np.array(list(_SECTORS))
    share, output, spread, intensity, spread_of_intensity = (
        np.array(figures) for figures in zip(*_SECTORS.values(), strict=True)
    )
    sector = draw.choice(len(names), size=count, p=share)
    province = draw.choice(provinces.to_numpy(), size=count)
    log_output = np.log(output[sector]) + spread[sector] * draw.standard_normal(count)
    log_intensity = np.log(intensity[sector]) + spread_of_intensity[sector] * draw.standard_normal(count)
    digits = len(str(count))
    frames = []
    for year in years:
        made = np.maximum(np.round(np.exp(log_output)), 1.0)
        frames.append(
            pd.DataFrame(
                {
                    "facility": [f"{STATUS} {place:0{digits}d}" for place in range(1, count + 1)],
                    "province": province,
                    "sector": names[sector],
                    "year": year,
                    "emissions_t": np.round(np.exp(log_intensity) * made),
                    "output": made,
                    "status": STATUS,
                }
            )
        )
        log_output = log_output + _GROWTH * draw.standard_normal(count)
        log_intensity = log_intensity - _DRIFT + _DRIFT * draw.standard_normal(count)
    return pd.concat(frames, ignore_index=True)
