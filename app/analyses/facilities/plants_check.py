"""The estimate of the shipped plants beside statistics of their provinces: how far it is off."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pandas as pd

from capshare.indicators.facilities.power_plants import YEAR
from capshare.indicators.facilities.shipped import GENERATION, INVENTORY
from capshare.model.facilities.sums import T_PER_MT

_MWH_PER_TWH = 1e6
# The panel has generation in 1e8 kWh.
_TWH_PER_1E8KWH = 0.1


def plants_check(quotas: pd.DataFrame, files: Mapping[str, bytes]) -> pd.DataFrame:
    r"""Estimated emissions and generation of each province beside its inventory and its statistics.

    .. math:: r_i = \frac{\sum_{f \in i} e_f}{E^{power}_i}

    Parameters
    ----------
    quotas : of the estimated plants; ``province, emissions_t``, t CO2, ``output``, MWh
    files : content of `INVENTORY`, of which each province's last year with a power and heat sector is
        taken, and of `GENERATION`, all sources of electricity in the year of the estimate

    Returns
    -------
    DataFrame, index code; ``estimate_mt``, ``inventory_power_and_heat_mt``, ``inventory_year``,
    ``share_of_inventory`` (r), ``estimate_supply_twh``, ``generation_all_sources_twh`` and
    ``share_of_generation``
    """
    inventory = pd.read_csv(io.BytesIO(files[INVENTORY]), dtype={"code": "str"})
    panel = pd.read_csv(io.BytesIO(files[GENERATION]), dtype={"code": "str"})
    known = inventory[(inventory["year"] <= YEAR) & inventory["power_and_heat_sector_mt"].notna()]
    inventory = known.sort_values("year").groupby("code").last()
    panel = panel[(panel["variable"] == "electricity_generation") & (panel["year"] == YEAR)].set_index("code")
    sums = quotas.groupby("province", observed=True)[["emissions_t", "output"]].sum()
    sums = sums.set_axis(sums.index.astype("str")).reindex(inventory.index).fillna(0.0)
    estimate_mt, supply_twh = sums["emissions_t"] / T_PER_MT, sums["output"] / _MWH_PER_TWH
    power_mt, generation_twh = inventory["power_and_heat_sector_mt"], panel["value"] * _TWH_PER_1E8KWH
    return pd.DataFrame(
        {
            "estimate_mt": estimate_mt,
            "inventory_power_and_heat_mt": power_mt,
            "inventory_year": inventory["year"],
            "share_of_inventory": estimate_mt / power_mt,
            "estimate_supply_twh": supply_twh,
            "generation_all_sources_twh": generation_twh,
            "share_of_generation": supply_twh / generation_twh,
        }
    ).sort_index()
