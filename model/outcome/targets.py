"""The allocation in the terms in which provinces are given targets."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ProvincialTargets:
    """What the quotas ask of provinces.

    Attributes
    ----------
    intensity : index ``year, code``; the carbon intensity that each quota implies, its cut, an earlier plan's
    cuts : index ``code``; cuts of the last year as a plan assigns them, with what decided each; None where
        the study sets no targets
    pledge : index ``year``, one row; what a pledge against an earlier year asks beside the plan; None where
        the study sets no targets or the dataset lacks a figure of it
    """

    intensity: pd.DataFrame
    cuts: pd.DataFrame | None = None
    pledge: pd.DataFrame | None = None
