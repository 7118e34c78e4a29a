"""Facilities added up: by province, by sector, and beside the quotas of the provinces."""

from __future__ import annotations

import pandas as pd

_SUMMED = ("emissions_t", "quota_t", "shortfall_t", "surplus_t", "penalty_yuan")
T_PER_MT = 1e6


def by_province(quotas: pd.DataFrame) -> pd.DataFrame:
    """Sums of the facilities of each province.

    Parameters
    ----------
    quotas : of :func:`capshare.model.facilities.facility_quotas.facility_quotas`

    Returns
    -------
    DataFrame, index code, sorted; ``facilities`` (how many) and sums of emissions, quotas, shortfalls,
    surpluses, t CO2, and of penalties, yuan
    """
    return _sums(quotas, "province").rename_axis("code")


def by_sector(quotas: pd.DataFrame) -> pd.DataFrame:
    """Sums of the facilities of each sector.

    Parameters
    ----------
    quotas : of :func:`capshare.model.facilities.facility_quotas.facility_quotas`

    Returns
    -------
    DataFrame, index sector, sorted; as of :func:`by_province`, and ``output`` in the unit of the sector
    """
    found = _sums(quotas, "sector")
    found.insert(1, "output", quotas.groupby("sector", observed=True)["output"].sum())
    return found


def _sums(quotas: pd.DataFrame, by: str) -> pd.DataFrame:
    groups = quotas.groupby(by, observed=True, sort=True)
    sums = groups[list(_SUMMED)].sum()
    sums.insert(0, "facilities", groups.size())
    return sums.set_axis(sums.index.astype("str"))


def beside_run(
    sums: pd.DataFrame, province_quota_mt: pd.Series, province_emissions_mt: pd.Series
) -> pd.DataFrame:
    r"""Sums of facilities beside the quotas of their provinces.

    .. math:: g_i = Q_i - \sum_{f \in i} q_f, \quad c_i = \frac{\sum_{f \in i} e_f}{E_i}

    What a province answers for itself is :math:`E_i - \sum e_f`, and has :math:`g_i` for it.

    Parameters
    ----------
    sums : of :func:`by_province`
    province_quota_mt : :math:`Q_i`, Mt CO2, index code
    province_emissions_mt : :math:`E_i`, emissions before abatement in the year of the quota, Mt CO2

    Returns
    -------
    DataFrame, index code of the second argument; the columns of the first, 0 for a province without
    facilities, then ``province_quota_mt, gap_mt, share_covered, province_emissions_mt,
    rest_emissions_mt`` and ``rest_cut_pct``, the cut that the gap asks of the rest: negative where the rest
    has more than it emits, NaN where facilities emit no less than the province
    """
    whole = sums.reindex(province_quota_mt.index).fillna(0.0)
    whole["facilities"] = whole["facilities"].astype("int64")
    covered_mt = whole["emissions_t"] / T_PER_MT
    gap_mt = province_quota_mt - whole["quota_t"] / T_PER_MT
    rest_mt = province_emissions_mt.reindex(whole.index) - covered_mt
    return whole.assign(
        province_quota_mt=province_quota_mt,
        gap_mt=gap_mt,
        share_covered=covered_mt / province_emissions_mt,
        province_emissions_mt=province_emissions_mt,
        rest_emissions_mt=rest_mt,
        rest_cut_pct=(100 * (1 - gap_mt / rest_mt)).where(rest_mt > 0),
    )
