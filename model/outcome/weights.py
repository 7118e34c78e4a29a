"""How much each indicator counts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class IndicatorWeights:
    """Weights and what they were made of.

    Attributes
    ----------
    table : index ``indicator``; ``principle, direction, entropy, weight`` (no unit)
    normalised : index ``code``, one column per indicator; min-max values in [0, 1]
    """

    table: pd.DataFrame
    normalised: pd.DataFrame
