"""The analyses beyond the split, by name: what a run computes besides quotas and prices."""

from __future__ import annotations

from collections.abc import Iterable

from capshare.base.errors import CapshareError, Problem

CAP_CURVE = "cap-curve"
CONSTRAINT_COSTS = "constraint-costs"
COST_CURVES = "cost-curves"
GROUP_DIAGNOSTICS = "group-diagnostics"
GROUPING_LOSS = "grouping-loss"
MARKET = "market"
ONE_SIDED_PRICES = "one-sided-prices"
QUOTA_RANGES = "quota-ranges"
RANK_BOOTSTRAP = "rank-bootstrap"
READINGS = "readings"
RULE_COMPARISON = "rule-comparison"
SENSITIVITY = "sensitivity"
WITHIN_RULES = "within-rules"

# What the files of a run need.
ALL = frozenset(
    {
        CAP_CURVE,
        CONSTRAINT_COSTS,
        COST_CURVES,
        GROUP_DIAGNOSTICS,
        GROUPING_LOSS,
        MARKET,
        ONE_SIDED_PRICES,
        QUOTA_RANGES,
        RANK_BOOTSTRAP,
        READINGS,
        RULE_COMPARISON,
        SENSITIVITY,
        WITHIN_RULES,
    }
)


def require_known(analyses: Iterable[str]) -> frozenset[str]:
    """The names asked for, each of them known.

    Parameters
    ----------
    analyses : names of :data:`ALL`

    Returns
    -------
    frozenset

    Raises
    ------
    CapshareError
        naming every unknown one.
    """
    asked = [analyses] if isinstance(analyses, str) else list(analyses)
    unknown = sorted(set(asked) - ALL)
    if unknown:
        raise CapshareError(
            Problem("analyses", "", f"names among {', '.join(sorted(ALL))}", ", ".join(unknown),
                    "Choose some of them, or none for the split alone.")
        )  # fmt: skip
    return frozenset(asked)
