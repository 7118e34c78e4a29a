"""Column units: the unit of a file's cells against the one a study reads, and the way from one to the other.

A study knows a column by a name that ends in its unit, ``gdp_1e8yuan``. A file may state it in another
unit of the same dimension, and under a name without one: ``gdp`` in ``1e4 yuan``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import pandas as pd

from capshare.base.conventions import AMOUNTS, INSIDE, currency_of_key
from capshare.base.shown import shown
from capshare.base.spelling import nearest
from capshare.indicators.dataset.fields import Fault
from capshare.indicators.dataset.units import DIMENSION_UNITS, Unit, multiplier, parse_unit

UNIT_SUFFIX = re.compile(
    rf"(?<!_per)_(?:(?:1e\d{{1,2}})?(?:t|tce|{'|'.join(AMOUNTS)}|m3|ha|km2|kwh)|kt|mt|pct|1e\d{{1,2}})$",
    re.ASCII,
)
_WRITTEN = re.compile(r"(1e\d{1,2})?(.*)", re.ASCII)
# A unit of fewer letters is one slip away from several others.
_SHORTEST_SLIP = 4
_COMPATIBLE = MappingProxyType({"mass": ("mass", "CO2"), "money": ("money", "money per person")})
_OF_CARBON = ("emission", "co2", "carbon", "排放", "碳")
# What a study reads a column in, where its name does not say.
_STUDY_UNITS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "mass": ("1e4t", "1e4 t"),
        "CO2": ("mt", "Mt CO2"),
        "energy": ("1e4tce", "1e4 tce"),
        "number": ("1e4", "1e4 persons"),
        "volume": ("1e8m3", "1e8 m3"),
        "area": ("1e3ha", "1e3 ha"),
        "electricity": ("1e8kwh", "1e8 kWh"),
        "share": ("pct", "%"),
    }
)


@dataclass(frozen=True)
class StudyColumn:
    """A column as a study reads it.

    Attributes
    ----------
    name : ends in its unit, where the unit is known
    unit : of the column in the dataset
    factor : what a cell of the file is multiplied by
    """

    name: str
    unit: str
    factor: Fraction


def study_column(name: str, unit: str) -> StudyColumn | Fault:
    """Name and unit under which a study reads a column.

    A mass of emissions is one of CO2, and carbon becomes CO2 by 44/12. A unit that is not known is left as
    it is, unless the column's name promises another or it looks like a slip of the pen.

    Parameters
    ----------
    name : of the column in the file
    unit : of its cells; ``""`` where nothing is said, then the name is believed

    Returns
    -------
    StudyColumn, or what is wrong with the unit
    """
    wanted = name_unit(name)
    if not unit.strip():
        return StudyColumn(name, unit, Fraction(1))
    given = _unit_of(name, unit, wanted)
    if given is None:
        return _unknown(name, unit) if wanted is None else _not_of(name, unit, wanted)
    if given.dimension == "carbon":
        if not of_carbon(name):
            return _not_of(name, unit, wanted or Unit("mass", Fraction(1)))
        given = Unit("CO2", given.size)
    if wanted is None:
        suffix, meant = _study_unit(given)
        target = parse_unit(meant)
        return StudyColumn(f"{name}_{suffix}", meant, given.size / (target.size if target else 1))
    of_another = given.dimension not in _COMPATIBLE.get(wanted.dimension, (wanted.dimension,))
    if of_another or given.currency != wanted.currency:
        return _not_of(name, unit, wanted)
    factor = given.size / wanted.size
    return StudyColumn(name, unit if factor == 1 else _unit_text(name, unit, given.dimension), factor)


def converted(values: pd.Series, factor: Fraction) -> pd.Series:
    """Values times a factor, each the nearest number to the exact product of what is written.

    Parameters
    ----------
    values : any index, float; NaN stays
    factor : exact

    Returns
    -------
    Series, index as `values`; 8.747 times 100 is 874.7
    """
    exact = [
        float(Fraction(repr(value)) * factor) if math.isfinite(value) else value for value in values.tolist()
    ]
    return pd.Series(exact, values.index, dtype="float64", name=values.name)


def unit_factor(unit: str, into: str) -> Fraction | None:
    """What a value is multiplied by to come from one unit into another, None where that cannot be.

    Parameters
    ----------
    unit, into : as :func:`parse_unit` reads them, "1e4 t"
    """
    given, wanted = parse_unit(unit), parse_unit(into)
    if given is None or wanted is None:
        return None
    if (given.dimension, given.currency) != (wanted.dimension, wanted.currency):
        return None
    return given.size / wanted.size


def of_carbon(name: str) -> bool:
    """Whether a column's name says that its mass is one of emissions.

    Parameters
    ----------
    name : of the column
    """
    return any(word in name.casefold() for word in _OF_CARBON)


def _study_unit(given: Unit) -> tuple[str, str]:
    """Suffix and unit that a study reads a dimension in; money in the currency and amounts it is given in."""
    if not given.currency:
        return _STUDY_UNITS[given.dimension]
    written = given.currency if given.currency == INSIDE else given.currency.upper()
    power = f"1e{AMOUNTS[given.currency]}"
    return {
        "money": (f"{power}{given.currency}", f"{power} {written}"),
        "money per person": (given.currency, f"{written} per person"),
        "money per mass": (f"{given.currency}_per_t", f"{written}/t"),
    }[given.dimension]


def _unit_of(name: str, unit: str, wanted: Unit | None) -> Unit | None:
    given = parse_unit(unit)
    if given is None and wanted is not None and wanted.dimension == "number":
        # vehicles_1e4 in "1e4 vehicles": whatever is counted, ten thousand is ten thousand.
        return Unit("number", multiplier(unit))
    if given is not None and given.dimension == "mass" and wanted is None and of_carbon(name):
        return Unit("CO2", given.size)
    return given


def name_unit(name: str) -> Unit | None:
    """Unit that a column's name ends in, None where it ends in none.

    Parameters
    ----------
    name : of the column, "coal_1e4t"
    """
    currency = currency_of_key(name)
    if currency is not None:
        return Unit("money per mass", Fraction(1), currency)
    match = UNIT_SUFFIX.search(name)
    return parse_unit(match[0][1:]) if match else None


def _unknown(name: str, unit: str) -> StudyColumn | Fault:
    known = [known for units in DIMENSION_UNITS.values() for known in units]
    near = nearest(unit, known) if len(unit.strip()) >= _SHORTEST_SLIP else None
    if near is None:
        return StudyColumn(name, unit, Fraction(1))
    return Fault("a known unit, or one unlike them all", shown(unit), f"Did you mean {near}?")


def _unit_text(name: str, unit: str, dimension: str) -> str:
    power, base = _WRITTEN.findall(name.rsplit("_", 1)[-1])[0]
    counted = "persons" if parse_unit(unit) else ""
    written = {"mt": "Mt", "kt": "kt", "kwh": "kWh", "pct": "%", "": counted}.get(base, base)
    written = written.upper() if written in AMOUNTS and written != INSIDE else written
    if dimension == "CO2" or (of_carbon(name) and dimension == "mass"):
        written += " CO2"
    if dimension == "money per person":
        written += " per person"
    return f"{power} {written}".strip()


def _currency(text: str) -> str:
    unit = parse_unit(text)
    return unit.currency if unit else ""


def _not_of(name: str, unit: str, wanted: Unit) -> Fault:
    dimension = "CO2" if wanted.dimension == "mass" and of_carbon(name) else wanted.dimension
    known = ", ".join(text for text in DIMENSION_UNITS[dimension] if _currency(text) == wanted.currency)
    what = f"a unit of {dimension} for {name}: {known}"
    given = parse_unit(unit)
    if given is not None and given.dimension == "energy" and dimension == "mass":
        remedy = (
            "Give physical tonnes, or name the column for energy: it depends on the fuel what a tce weighs."
        )
    elif given is not None and given.dimension == "carbon":
        remedy = "Carbon becomes CO2 only in a column of emissions: say so in its name."
    else:
        remedy = "Correct the unit, or rename the column."
    return Fault(what, shown(unit), remedy)
