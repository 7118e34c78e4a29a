"""An estimate of what the shipped coal and gas plants generate and emit: capacity times hours and intensity.

Nothing of it is verified. The plants are those of the Global Power Plant Database to about 2018, and plants,
not units; hours and intensities are stated by class in ``plant_classes.csv``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import pandas as pd

from capshare.base.notes import Note, caution, detail
from capshare.indicators.dataset.regions import Regions
from capshare.indicators.facilities.shipped import PLANT_CLASSES, PLANTS

YEAR, SECTOR, STATUS = 2019, "power", "estimate"
"""Of hours and intensities; a plant's capacity is that of about 2018."""
LARGE, SMALL = "conventional coal > 300 MW", "conventional coal <= 300 MW"
UNCONVENTIONAL, GAS = "unconventional coal (gangue, slurry, CFB)", "gas"
_LARGE_MW = 300
# The database has no class; these words are in the names of plants that burn gangue or slurry.
_UNCONVENTIONAL_NAMES = "gangue|slurry|cfb"
_FIRST = 2


def unit_class(plants: pd.DataFrame) -> pd.Series:
    """Class of the official benchmarks that a plant is counted to, by fuel, name and capacity.

    Parameters
    ----------
    plants : index row; ``fuel`` ("Coal" or "Natural Gas"), ``name``, ``capacity_mw``. The capacity is that of
        a plant of several units, so that many a small unit counts as large

    Returns
    -------
    Series of names of classes
    """
    coal = np.where(plants["capacity_mw"] > _LARGE_MW, LARGE, SMALL)
    odd = plants["name"].str.contains(_UNCONVENTIONAL_NAMES, case=False, regex=True)
    classes = np.where(plants["fuel"] == "Natural Gas", GAS, np.where(odd, UNCONVENTIONAL, coal))
    return pd.Series(classes, plants.index, dtype="str")


def by_class(plants: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    r"""Electricity supplied and emissions of plants by stated hours and intensities.

    .. math:: y = C\,h\,(1 - u), \quad E = i\,y

    Parameters
    ----------
    plants : index row; ``unit_class``, ``capacity_mw`` (C), ``commissioned`` (NaN where unknown)
    classes : ``unit_class, commissioned_from, commissioned_to`` (both blank where it is unknown), ``hours``
        (h, a year), ``own_use_share`` (u), ``intensity_tco2_per_mwh`` (i, of electricity supplied)

    Returns
    -------
    DataFrame, index as of the plants; ``output``, MWh, and ``emissions_t``, t CO2
    """
    found = pd.DataFrame({"output": np.nan, "emissions_t": np.nan}, plants.index)
    for row in classes.to_dict("records"):
        built = plants["commissioned"]
        if np.isnan(row["commissioned_from"]):
            of_age = built.isna()
        else:
            of_age = built.between(row["commissioned_from"], row["commissioned_to"])
        rows = (plants["unit_class"] == row["unit_class"]) & of_age
        output = plants.loc[rows, "capacity_mw"] * row["hours"] * (1 - row["own_use_share"])
        found.loc[rows, "output"] = output
        found.loc[rows, "emissions_t"] = row["intensity_tco2_per_mwh"] * output
    return found


def _labels(plants: pd.DataFrame, again: pd.Series) -> pd.Series:
    """Names with the database's number, as some names occur twice; of one plant listed anew also which."""
    which = (", " + (again + 1).astype("str")).where(again > 0, "")
    return plants["name"] + " (" + plants["plant_id"].astype("str") + which + ")"


def _assumed(classes: pd.DataFrame) -> dict[str, float]:
    """What is assumed of plants, from the least class to the most."""
    hours, intensity = classes["hours"], classes["intensity_tco2_per_mwh"]
    return {
        "least_hours": float(hours.min()), "most_hours": float(hours.max()),
        "least": float(intensity.min()), "most": float(intensity.max()),
    }  # fmt: skip


def estimated_plants(files: Mapping[str, bytes], regions: Regions) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """The shipped plants as a table of facilities, each figure an estimate.

    Parameters
    ----------
    files : content of `PLANTS` and `PLANT_CLASSES`, by name
    regions : the provinces of the market; plants elsewhere are left out

    Returns
    -------
    DataFrame as of :func:`capshare.indicators.facilities.table.read_facilities`; and notes on what was
    estimated and which plants were left out
    """
    plants = pd.read_csv(io.BytesIO(files[PLANTS]), dtype={"code": "str"})
    classes = pd.read_csv(io.BytesIO(files[PLANT_CLASSES]))
    plants.index = pd.RangeIndex(_FIRST, _FIRST + len(plants), name="row")
    inside, sized = plants["code"].isin(regions.codes), plants["capacity_mw"].notna()
    kept = plants[inside & sized].copy()
    kept["unit_class"] = unit_class(kept)
    # One plant has a span; its first units are the oldest.
    kept["commissioned"] = kept["commissioned"].astype("str").str.extract(r"^(\d{4})")[0].astype(float)
    again = kept.groupby(kept["name"] + kept["plant_id"].astype("str")).cumcount()
    repeated = int(kept.drop(columns=["unit_class"]).duplicated().sum())
    notes = (
        caution("plants_estimated", count=len(kept), year=YEAR, **_assumed(classes)),
        detail("plants_left_out", elsewhere=int((~inside).sum()), unsized=int((inside & ~sized).sum())),
        detail("plants_repeated", count=repeated),
    )
    table = by_class(kept, classes).assign(
        facility=_labels(kept, again),
        code=pd.Categorical(kept["code"]),
        sector=pd.Categorical([SECTOR] * len(kept)),
        year=float(YEAR),
        unit_class=kept["unit_class"],
        status=STATUS,
    )
    blank = ("benchmark", "heat_gj", "previous_emissions_t", "carried_t", "offsets_t")
    return table.assign(**dict.fromkeys(blank, np.nan)), notes
