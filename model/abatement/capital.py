"""Capital stock by perpetual inventory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from capshare.base.errors import CapshareError, Problem

INVESTMENT = "gfcf_1e8yuan"


@dataclass(frozen=True)
class PerpetualInventory:
    """Choices behind a capital stock.

    Attributes
    ----------
    depreciation : share of the stock lost each year; 9.6 % is Zhang, Wu & Zhang (2004)
    growth_of : whose early growth stands for growth before the first year; GDP by default, because early
        growth of investment is a boom in the provinces that were being opened up and would give them a small
        stock
    growth_years : years over which that growth is averaged
    """

    depreciation: float = 0.096
    growth_of: Literal["gdp", "investment"] = "gdp"
    growth_years: int = 5


def capital_stock(accounts: pd.DataFrame, choices: PerpetualInventory | None = None) -> pd.Series:
    r"""Accumulate capital formation into a stock.

    .. math:: K_{it} = (1-\delta)K_{i,t-1} + I_{it},\qquad K_{i0} = \frac{I_{i0}}{\delta + g_i}

    with :math:`g_i` the mean annual growth over the first years. The stock counts the year's own investment;
    the start is the usual approximation (exact for growth at a steady rate would be :math:`(1+g_i)` times as
    much), and 60 % of it is left after five years at 9.6 %.

    Parameters
    ----------
    accounts : index (code, year), consecutive years; ``gdp_1e8yuan`` and ``gfcf_1e8yuan``, constant prices
    choices : depreciation, and the growth behind the initial stock

    Returns
    -------
    Series
        index (code, year), 1e8 yuan, ``capital_1e8yuan``, in the prices of ``accounts``

    Raises
    ------
    CapshareError
        If there are too few years, or depreciation and early growth do not add up to more than 0.

    References
    ----------
    Zhang Jun, Wu Guiying, Zhang Jipeng 2004. The estimation of China's provincial capital stock: 1952-2000.
    Economic Research Journal (10): 35-44 (no DOI).
    """
    choices = choices or PerpetualInventory()
    investment = accounts[INVESTMENT].unstack("year").sort_index(axis=1)
    _check_years(investment, choices)
    growth = _early_growth(accounts, choices)
    _check_discount(growth + choices.depreciation)
    years = _years(investment)
    stock = {years[0]: investment[years[0]] / (choices.depreciation + growth)}
    for year in years[1:]:
        stock[year] = (1 - choices.depreciation) * stock[year - 1] + investment[year]
    by_year = pd.DataFrame(stock).rename_axis(columns="year").T.unstack()
    return pd.Series(by_year.reindex(accounts.index), name="capital_1e8yuan")


def _years(by_year: pd.DataFrame) -> list[int]:
    return [int(year) for year in by_year.columns.to_list()]


def _early_growth(accounts: pd.DataFrame, choices: PerpetualInventory) -> pd.Series:
    column = "gdp_1e8yuan" if choices.growth_of == "gdp" else INVESTMENT
    level = accounts[column].unstack("year").sort_index(axis=1)
    first, last = level.iloc[:, 0], level.iloc[:, choices.growth_years]
    return (last / first) ** (1 / choices.growth_years) - 1


def _check_years(investment: pd.DataFrame, choices: PerpetualInventory) -> None:
    years = _years(investment)
    expected = list(range(years[0], years[0] + max(len(years), choices.growth_years + 1)))
    if years != expected or bool(investment.isna().to_numpy().any()):
        raise CapshareError(
            Problem(
                "accounts",
                "years",
                f"every year {expected[0]}-{expected[-1]} for every province",
                ", ".join(map(str, years)),
                "Supply the years, or average the early growth over fewer of them.",
            )
        )


def _check_discount(discount: pd.Series) -> None:
    problems = [
        Problem(
            "accounts",
            f"province {code}",
            "early growth + depreciation > 0",
            f"{value:.4f}",
            "Average the growth over more years.",
        )
        for code, value in discount.items()
        if not value > 0
    ]
    if problems:
        raise CapshareError(problems)
