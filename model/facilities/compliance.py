"""What a facility hands in for its emissions: its own quotas, then offsets; and what stays uncovered."""

from __future__ import annotations

import pandas as pd

from capshare.base.frames import require_same_index
from capshare.model.facilities.rules import Terms


def compliance(
    emissions_t: pd.Series, quota_t: pd.Series, carried_t: pd.Series, offsets_t: pd.Series, terms: Terms
) -> pd.DataFrame:
    r"""Surrender, shortfall and what is carried on, before any trade.

    .. math::
        u = \min(E, Q + k C), \quad o = \min(O, \omega E, E - u), \quad z = E - u - o, \quad F = m p z

    Parameters
    ----------
    emissions_t : E, verified emissions, t CO2, index facility
    quota_t : Q, t CO2
    carried_t : C, quotas left of earlier years, t CO2
    offsets_t : O, offsets that the facility holds, t CO2
    terms : k, the share of C that may be used; :math:`\omega`, the share of E that offsets may cover; p, the
        price of a quota; m, the fine in prices

    Returns
    -------
    DataFrame: ``offset_limit_t`` (:math:`\omega E`), ``surrender_t`` (u + o), ``shortfall_t`` (z),
    ``offsets_used_t`` (o), ``surplus_t`` (what is left of Q + k C) and ``penalty_yuan`` (F)

    References
    ----------
    State Council, interim regulations on carbon emissions trading (2024), article 24, for the fine.
    """
    require_same_index(
        "compliance", emissions_t=emissions_t, quota_t=quota_t, carried_t=carried_t, offsets_t=offsets_t
    )
    held_t = quota_t + terms.carry_over_share * carried_t
    own_t = held_t.clip(upper=emissions_t)
    limit_t = terms.offset_share * emissions_t
    # The least of three, so that nobody hands in an offset while quotas are left.
    used_t = offsets_t.clip(upper=limit_t).clip(upper=emissions_t - own_t)
    shortfall_t = emissions_t - own_t - used_t
    return pd.DataFrame(
        {
            "offset_limit_t": limit_t,
            "surrender_t": own_t + used_t,
            "shortfall_t": shortfall_t,
            "offsets_used_t": used_t,
            "surplus_t": held_t - own_t,
            "penalty_yuan": terms.penalty_multiple * terms.price_yuan_per_t * shortfall_t,
        },
        copy=False,
    )
