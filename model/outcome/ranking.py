"""The provinces in deficit, ranked by their potential to cut."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class PotentialRanking:
    """The ranking of the last year.

    Attributes
    ----------
    ranking : index ``code``; ``name_en, name_zh, score, rank, tier``; no row where it was not made
    indicators : index ``code``; indicators of the ranked provinces as they are; None where it was not made
    components : index ``component``; eigenvalue, sign correlation and coefficients; None where not made
    """

    ranking: pd.DataFrame
    indicators: pd.DataFrame | None
    components: pd.DataFrame | None
