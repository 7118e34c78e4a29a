r"""GDP of the base year, and how provinces grew before it.

.. math:: Y_{i0} = Y_{i,\mathrm{data}}\prod_t(1+g_t),\qquad
    1+g_i = \Bigl(\prod_{t=t_1+1}^{t_2} I_{it}/100\Bigr)^{1/(t_2-t_1)}
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.figures import figures, provincial_figures, provincial_variable
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.kept import kept
from capshare.reports.workbook.own_emissions import is_carried, nowcast_years
from capshare.reports.workbook.workbook_data import WorkbookData


def names_of_gdp(data: WorkbookData) -> list[str]:
    """Names of the columns of :func:`gdp_fields`.

    Parameters
    ----------
    data : of the run
    """
    followed = not figures(data, "growth").empty or is_carried(data)
    if data.setting("baseline.method", "") != "growth" or not followed:
        return []
    window = provincial_figures(data, "past_growth").columns
    return ["base_gdp_1e8yuan", *(f"gdp_index_{year}" for year in window), *(["lead"] if len(window) else [])]


@kept
def base_gdp(data: WorkbookData) -> pd.Series:
    """GDP of the base year, index code, 1e8 yuan at prices of the dataset's year.

    Parameters
    ----------
    data : of the run, whose baseline follows it
    """
    growth = figures(data, "nowcast_growth")["value"].to_numpy(dtype=float)
    gdp: pd.Series = data.inputs[gdp_column(data)].loc[list(data.codes)] * float(np.prod(1 + growth / 100))
    return gdp


def gdp_column(data: WorkbookData) -> str:
    """Column of the inputs that holds GDP in the unit of rules.

    Parameters
    ----------
    data : of the run
    """
    return str(data.setting("baseline.gdp_column", "gdp_1e8yuan"))


def gdp_fields(builder: WorkbookBuilder) -> list[Field]:
    """GDP of the base year, and past growth where it tells the provinces apart.

    Parameters
    ----------
    builder : with the places of ``inputs``, ``base_year`` and, where there is a nowcast, ``nowcast_rates``
    """
    data = builder.data
    followed = not figures(data, "growth").empty or is_carried(data)
    if data.setting("baseline.method", "") != "growth" or not followed:
        return []
    grid, inputs = builder.grids["base_year"], builder.grids["inputs"]
    years = nowcast_years(data)
    carried = f"*{builder.grids['nowcast_rates'].ref('growth_so_far', years[-1])}" if years else ""
    index = provincial_figures(data, "past_growth")
    names = [f"gdp_index_{year}" for year in index.columns]
    fields = [
        Field(
            "base_gdp_1e8yuan",
            base_gdp(data).to_dict(),
            "live",
            lambda code: f"{inputs.peer(gdp_column(data), code)}{carried}",
        ),
        *(_past(builder, int(year), index[year]) for year in index.columns),
    ]
    if not names:
        return fields
    percent = builder.named("percent")

    def lead(code: Label) -> str:
        past = grid.across(names[0], names[-1], code)
        return f"(PRODUCT({past})/{percent}^COUNT({past}))^(1/COUNT({past}))"

    return [*fields, Field("lead", past_factor(data).to_dict(), "live", lead, "")]


def past_factor(data: WorkbookData) -> pd.Series:
    """Mean yearly growth of each province's GDP over the window as a factor, index code.

    Parameters
    ----------
    data : of a run whose provinces grow apart
    """
    index = provincial_figures(data, "past_growth")
    return (index / 100).prod(axis=1) ** (1 / len(index.columns))


def _past(builder: WorkbookBuilder, year: int, values: pd.Series) -> Field:
    variable = provincial_variable(builder.data, "past_growth")
    return Field(
        f"gdp_index_{year}",
        values.to_dict(),
        "input",
        unit="",
        heading=builder.say("heading.gdp_index", year=year),
        key=lambda code: f"inputs.panel.{variable}.{code}.{year}",
    )
