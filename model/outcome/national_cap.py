"""The national cap and the years it was divided in."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class NationalCap:
    """The cap, the one from the other starting point, and what came of it.

    Attributes
    ----------
    path : index ``year``; ``cap_mt``, the part of it that is divided, and the inputs it was made of
    starts : index ``start, year``; the cap from the other starting point beside it; or None
    years : index ``year``; sums, prices and provinces at a bound of each year
    """

    path: pd.DataFrame
    starts: pd.DataFrame | None
    years: pd.DataFrame
