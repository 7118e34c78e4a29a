"""GDP at constant prices and its implicit deflator."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.long_panel import panel_cells

# The later vintage, gdp_revised, is left out on purpose: the index and gfcf belong to the earlier one.
UNITS = {"gdp": "1e8 yuan current", "gdp_index": "previous year=100", "gfcf": "1e8 yuan current"}


def constant_price_accounts(
    panel: pd.DataFrame, *, price_year: int, first_year: int, last_year: int
) -> pd.DataFrame:
    r"""Express GDP and capital formation in the prices of one year.

    .. math:: Y_{it} = Y^{nom}_{i,0}\prod_{s\le t} \frac{I_{is}}{100}\Big/\prod_{s\le 0}\frac{I_{is}}{100},
        \qquad P_{it} = Y^{nom}_{it} / Y_{it}

    with the price year as year 0. Capital formation is divided by the deflator of GDP, because the panel has
    no deflator of its own; where investment goods became cheaper than GDP, this understates investment.

    Parameters
    ----------
    panel : long panel with ``gdp`` and ``gfcf`` (1e8 yuan, current) and ``gdp_index`` (previous year = 100);
        all three of the vintage before the 4th economic census
    price_year : year whose prices are used, between ``first_year`` and ``last_year``
    first_year, last_year : years returned

    Returns
    -------
    DataFrame
        index (code, year); ``gdp_1e8yuan`` and ``gfcf_1e8yuan`` in constant prices, ``deflator`` (price year
        = 1)

    Raises
    ------
    CapshareError
        If the price year lies outside the years, or a cell is missing or not positive; every cell is named.
    """
    if not first_year <= price_year <= last_year:
        raise CapshareError(
            Problem(
                "price_year",
                "",
                f"a year from {first_year} to {last_year}",
                str(price_year),
                "Choose another.",
            )
        )
    cells = _complete_cells(panel_cells(panel, UNITS), first_year, last_year)
    nominal = cells["gdp"].unstack("year")
    growth = cells["gdp_index"].unstack("year") / 100
    growth[first_year] = 1.0  # the first index links to a year before the first level
    volume = growth.cumprod(axis=1)
    real = volume.mul(nominal[price_year] / volume[price_year], axis=0)
    accounts = pd.DataFrame({"gdp_1e8yuan": real.T.unstack(), "deflator": (nominal / real).T.unstack()})
    accounts["gfcf_1e8yuan"] = cells["gfcf"] / accounts["deflator"]
    return accounts[["gdp_1e8yuan", "gfcf_1e8yuan", "deflator"]]


def _complete_cells(cells: pd.DataFrame, first_year: int, last_year: int) -> pd.DataFrame:
    codes = cells.index.unique("code")
    years = range(first_year, last_year + 1)
    complete = cells.reindex(pd.MultiIndex.from_product([codes, years], names=["code", "year"]))
    # A chain of growth rates breaks at one missing link, so a gap is an error and not a dropped row.
    usable = complete.gt(0)
    usable.loc[usable.index.get_level_values("year") == first_year, "gdp_index"] = True
    if not usable.to_numpy().all():
        raise CapshareError(_gaps(complete, usable))
    return complete


def _gaps(complete: pd.DataFrame, usable: pd.DataFrame) -> list[Problem]:
    return [
        Problem(
            "panel",
            f"{code}, {year}, {variable}",
            "a positive number",
            str(complete.loc[(code, year), variable]),
            "Supply the cell, or shorten the years.",
        )
        for variable in complete.columns
        for code, year in complete.index[~usable[variable]]
    ]
