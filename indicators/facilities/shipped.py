"""What ships with the package about facilities: rules, benchmarks, plants, and names of provinces."""

from __future__ import annotations

import io
import tomllib

import pandas as pd

from capshare.indicators.dataset.catalogue import shipped_folder
from capshare.indicators.dataset.regions import Regions

RULES, BENCHMARKS = "market_rules.toml", "power_benchmarks.csv"
PLANTS, PLANT_CLASSES = "power_plants.csv", "plant_classes.csv"
INVENTORY, GENERATION = "inventory.csv", "panel.csv"
_FOLDER, _COUNTRY, _REGIONS = "facilities", "china-2022", "regions.csv"


def shipped_bytes(name: str) -> bytes:
    """Content of a shipped file about facilities.

    Parameters
    ----------
    name : `RULES`, `BENCHMARKS`, `PLANTS` or `PLANT_CLASSES`; `INVENTORY` or `GENERATION` of the provinces
    """
    folder = _COUNTRY if name in (INVENTORY, GENERATION) else _FOLDER
    return (shipped_folder(folder) / name).read_bytes()


def market_sector_spellings() -> dict[str, str]:
    """Spelling → sector of the national market, of the shipped rules."""
    sectors = tomllib.loads(shipped_bytes(RULES).decode())["sector"]
    return {name: sector["name"] for sector in sectors for name in (sector["name"], *sector["also"])}


def market_regions() -> Regions:
    """The provinces of the national market, under every spelling that the datasets take."""
    data = (shipped_folder(_COUNTRY) / _REGIONS).read_bytes()
    return Regions.from_table(pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False), _REGIONS)
