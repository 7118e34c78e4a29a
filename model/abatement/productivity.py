"""Cost steps from carbon productivity: the naive stand-in for a marginal cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.abatement.steps import step_middles, step_table


def productivity_steps(
    gdp_1e8yuan: pd.Series, emissions_mt: pd.Series, *, steps: int = 12, max_abatement: float = 0.6
) -> pd.DataFrame:
    r"""Let the cost of a tonne rise in equal steps up to GDP per tonne.

    .. math:: c_{is} = \frac{Y_i}{E_i}\cdot\frac{s-1/2}{S}

    GDP per tonne is average productivity: the loss if a tonne less meant giving up everything produced with
    it. For a province on a concave frontier without GDP at no emissions it bounds the marginal cost from
    above; away from such a frontier an estimated price can exceed it. It says nothing of what abatement
    takes: use it to compare, or where no panel is at hand.

    Parameters
    ----------
    gdp_1e8yuan : Y, index code, 1e8 yuan
    emissions_mt : E, index code, Mt; both of the same year
    steps : S, number of equal steps
    max_abatement : share of emissions cut after the last step

    Returns
    -------
    DataFrame
        index (code, step); ``size_mt, cost_yuan_per_t``

    Raises
    ------
    CapshareError
        If the codes differ, or emissions or GDP are not positive.
    """
    differing = sorted(map(str, gdp_1e8yuan.index.symmetric_difference(emissions_mt.index)))
    if differing:
        raise CapshareError(
            Problem(
                "gdp_1e8yuan and emissions_mt",
                "index",
                "the same province codes",
                f"only one of them has {', '.join(differing)}",
                "Drop or supply these provinces.",
            )
        )
    _check_positive(gdp_1e8yuan.rename("gdp_1e8yuan"))
    _check_positive(emissions_mt.rename("emissions_mt"))
    productivity = gdp_per_tonne_yuan(gdp_1e8yuan, emissions_mt)
    rise = step_middles(steps, max_abatement) / max_abatement
    costs = pd.DataFrame(
        np.outer(productivity.to_numpy(), rise.to_numpy()), index=productivity.index, columns=rise.index
    )
    return step_table(emissions_mt, costs, max_abatement=max_abatement)


def gdp_per_tonne_yuan(gdp_1e8yuan: pd.Series, emissions_mt: pd.Series) -> pd.Series:
    """GDP per tonne of CO2, the price of the naive curve.

    Parameters
    ----------
    gdp_1e8yuan : index code, 1e8 yuan
    emissions_mt : index code, Mt

    Returns
    -------
    Series
        ``price_yuan_per_t``, index code, yuan/t
    """
    # 1e8 yuan to 1e6 t.
    return (100.0 * gdp_1e8yuan / emissions_mt).rename("price_yuan_per_t")


def _check_positive(values: pd.Series) -> None:
    problems = [
        Problem(str(values.name), f"province {code}", "a positive number", str(value), "Correct the cell.")
        for code, value in values.items()
        if not 0 < value < np.inf
    ]
    if problems:
        raise CapshareError(problems)
