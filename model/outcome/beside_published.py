"""The run beside the published results that its study names."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class BesidePublished:
    """How far the run is from the published table.

    Attributes
    ----------
    table : index ``code``; both quotas and both classes
    agreement : index ``figure``; ``value, unit, meaning``
    within : index ``within``; classes right of 30 under several rules inside the groups; None where the
        groups are not the published ones, or where it was not asked for
    readings : index ``reading``; distance of every reading that the published text allows; None where the
        study names none, or where it was not asked for
    """

    table: pd.DataFrame
    agreement: pd.DataFrame
    within: pd.DataFrame | None
    readings: pd.DataFrame | None = None
