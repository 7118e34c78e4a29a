"""Emissions of the provinces: a published column, or quantities of fuels times their factors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers
from capshare.base.notes import Note, caution
from capshare.base.shown import shown
from capshare.base.spelling import suggestion

FUEL_FACTORS: Mapping[str, float] = MappingProxyType(
    {
        "coal": 1.9003,
        "coke": 2.8604,
        "crude_oil": 3.0202,
        "gasoline": 2.9251,
        "kerosene": 3.0179,
        "diesel": 3.0959,
        "fuel_oil": 3.1705,
        "natural_gas": 2.1622,
    }
)
"""CO2 per quantity of fuel: t CO2 per t, natural gas kg CO2 per m3.

All eight together count twice: crude oil and its products (gasoline, kerosene, diesel, fuel oil), and
coal and the coke made of it. The published study counts crude and products, coal and coke, and no gas.
`SINGLE_COUNT_FUELS` is the list to plan with.
"""

SINGLE_COUNT_FUELS: tuple[str, ...] = ("coal", "gasoline", "kerosene", "diesel", "fuel_oil", "natural_gas")
"""Fuels that count no carbon twice: no crude oil beside its products, no coke beside coal."""

_MT_PER_MASS = MappingProxyType({"mt": 1.0, "1e8t": 100.0, "1e4t": 0.01, "kt": 0.001, "t": 1e-6})
_MT_PER_QUANTITY = MappingProxyType({"1e4t": 0.01, "1e8m3": 0.1})
_MADE_OF = MappingProxyType(
    {"coal": ("coke",), "crude_oil": ("gasoline", "kerosene", "diesel", "fuel_oil")},
)


def emissions_from_column(table: pd.DataFrame, column: str) -> pd.Series:
    """Emissions as a table states them.

    Parameters
    ----------
    table : index code
    column : a column whose name ends in its unit: ``_mt``, ``_1e8t``, ``_1e4t``, ``_kt`` or ``_t`` of CO2

    Returns
    -------
    Series ``emissions_mt``, index code, Mt CO2

    Raises
    ------
    CapshareError
        where the column is missing, has no unit in its name, or a cell is blank or negative.
    """
    source = "emissions_from_column"
    per_unit = _mt_per_unit(table, column, source)
    # Rounded, as 8.747 x 100 is not 874.7 in binary and a published figure should stay as published.
    return (_quantity(table, column, source) * per_unit).round(9).rename("emissions_mt")


def balance_from_column(table: pd.DataFrame, column: str) -> pd.Series:
    """Quotas less emissions as a table states them; negative where a quota falls short.

    Parameters
    ----------
    table : index code
    column : as for :func:`emissions_from_column`

    Returns
    -------
    Series ``balance_mt``, index code, Mt CO2

    Raises
    ------
    CapshareError
        where the column is missing, has no unit in its name, or a cell is blank.
    """
    source = "balance_from_column"
    per_unit = _mt_per_unit(table, column, source)
    require_numbers(source, column, table[[column]])
    return (table[column].astype("float64") * per_unit).round(9).rename("balance_mt")


def mt_per_unit(column: str) -> float:
    """Mt CO2 in one of the unit that a column's name ends in.

    Parameters
    ----------
    column : whose cells :func:`emissions_from_column` has read
    """
    return _MT_PER_MASS[column.rsplit("_", 1)[-1]]


def _mt_per_unit(table: pd.DataFrame, column: str, source: str) -> float:
    """Mt in one of the unit that a column's name ends in."""
    if column not in table.columns:
        remedy = suggestion(column, map(str, table.columns))
        raise CapshareError(Problem(source, "column", "a column of the table", shown(column), remedy))
    unit = column.rsplit("_", 1)[-1]
    if unit not in _MT_PER_MASS:
        expected = "a name that ends in " + ", ".join(f"_{known}" for known in _MT_PER_MASS)
        raise CapshareError(
            Problem(source, "column", expected, shown(column), "Name the unit in the column.")
        )
    return _MT_PER_MASS[unit]


