"""Ability to pay: the cut is shared by emissions and by the cube root of income."""

from __future__ import annotations

import pandas as pd

from capshare.base.notes import Note, caution
from capshare.model.allocation.projection import project
from capshare.model.rules.proportional import proportional
from capshare.model.rules.registry import register

# Relative: the cap of a study that asks for no cut is a sum of the same emissions in another order.
SAME_TOTAL = 1e-9


def above_emissions(inputs: pd.DataFrame, cap_mt: float, *, power: float = 1 / 3) -> tuple[Note, ...]:
    """Whether the cap exceeds emissions, so that there is no cut to share.

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt``, Mt CO2
    cap_mt : Mt CO2
    power : of the rule; plays no part
    """
    total = float(inputs["emissions_mt"].sum())
    if cap_mt <= total * (1 + SAME_TOTAL):
        return ()
    return (caution("no_cut", cap=cap_mt, emissions=total),)


@register(
    "ability-to-pay",
    principle="capability: who earns more cuts more",
    formula="x_i = E_i - R w_i / Σw, w_i = E_i (Y_i / P_i)^power, R = ΣE - Q",
    reference="van den Berg et al. 2020, doi:10.1007/s10584-019-02368-y",
    needs=("emissions_mt", "population_1e4", "gdp_1e8yuan"),
    positive=("population_1e4", "gdp_1e8yuan"),
    notices=above_emissions,
)
def ability_to_pay(inputs: pd.DataFrame, cap_mt: float, *, power: float = 1 / 3) -> pd.Series:
    r"""Split the cut that a cap asks for by emissions and income per head, and give the rest as quota.

    .. math:: x_i = E_i - r_i,\qquad r_i = \min\bigl(\vartheta E_i (Y_i/P_i)^{\eta},\; E_i\bigr),
              \qquad \sum_i r_i = \sum_i E_i - Q

    The default power is the reference's cube root. Nobody cuts more than all of its emissions; the others
    then cut what it cannot. Where the cap exceeds emissions there is no cut: every region then gets its share
    by emissions, which is also the limit of the rule as the cut goes to 0.

    Parameters
    ----------
    inputs : index ``code``; ``emissions_mt`` before abatement, Mt CO2, ``population_1e4``, 1e4 persons, and
        ``gdp_1e8yuan``, 1e8 yuan
    cap_mt : Q, Mt CO2
    power : :math:`\eta`, no unit

    Returns
    -------
    Series ``quota_mt``, index ``code``, Mt CO2

    Raises
    ------
    CapshareError
        where nobody emits.

    References
    ----------
    van den Berg, N. J., et al. (2020). Climatic Change 162, 1805-1822. doi:10.1007/s10584-019-02368-y
    """
    emissions = inputs["emissions_mt"]
    total = float(emissions.sum())
    if cap_mt >= total * (1 - SAME_TOTAL):
        return proportional(emissions, cap_mt)
    weight = emissions * (inputs["gdp_1e8yuan"] / inputs["population_1e4"]) ** power
    none = pd.Series(0.0, index=emissions.index)
    cut = project(weight, total - cap_mt, none, emissions, source="ability-to-pay").amount_mt
    return (emissions - cut).rename("quota_mt")
