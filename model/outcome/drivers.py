"""What decides the split: cost curves, constraints, the cap, and how far quotas are free at least cost."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.outcome.ensemble import Ensemble
from capshare.model.outcome.sensitivity import Sensitivity


@dataclass(frozen=True)
class ComparedCurves:
    """The split of the last year under several curves of abatement cost, the run's own first.

    Attributes
    ----------
    quotas : index ``curve, year, code``; ``quota_mt, abatement_mt, value_yuan_per_t``, of a study of targets
        ``cut_pct``; ``fragile``, whether the province's cut or quota differs too much between the curves
    prices : index ``curve, year, group``; ``price_yuan_per_t`` of the cap, ``cost_1e8yuan`` of abatement,
        ``moved_mt`` of quotas against the run's own curve
    """

    quotas: pd.DataFrame
    prices: pd.DataFrame


@dataclass(frozen=True)
class Drivers:
    """What decides the split of the last year; parts that were not asked for are None.

    Attributes
    ----------
    quota_ranges : index ``code``; ``quota_low_mt, quota_high_mt``, between which a quota costs the same
    constraint_costs : index ``constraint``; ``cost_1e8yuan``, saved without it
    cap_curve : index ``group, cap_mt``; cost and prices over a range of caps
    curves : the split under several curves of abatement cost
    sensitivity : how far each choice that could have been another moves the result
    ensemble : how far draws of the uncertain inputs move it; None where no ensemble was given to the run
    """

    quota_ranges: pd.DataFrame | None = None
    constraint_costs: pd.Series | None = None
    cap_curve: pd.DataFrame | None = None
    curves: ComparedCurves | None = None
    sensitivity: Sensitivity | None = None
    ensemble: Ensemble | None = None
