"""Quotas in two steps: a part in advance, the rest when emissions are verified."""

from __future__ import annotations

import pandas as pd

from capshare.base.frames import require_same_index

LAST_YEAR, THIS_YEAR = "last year", "this year"


def advance_basis_t(previous_emissions_t: pd.Series, emissions_t: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The figure that the advance is a share of: last year's emissions, else this year's.

    Parameters
    ----------
    previous_emissions_t : verified emissions of the year before, t CO2, index facility; NaN where unknown
    emissions_t : of this year, t CO2

    Returns
    -------
    Series of t CO2, and Series of which year it is of, "last year" or "this year"
    """
    require_same_index("advance_basis_t", previous_emissions_t=previous_emissions_t, emissions_t=emissions_t)
    known = previous_emissions_t.notna()
    codes = (~known).to_numpy().astype("int8")
    year = pd.Categorical.from_codes(codes, pd.Index([LAST_YEAR, THIS_YEAR]))
    return previous_emissions_t.where(known, emissions_t), pd.Series(year, known.index)


def advance_t(basis_t: pd.Series, share: float) -> pd.Series:
    r"""What is issued in advance.

    .. math:: A = a\,E_{-1}

    Parameters
    ----------
    basis_t : :math:`E_{-1}`, of :func:`advance_basis_t`, t CO2, index facility
    share : a, 0.7 in the national market

    Returns
    -------
    Series, t CO2
    """
    return share * basis_t


def settled_t(quota_t: pd.Series, advance_t: pd.Series) -> pd.Series:
    r"""What is issued on top of the advance once emissions are verified; negative where it is taken back.

    .. math:: S = Q - A

    Parameters
    ----------
    quota_t : Q, t CO2, index facility
    advance_t : A, of :func:`advance_t`, t CO2

    Returns
    -------
    Series, t CO2
    """
    require_same_index("settled_t", quota_t=quota_t, advance_t=advance_t)
    return quota_t - advance_t
