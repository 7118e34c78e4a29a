"""Electricity that crosses borders: emissions of power where it is made, where it is used, or shared."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.base.frames import require_numbers, require_same_index

VIEWS = ("production", "consumption", "shared")
View = Literal["production", "consumption", "shared"]


def net_imports_twh(generation_twh: pd.Series, consumption_twh: pd.Series) -> pd.DataFrame:
    r"""Electricity that each province takes from others, of figures that may be of two years.

    .. math:: N_i = \lambda C_i - G_i, \qquad \lambda = \sum_j G_j \Big/ \sum_j C_j

    One factor brings consumption to the nation's generation: it takes up the growth between the years as well
    as trade with other countries and what the statistics leave unexplained, so that net imports add up to 0.

    Parameters
    ----------
    generation_twh : index code, TWh
    consumption_twh : index code, TWh; of the same year or another

    Returns
    -------
    DataFrame, index code; ``generation_twh, consumption_twh`` (brought to the sum of generation) and
    ``net_import_twh``, negative where a province exports

    Raises
    ------
    CapshareError
        where provinces differ, a cell is no number or negative, or nothing is generated or used.
    """
    source = "net_imports_twh"
    require_same_index(source, generation_twh=generation_twh, consumption_twh=consumption_twh)
    amounts = {"generation_twh": generation_twh, "consumption_twh": consumption_twh}
    for name, amount in amounts.items():
        _require_amounts(source, name, amount)
    consumption = consumption_twh.reindex(generation_twh.index)
    used = consumption * (generation_twh.sum() / consumption.sum())
    return pd.DataFrame(
        {
            "generation_twh": generation_twh,
            "consumption_twh": used,
            "net_import_twh": used - generation_twh,
        }
    )


def origin_factors(net_import_twh: pd.Series, own_kg_per_kwh: pd.Series) -> pd.Series:
    r"""CO2 of a kilowatt-hour that crosses a border, by where it is made.

    Exporters give at their own factor. Who sends to whom is not known, so importers take at the exporters'
    mean, weighted by net exports:

    .. math:: f_i = \begin{cases} f^{own}_i & N_i < 0\\
       \sum_{j: N_j<0} N_j f^{own}_j \Big/ \sum_{j: N_j<0} N_j & N_i \ge 0 \end{cases}

    Parameters
    ----------
    net_import_twh : index code, TWh, adding up to 0
    own_kg_per_kwh : index code; mean factor of what each province generates, kg CO2 per kWh

    Returns
    -------
    Series ``factor_kg_per_kwh``, index code, kg CO2 per kWh

    Raises
    ------
    CapshareError
        where provinces differ, or a factor is no number or negative.
    """
    source = "origin_factors"
    require_same_index(source, net_import_twh=net_import_twh, own_kg_per_kwh=own_kg_per_kwh)
    _require_amounts(source, "own_kg_per_kwh", own_kg_per_kwh)
    own = own_kg_per_kwh.reindex(net_import_twh.index)
    exported = -net_import_twh.clip(upper=0.0)
    sent = exported.sum()
    mean = (exported * own).sum() / sent if sent > 0 else own
    return own.where(net_import_twh < 0, mean).rename("factor_kg_per_kwh")


def emissions_by_view(
    production_mt: pd.Series, net_import_twh: pd.Series, factor_kg_per_kwh: pd.Series
) -> pd.DataFrame:
    r"""Emissions by production, by consumption of electricity, and half of each.

    .. math:: E^{con}_i = E^{pro}_i + f_i N_i, \qquad E^{sha}_i = \tfrac12 (E^{pro}_i + E^{con}_i)

    Units: TWh × kg/kWh = 1e9 kg = 1 Mt.

    Parameters
    ----------
    production_mt : index code, Mt CO2; emissions where they arise
    net_import_twh : index code, TWh
    factor_kg_per_kwh : index code, kg CO2 per kWh of what crosses the border

    Returns
    -------
    DataFrame, index code; ``production_mt, consumption_mt, shared_mt`` and ``difference_mt``, by consumption
    less by production

    Raises
    ------
    CapshareError
        where provinces differ, or what a province exports carries all of its emissions or more.
    """
    source = "emissions_by_view"
    labelled = {
        "production_mt": production_mt,
        "net_import_twh": net_import_twh,
        "factor_kg_per_kwh": factor_kg_per_kwh,
    }
    require_same_index(source, **labelled)
    for name, values in labelled.items():
        require_numbers(source, name, values)
    difference = (net_import_twh * factor_kg_per_kwh).reindex(production_mt.index)
    consumption = production_mt + difference
    if (consumption <= 0).any():
        raise CapshareError(
            Problem(source, f"production_mt[{code}]",
                    f"emissions above the {-difference[code]:.4g} Mt of the electricity that it exports",
                    f"{production_mt[code]:.4g} Mt",
                    'Correct the figures, take the factor "origin", or the view "production".')
            for code in consumption.index[consumption <= 0]
        )  # fmt: skip
    return pd.DataFrame(
        {
            "production_mt": production_mt,
            "consumption_mt": consumption,
            "shared_mt": (production_mt + consumption) / 2,
            "difference_mt": difference,
        }
    )


def _require_amounts(source: str, name: str, amounts: pd.Series) -> None:
    require_numbers(source, name, amounts)
    problems = [
        Problem(source, f"{name}[{code}]", "at least 0", f"{amount:g}", "Correct the cell.")
        for code, amount in amounts[amounts < 0].items()
    ]
    if not problems and not amounts.sum() > 0:
        problems = [
            Problem(source, name, "more than 0 in some province", "0 everywhere", "Correct the column.")
        ]
    if problems:
        raise CapshareError(problems)
