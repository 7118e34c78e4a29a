"""Provincial GDP: growth that differs between provinces and adds up to a national scenario."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index
from capshare.base.years import positive_problems, year_problems
from capshare.model.abatement.long_panel import panel_cells

# Over five-year windows from 2000 to 2017, 27 to 53 % of a province's lead in growth was left in the next
# five years. 0.8 a year leaves 33 %; 1 would let Guizhou outgrow Liaoning by 7 points for ever.
PERSISTENCE = 0.8


def mean_growth_pct(panel: pd.DataFrame, *, first_year: int, last_year: int) -> pd.Series:
    r"""Mean real growth of each province's GDP over a window.

    .. math:: g_i = \Bigl(\prod_{t=t_1+1}^{t_2} I_{it}/100\Bigr)^{1/(t_2-t_1)} - 1

    Choose the window with care. Provinces reported more growth than the nation did (8.1 % a year from 2012 to
    2017, weighted, against 7.1 %), and some corrected their figures in single years (Liaoning 2016: −2.5 %,
    Tianjin and Inner Mongolia 2017): a window of three years is ruled by such corrections, five or ten less.
    Only differences between provinces are used by `provincial_gdp`, so a common overstatement drops out.

    Parameters
    ----------
    panel : columns ``code, year, variable, value, unit``; ``gdp_index``, previous year = 100
    first_year, last_year : growth from the first to the last

    Returns
    -------
    Series ``growth_pct``, index ``code``, % a year.

    Raises
    ------
    CapshareError
        where the window is empty, or an index is missing or not positive; every cell is named.
    """
    source = "mean_growth_pct(panel)"
    if first_year >= last_year:
        found, remedy = f"{first_year} and {last_year}", "Give two years, the earlier first."
        raise CapshareError(Problem(source, "first_year, last_year", "a window of years", found, remedy))
    years = range(first_year + 1, last_year + 1)
    index = panel_cells(panel, {"gdp_index": "previous year=100"})["gdp_index"].unstack("year")
    index = index.reindex(columns=years)
    problems = positive_problems(source, "gdp_index", index)
    if problems:
        raise CapshareError(problems)
    factor = (index / 100).prod(axis=1) ** (1 / (last_year - first_year))
    return (100 * (factor - 1)).rename("growth_pct")


def provincial_gdp(
    gdp_1e8yuan: pd.Series,
    national_gdp_ratio: pd.Series,
    *,
    base_year: int,
    growth_pct: pd.Series | None = None,
    persistence: float = PERSISTENCE,
) -> pd.DataFrame:
    r"""Provinces' GDP in the years of a national scenario, scaled so that it adds up.

    .. math:: Y_{it} = \frac{Y_t}{Y_0}\sum_j Y_{j0}\cdot
        \frac{Y_{i0}\,(1+g_i)^{m_t}}{\sum_j Y_{j0}\,(1+g_j)^{m_t}},\qquad
        m_t = \sum_{k=0}^{t-t_0-1}\rho^k

    Growth that all provinces share cancels; what is left of a province's lead shrinks by :math:`\rho` each
    year. At :math:`\rho=1` it never does, at 0 it lasts one year.

    Parameters
    ----------
    gdp_1e8yuan : index ``code``; GDP of the base year, 1e8 yuan
    national_gdp_ratio : index ``year``; national GDP at constant prices as a multiple of the base year's, no
        unit; years from the base year on
    base_year : year 0
    growth_pct : index ``code``; past growth, % a year (`mean_growth_pct`); None: all grow alike
    persistence : :math:`\rho`, share of the lead kept from one year to the next, 0 to 1

    Returns
    -------
    DataFrame, index ``code``, columns ``year`` as in `national_gdp_ratio`; 1e8 yuan, prices of the base year.

    Raises
    ------
    CapshareError
        where provinces differ, GDP is not positive, the base year is missing, a year lies before it, or a
        number is out of range.
    """
    source = "provincial_gdp"
    growth = pd.Series(0.0, index=gdp_1e8yuan.index) if growth_pct is None else growth_pct
    require_same_index(source, gdp_1e8yuan=gdp_1e8yuan, growth_pct=growth)
    require_numbers(source, "growth_pct", growth)
    problems = _problems(source, gdp_1e8yuan, national_gdp_ratio, base_year)
    problems += _growth_problems(source, growth, persistence)
    if problems:
        raise CapshareError(problems)
    factor = 1 + growth.reindex(gdp_1e8yuan.index) / 100
    total = gdp_1e8yuan.sum() / national_gdp_ratio[base_year]
    columns = {}
    for year, ratio in national_gdp_ratio.items():
        weight = gdp_1e8yuan * factor ** sum(persistence**k for k in range(int(str(year)) - base_year))
        columns[year] = total * ratio * weight / weight.sum()
    return pd.DataFrame(columns).rename_axis(index="code", columns="year")


def _problems(source: str, gdp: pd.Series, ratio: pd.Series, base_year: int) -> list[Problem]:
    problems = positive_problems(source, "gdp_1e8yuan", gdp)
    problems += positive_problems(source, "national_gdp_ratio", ratio)
    problems += year_problems(source, "national_gdp_ratio", ratio.index, [base_year])
    return problems + [
        Problem(
            source, "national_gdp_ratio", f"years from {base_year} on", str(year), "Drop the earlier years."
        )
        for year in ratio.index
        if year < base_year
    ]


def _growth_problems(source: str, growth_pct: pd.Series, persistence: float) -> list[Problem]:
    problems = [
        Problem(source, f"growth_pct[{code}]", "more than -100", f"{value:g}", "Correct the value.")
        for code, value in growth_pct.items()
        if value <= -100
    ]
    if not 0 <= persistence <= 1:
        remedy = "Give the share of a lead in growth that is kept each year."
        problems.append(Problem(source, "persistence", "a share from 0 to 1", f"{persistence:g}", remedy))
    return problems
