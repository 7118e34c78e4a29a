"""Technologies: what a distance function is a function of, and in which units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

TechnologyName = Literal["per-worker", "levels"]
TREND = "elapsed_years"


@dataclass(frozen=True)
class Technology:
    """Inputs, good output and bad output of a distance function.

    Attributes
    ----------
    inputs : names of the inputs; of a technology with a time trend the years elapsed are one
    gdp, emissions : names of the good and the bad output
    yuan_per_t : yuan/t in a unit of GDP per unit of emissions
    free_of_size : whether a province split in two halves leaves every price as it was
    """

    inputs: tuple[str, ...]
    gdp: str
    emissions: str
    yuan_per_t: float
    free_of_size: bool

    @property
    def arguments(self) -> tuple[str, ...]:
        """Arguments of the function, in their order."""
        return (*self.inputs, self.gdp, self.emissions)

    @property
    def has_trend(self) -> bool:
        """Whether the frontier may move from year to year."""
        return TREND in self.inputs

    def with_trend(self) -> Technology:
        """The same technology with a frontier that may move from year to year."""
        return self if self.has_trend else replace(self, inputs=(*self.inputs, TREND))


LEVELS = Technology(
    ("capital_1e8yuan", "labour_1e4", "energy_1e4tce"), "gdp_1e8yuan", "emissions_mt", 100.0, False
)
"""Amounts of whole provinces: GDP in 1e8 yuan, emissions in Mt."""

PER_WORKER = Technology(
    ("capital_1e4yuan_per_worker", "energy_tce_per_worker"),
    "gdp_1e4yuan_per_worker",
    "emissions_t_per_worker",
    1e4,
    True,
)
"""Amounts per employed person: GDP in 1e4 yuan, emissions in t."""

TECHNOLOGIES: Mapping[str, Technology] = MappingProxyType({"per-worker": PER_WORKER, "levels": LEVELS})
