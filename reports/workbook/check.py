"""One check of the workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One figure that is 0, or nearly, in a right allocation.

    Attributes
    ----------
    formula : of the figure, without =
    figure : what Python found
    limit : largest figure that passes
    """

    formula: str
    figure: float
    limit: float
