"""The last year's cap under every sharing rule."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ClosestMix:
    """The mixture of rules closest to the published table, or to the allocation where none is published.

    Attributes
    ----------
    weights : index ``rule``; weights of the mixture
    residual : index ``code``; the quota explained, the mixture and their difference, Mt
    """

    weights: pd.DataFrame
    residual: pd.DataFrame


@dataclass(frozen=True)
class ComparedRules:
    """The allocation beside the sharing rules.

    Attributes
    ----------
    quotas : index ``rule, code``; ``quota_mt``
    fairness : index ``rule``; how equal each is, who is cut most, what it costs
    mix : None where no rule is left to mix
    """

    quotas: pd.DataFrame
    fairness: pd.DataFrame
    mix: ClosestMix | None