def emissions_from_fuels(quantities: pd.DataFrame, factors: Mapping[str, float]) -> pd.Series:
    r"""Emissions of an explicit list of fuels.

    .. math:: E_i = \sum_f q_{if} k_f

    Units: 1e4 t × t CO2/t = 1e4 t CO2 = 0.01 Mt; 1e8 m3 × kg CO2/m3 = 1e8 kg CO2 = 0.1 Mt.

    Parameters
    ----------
    quantities : index code (or code and year); a column ``<fuel>_1e4t`` in 1e4 t or ``<fuel>_1e8m3`` in
        1e8 m3 for each fuel of `factors`; other columns are not read
    factors : fuel → t CO2 per t, or kg CO2 per m3; its fuels are those counted, for example
        ``{fuel: FUEL_FACTORS[fuel] for fuel in SINGLE_COUNT_FUELS}``

    Returns
    -------
    Series ``emissions_mt``, index as `quantities`, Mt CO2

    Raises
    ------
    CapshareError
        where no fuel is given, a fuel has no column (or one of each unit), a factor is not positive, or
        a cell is blank or negative.
    """
    source = "emissions_from_fuels"
    columns = _columns(quantities, factors, source)
    emissions = pd.Series(0.0, index=quantities.index)
    for fuel in fuels_in_order(columns):
        column = columns[fuel]
        unit = column.removeprefix(f"{fuel}_")
        emissions += _quantity(quantities, column, source) * factors[fuel] * _MT_PER_QUANTITY[unit]
    return emissions.rename("emissions_mt")


def fuels_in_order(fuels: Iterable[str]) -> tuple[str, ...]:
    """Fuels in the order of `FUEL_FACTORS`, others behind by name, so that sums are the same to the bit.

    Parameters
    ----------
    fuels : names, each once
    """
    place = {fuel: number for number, fuel in enumerate(FUEL_FACTORS)}
    return tuple(sorted(fuels, key=lambda fuel: (place.get(fuel, len(place)), fuel)))


def counted_twice(fuels: Collection[str]) -> tuple[Note, ...]:
    """Which of the fuels are made of others among them, so that their carbon counts twice.

    Parameters
    ----------
    fuels : names as in `FUEL_FACTORS`
    """
    both = {raw: [fuel for fuel in products if fuel in fuels] for raw, products in _MADE_OF.items()}
    return tuple(
        caution("counted_twice", fuel=raw, fuels=made) for raw, made in both.items() if raw in fuels and made
    )


def _columns(quantities: pd.DataFrame, factors: Mapping[str, float], source: str) -> dict[str, str]:
    problems = []
    if not factors:
        problems.append(Problem(source, "factors", "at least one fuel", "none", "Name the fuels to count."))
    columns = {}
    for fuel, factor in factors.items():
        if not 0 < factor < float("inf"):
            found, remedy = shown(factor), "Give t CO2 per t, or kg CO2 per m3."
            problems.append(Problem(source, f"factors, {fuel}", "a positive number", found, remedy))
        named = [f"{fuel}_{unit}" for unit in _MT_PER_QUANTITY if f"{fuel}_{unit}" in quantities.columns]
        if len(named) == 1:
            columns[fuel] = named[0]
        else:
            expected = f"one column {fuel}_1e4t or {fuel}_1e8m3"
            remedy = suggestion(f"{fuel}_1e4t", map(str, quantities.columns))
            problems.append(Problem(source, "quantities", expected, " and ".join(named) or "none", remedy))
    if problems:
        raise CapshareError(problems)
    return columns


def _quantity(table: pd.DataFrame, column: str, source: str) -> pd.Series:
    require_numbers(source, column, table[[column]])
    quantity = table[column].astype("float64")
    negative = quantity[quantity < 0]
    if len(negative):
        raise CapshareError(
            Problem(source, f"{column}[{label}]", "a quantity of at least 0", str(value), "Correct the cell.")
            for label, value in negative.items()
        )
    return quantity
