"""Plausible: figures per head and per yuan that no region has, and the slip of a unit behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from capshare.base.notes import Note, stop
from capshare.indicators.dataset.column_units import name_unit
from capshare.indicators.dataset.units import DIMENSION_UNITS, parse_unit

# What a column's name begins with → dimension that its unit is chosen from; where two changes explain as
# much, the first is named: heads are counted in fewer units than money.
_QUANTITIES = MappingProxyType(
    {"gdp": "money", "emissions": "CO2", "energy_total": "energy", "population": "number"}
)


@dataclass(frozen=True)
class Ratio:
    """Two quantities whose quotient is known to lie within limits.

    Attributes
    ----------
    name, unit : of the quotient, in the base units persons, yuan, t CO2, tce
    above, below : numerator and denominator
    low, high : limits, both plausible; wide, so that an odd region is no slip
    usual : what most regions are nearest to, in orders of magnitude
    """

    name: str
    unit: str
    above: str
    below: str
    low: float
    high: float
    usual: float


RATIOS = (
    Ratio("GDP per head", "yuan", "gdp", "population", 5e2, 5e6, 5e4),
    Ratio("emissions per head", "t CO2", "emissions", "population", 1e-2, 3e2, 5.0),
    Ratio("energy per head", "tce", "energy_total", "population", 1e-2, 2e2, 3.0),
    Ratio("emissions per energy", "t CO2 per tce", "emissions", "energy_total", 5e-2, 1.5e1, 2.0),
    Ratio("emissions per GDP", "t CO2 per yuan", "emissions", "gdp", 2e-7, 1e-2, 1e-4),
)
"""Countries of the 2010s span 2e3 to 1e6 yuan, 0.03 to 40 t CO2 and 0.05 to 30 tce per head."""


@dataclass(frozen=True)
class Slip:
    """Regions whose figures are implausible in the same way.

    Attributes
    ----------
    codes : of the regions
    ratio : the first one that is outside its limits
    value : its median over these regions
    column, declared, likely : what was probably in another unit, as declared and as likely; or None where
        no single change of a unit explains the figures
    """

    codes: tuple[str, ...]
    ratio: Ratio
    value: float
    column: str | None
    declared: str | None
    likely: str | None


def slips(table: pd.DataFrame, declared: Mapping[str, str]) -> list[Slip]:
    """Implausible figures, with the one unit whose change makes every ratio of the region plausible.

    Parameters
    ----------
    table : index code; columns ``population_…``, ``gdp_…``, ``emissions_…`` and ``energy_total_…`` are
        looked at, each where there is exactly one whose name ends in a unit
    declared : column → unit its cells were declared in; ``""`` where the column's name says it

    Returns
    -------
    list of Slip, none where everything is plausible
    """
    columns = _columns(table)
    base = pd.DataFrame({q: table[c] * _size(c) for q, c in columns.items()}, index=table.index)
    wrong = _outside(base)
    remaining = wrong.any(axis=1)
    candidates = _candidates(columns, declared)
    found: list[Slip] = []
    while candidates and remaining.any():
        tried = [_mends(base.loc[remaining], quantity, factor) for quantity, _, factor in candidates]
        # The change that explains most regions; among equals the one that makes them most usual.
        best = min(range(len(tried)), key=lambda number: (-len(tried[number][0]), tried[number][1]))
        codes, (quantity, likely, _) = tried[best][0], candidates[best]
        if codes.empty:
            break
        said = declared.get(columns[quantity]) or _written(columns[quantity])
        found.append(_slip(base.loc[codes], wrong.loc[codes], columns[quantity], said, likely))
        remaining.loc[codes] = False
    if remaining.any():
        found.append(_slip(base.loc[remaining], wrong.loc[remaining]))
    return found


def slip_notes(table: pd.DataFrame, declared: Mapping[str, str]) -> tuple[Note, ...]:
    """One note for every slip found.

    Parameters
    ----------
    table, declared : as for `slips`
    """
    return tuple(_note(slip, len(table)) for slip in slips(table, declared))


def _note(slip: Slip, regions: int) -> Note:
    ratio = slip.ratio
    what = {
        "ratio": ratio.name,
        "amount": slip.value,
        "unit": ratio.unit,
        "count": len(slip.codes),
        "regions": regions,
        "provinces": slip.codes,
        "low": ratio.low,
        "high": ratio.high,
    }
    if slip.column is None:
        return stop("implausible", **what, above=ratio.above, below=ratio.below)
    units = {"column": slip.column, "likely": slip.likely, "declared": slip.declared}
    if len(slip.codes) == regions:
        return stop("slip_of_all", **what, **units)
    return stop("slip", **what, **units)


def _columns(table: pd.DataFrame) -> dict[str, str]:
    """Column of each quantity; none where several could be meant."""
    columns = {}
    for quantity in _QUANTITIES:
        named = [c for c in map(str, table.columns) if c == f"{quantity}_{_written(c)}" and name_unit(c)]
        if len(named) == 1:
            columns[quantity] = named[0]
    return columns


def _written(column: str) -> str:
    return column.rsplit("_", 1)[-1]


def _size(column: str) -> float:
    unit = name_unit(column)
    return float(unit.size) if unit else 1.0


def _values(base: pd.DataFrame) -> dict[Ratio, pd.Series]:
    """Quotients that can be formed, NaN without a positive figure."""
    positive = base.where(base > 0)
    return {
        ratio: positive[ratio.above] / positive[ratio.below]
        for ratio in RATIOS
        if {ratio.above, ratio.below} <= set(base.columns)
    }


def _outside(base: pd.DataFrame) -> pd.DataFrame:
    """Which ratios of which regions are implausible."""
    outside = {
        ratio.name: value.notna() & ~value.between(ratio.low, ratio.high)
        for ratio, value in _values(base).items()
    }
    return pd.DataFrame(outside, index=base.index, dtype=bool)


def _mends(base: pd.DataFrame, quantity: str, factor: float) -> tuple[pd.Index, float]:
    """Regions that a factor makes plausible, and how far from usual it leaves them, orders of magnitude."""
    mended = base.assign(**{quantity: base[quantity] * factor})
    plausible = ~_outside(mended).any(axis=1)
    distances = [
        np.log10(value[plausible] / ratio.usual).abs().median() for ratio, value in _values(mended).items()
    ]
    return base.index[plausible], float(np.nansum(distances))


def _candidates(columns: Mapping[str, str], declared: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """Quantities, units they may really be in, and what the figures would have to be multiplied by."""
    candidates = []
    for quantity, column in columns.items():
        given = parse_unit(declared.get(column, "")) or name_unit(column)
        for text in DIMENSION_UNITS[_QUANTITIES[quantity]]:
            unit = parse_unit(text)
            if unit is None or given is None or unit.currency != given.currency:
                continue
            if unit.size != given.size:
                candidates.append((quantity, text, float(unit.size / given.size)))
    return candidates


def _slip(
    base: pd.DataFrame,
    wrong: pd.DataFrame,
    column: str | None = None,
    declared: str | None = None,
    likely: str | None = None,
) -> Slip:
    ratio, values = next((r, v) for r, v in _values(base).items() if wrong[r.name].any())
    median = float(values[wrong[ratio.name]].median())
    return Slip(tuple(map(str, base.index)), ratio, median, column, declared, likely)
