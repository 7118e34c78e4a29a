"""The one rule that decides a province's quota, its price, and what the quota would be without it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DecidingRule:
    """What decides a province's quota in one year.

    Attributes
    ----------
    choice : as of :func:`~capshare.model.targets.cuts.decided_by`: "band", "distance", …, or "cost"
    constraint, name : of the row that holds the quota; "" where no single rule does
    price_yuan_per_t : what the row costs the nation per tonne, yuan/t
    quota_mt : the quota, Mt CO2
    without_mt : the quota without the row, all else as it is; None where no row is left out, or the rules
        then have no solution
    cut_pct, without_cut_pct : the cuts that the two quotas are, %; None where the study sets no targets
    """

    choice: str
    constraint: str = ""
    name: str = ""
    price_yuan_per_t: float = 0.0
    quota_mt: float = 0.0
    without_mt: float | None = None
    cut_pct: float | None = None
    without_cut_pct: float | None = None
