"""Column names: the year and the role that a column's name tells."""

from __future__ import annotations

from capshare.indicators.dataset.column_units import UNIT_SUFFIX


def year_of(column: str, base_year: int) -> int:
    """Year that a column's figures are of: the one in its name, ``gdp_2013_1e6eur``, or the table's.

    Parameters
    ----------
    column : of the provinces' table
    base_year : of the table
    """
    named = [part for part in column.split("_") if len(part) == 4 and part.isdecimal()]
    return int(named[-1]) if named else base_year


def called(role: str, known: tuple[str, ...]) -> str | None:
    """The column called like a role: ``gdp``, or ``gdp_1e8yuan`` where no other is a ``gdp`` in a unit.

    Parameters
    ----------
    role : of a column
    known : columns of the table
    """
    if role in known:
        return role
    named = [name for name in known if UNIT_SUFFIX.sub("", name) == role]
    return named[0] if len(named) == 1 else None
