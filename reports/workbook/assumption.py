"""One scalar of the workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumption:
    """One number that formulas on any sheet use by its name.

    Attributes
    ----------
    value : in the unit; infinity is no limit
    unit : as the code writes it, "Mt CO2"
    key : where a run reads it, "allocation.max_deviation"; empty for a constant of the method
    """

    value: float
    unit: str
    key: str = ""
