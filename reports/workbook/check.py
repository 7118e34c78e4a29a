"""One check of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from capshare.model.allocation.checks import FEASIBLE_MT, TOLERANCE
from capshare.model.outcome.component_arrays import ROUNDING as COMPONENT_ROUNDING

LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "tolerance": TOLERANCE,
        "feasible_mt": FEASIBLE_MT,
        "component_rounding": COMPONENT_ROUNDING,
        "none_allowed": 0.0,
    }
)
"""Name of a limit on the sheet of assumptions → largest figure that passes."""


@dataclass(frozen=True)
class Check:
    """One figure that is 0, or nearly, in a right allocation.

    Attributes
    ----------
    formula : of the figure, without =
    figure : what Python found
    limit : largest figure that passes, one of those in ``LIMITS``
    """

    formula: str
    figure: float
    limit: float

    @property
    def limit_name(self) -> str:
        """What the limit is called on the sheet of assumptions."""
        return next(name for name, value in LIMITS.items() if value == self.limit)
