"""Plausible: figures per head and per yuan that no region has, and the slip of a unit behind them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from capshare.errors import CapshareWarning
from capshare.indicators.columnunits import name_unit
from capshare.indicators.regions import Regions
from capshare.indicators.units import DIMENSION_UNITS, parse_unit

_LISTED = 5
# What a column's name begins with → dimension that its unit is chosen from.
_QUANTITIES = MappingProxyType(
    {"population": "number", "gdp": "money", "emissions": "CO2", "energy_total": "energy"}
)


@dataclass(frozen=True)
class Ratio:
    """Two quantities whose quotient is known to lie within limits.

    Attributes
    ----------
    name, unit : of the quotient, in the base units persons, yuan, t CO2, tce
    above, below : numerator and denominator
    low, high : limits, both plausible; wide, so that an odd region is no slip
    """

    name: str
    unit: str
    above: str
    below: str
    low: float
    high: float


RATIOS = (
    Ratio("GDP per head", "yuan", "gdp", "population", 5e2, 5e6),
    Ratio("emissions per head", "t CO2", "emissions", "population", 1e-2, 3e2),
    Ratio("energy per head", "tce", "energy_total", "population", 1e-2, 2e2),
    Ratio("emissions per energy", "t CO2 per tce", "emissions", "energy_total", 5e-2, 1.5e1),
    Ratio("emissions per GDP", "t CO2 per yuan", "emissions", "gdp", 2e-7, 1e-2),
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
    found: list[Slip] = []
    for _, quantity, unit, factor in _candidates(columns, declared):
        mended = base.loc[remaining]
        mended = mended.assign(**{quantity: mended[quantity] * factor})
        explained = remaining.copy()
        explained[remaining] = ~_outside(mended).any(axis=1)
        column = columns[quantity]
        said = declared.get(column) or _written(column)
        found += _slips(base, wrong, explained, (column, said, unit))
        remaining &= ~explained
    return found + _slips(base, wrong, remaining, (None, None, None))


def warn_of_slips(table: pd.DataFrame, declared: Mapping[str, str], regions: Regions) -> None:
    """Warn of every slip found.

    Parameters
    ----------
    table, declared : as for `slips`
    regions : for the names in the message

    Warns
    -----
    CapshareWarning
        once per slip.
    """
    for slip in slips(table, declared):
        warnings.warn(_sentence(slip, regions), CapshareWarning, stacklevel=2)


def _sentence(slip: Slip, regions: Regions) -> str:
    n, total = len(slip.codes), len(regions.codes)
    names = ", ".join(map(regions.label, slip.codes[:_LISTED])) + (" and others" if n > _LISTED else "")
    ratio = slip.ratio
    what = (
        f"{ratio.name} is {slip.value:.3g} {ratio.unit} in {n} of {total} regions ({names}); "
        f"plausible is {ratio.low:g} to {ratio.high:g}"
    )
    if slip.column is None:
        return f"{what}. No one unit explains it: check {ratio.above} and {ratio.below}."
    cells = "the cells" if n == total else "these cells"
    return f"{what}. In {slip.column} {cells} are probably in {slip.likely}, declared is {slip.declared}."


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


def _outside(base: pd.DataFrame) -> pd.DataFrame:
    """Which ratios of which regions are implausible; without a positive figure there is none."""
    known = [ratio for ratio in RATIOS if {ratio.above, ratio.below} <= set(base.columns)]
    positive = base.where(base > 0)
    outside = {}
    for ratio in known:
        value = positive[ratio.above] / positive[ratio.below]
        outside[ratio.name] = value.notna() & ~value.between(ratio.low, ratio.high)
    return pd.DataFrame(outside, index=base.index, dtype=bool)


def _candidates(
    columns: Mapping[str, str], declared: Mapping[str, str]
) -> list[tuple[float, str, str, float]]:
    """Units that a quantity may really be in, the least change first."""
    candidates = []
    for quantity, column in columns.items():
        given = parse_unit(declared.get(column, "")) or name_unit(column)
        for text in DIMENSION_UNITS[_QUANTITIES[quantity]]:
            unit = parse_unit(text)
            if unit is not None and given is not None and unit.size != given.size:
                factor = float(unit.size / given.size)
                candidates.append((max(factor, 1 / factor), quantity, text, factor))
    return sorted(candidates)


def _slips(
    base: pd.DataFrame,
    wrong: pd.DataFrame,
    concerned: pd.Series,
    explanation: tuple[str | None, str | None, str | None],
) -> list[Slip]:
    codes = tuple(map(str, base.index[concerned]))
    if not codes:
        return []
    shown = wrong.loc[concerned].any()
    ratio = next(ratio for ratio in RATIOS if shown.get(ratio.name, False))
    rows = base.loc[concerned & wrong[ratio.name]]
    value = float((rows[ratio.above] / rows[ratio.below]).median())
    return [Slip(codes, ratio, value, *explanation)]
