"""Units in which readers may have amounts of CO2 shown; files and all other sheets stay in Mt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from capshare.base.errors import CapshareError, Problem

DEFAULT_UNIT = "Mt"
PER_MT: Mapping[str, float] = MappingProxyType({DEFAULT_UNIT: 1.0, "1e8t": 0.01, "1e4t": 100.0})
"""Name of a unit → how many of it a Mt is."""
UNIT_WORDS: Mapping[str, str] = MappingProxyType(
    {DEFAULT_UNIT: "Mt CO2", "1e8t": "1e8 t CO2", "1e4t": "1e4 t CO2"}
)
"""Name of a unit → the unit as the code writes it."""


def require_unit(unit: str) -> None:
    """Refuse a unit that amounts cannot be shown in.

    Parameters
    ----------
    unit : by name, a key of :data:`PER_MT`

    Raises
    ------
    CapshareError
        naming the units there are
    """
    if unit not in PER_MT:
        remedy = f"Choose one of {', '.join(PER_MT)}."
        raise CapshareError(Problem("unit", "", " or ".join(PER_MT), repr(unit), remedy))
