"""Shapley: groups claim their emissions, and each gets what it adds to a coalition on average."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.rules.registry import register
from capshare.model.rules.shapley_value import MOST_EXACT, ShapleyValue, Worth, shapley_value


def sampled(inputs: pd.DataFrame, cap_mt: float, *, orders: int = 2000, seed: int = 0) -> tuple[Note, ...]:
    """How far off a sampled value may be, where the groups have too many orders to take all.

    Parameters
    ----------
    inputs, cap_mt, orders, seed : as of :func:`shapley`
    """
    count = inputs["group"].astype(str).nunique()
    if count <= MOST_EXACT:
        return ()
    solved, _ = _solved(inputs, cap_mt, orders, seed)
    return (caution("sampled", orders=solved.orders, count=count, error=solved.standard_error.max()),)


@register(
    "shapley",
    principle="bargaining: what a group adds to coalitions, on average",
    formula="x_i = φ_g E_i / ΣE_g, φ the Shapley value of v(S) = max(0, Q - Σ_{g not in S} E_g)",
    reference="O'Neill 1982, doi:10.1016/0165-4896(82)90029-4",
    needs=("emissions_mt", "group"),
    positive=("emissions_mt",),
    limits={"orders": (2, float("inf"))},
    notices=sampled,
)
def shapley(inputs: pd.DataFrame, cap_mt: float, *, orders: int = 2000, seed: int = 0) -> pd.Series:
    r"""Split a cap between groups by the Shapley value of the claims game, and inside them by emissions.

    .. math:: v(S) = \max\Bigl(0,\; Q-\sum_{g\notin S}E_g\Bigr),\qquad x_i = \phi_g\frac{E_i}{E_g}

    A coalition is worth what the cap leaves it after all others have had their emissions in full. The value
    is what a group gets on average when groups are served in full, one after the other in random order,
    until the cap is used up. Any other game can be solved with
    :func:`capshare.model.rules.shapley_value.shapley_value`.

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt`` > 0, Mt CO2, and ``group``, a name
    cap_mt : Q, Mt CO2
    orders : how many orders are drawn where there are more than 15 groups
    seed : of the draws

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    References
    ----------
    O'Neill, B. (1982). A problem of rights arbitration from the Talmud. Mathematical Social Sciences 2(4),
    345-371. doi:10.1016/0165-4896(82)90029-4
    Zhang, Y.-J., Wang, A.-D., & Da, Y.-B. (2014). Energy Policy 74, 454-464.
    doi:10.1016/j.enpol.2014.08.006, who use the value for China's regions with another game.
    """
    solved, claim_mt = _solved(inputs, cap_mt, orders, seed)
    ratio = inputs["group"].astype(str).map(solved.value / claim_mt)
    return (inputs["emissions_mt"] * ratio).rename("quota_mt")


def _solved(inputs: pd.DataFrame, cap_mt: float, orders: int, seed: int) -> tuple[ShapleyValue, pd.Series]:
    """The value of each group and its claim, Mt."""
    claim_mt = inputs["emissions_mt"].groupby(inputs["group"].astype(str)).sum()
    return shapley_value(claim_mt.index, claims_game(claim_mt, cap_mt), orders, seed), claim_mt


def claims_game(claim_mt: pd.Series, cap_mt: float) -> Worth:
    """Worth of a coalition: what the cap leaves after the claims of all others.

    Parameters
    ----------
    claim_mt : index player, Mt CO2
    cap_mt : Mt CO2

    Returns
    -------
    function of a coalition, Mt CO2
    """
    claims = {str(name): float(claim) for name, claim in claim_mt.items()}
    left = cap_mt - sum(claims.values())

    def worth(coalition: frozenset[str]) -> float:
        return max(0.0, left + sum(claims[name] for name in sorted(coalition)))

    return worth
