"""The shipped panel, turned once into observations."""

from pathlib import Path

import pandas as pd
import pytest

from capshare.model.abatement.aigner_chu import estimate_distance_function
from capshare.model.abatement.distance_function import DistanceFunction
from capshare.model.abatement.frontier_programme import AignerChu
from capshare.model.abatement.observations import ProvinceYears, province_years

DATA = Path(__file__).parents[3] / "indicators" / "data"
PANEL, INVENTORY = DATA / "china-2017" / "panel.csv", DATA / "china-2022" / "inventory.csv"

# t CO2 per t, natural gas kg CO2 per m3: the usual factors; crude oil and coke would be counted twice.
FACTORS = {
    "coal_consumption": 1.9003,
    "gasoline_consumption": 2.9251,
    "kerosene_consumption": 3.0179,
    "diesel_consumption": 3.0959,
    "fuel_oil_consumption": 3.1705,
    "natural_gas_consumption": 2.1622,
}


@pytest.fixture(scope="session")
def panel() -> pd.DataFrame:
    return pd.read_csv(PANEL, dtype={"code": str})


@pytest.fixture(scope="session")
def factors() -> dict[str, float]:
    return FACTORS


@pytest.fixture(scope="session")
def complete(panel: pd.DataFrame) -> ProvinceYears:
    return province_years(panel, FACTORS, absent_as_zero=["kerosene_consumption"])


@pytest.fixture(scope="session")
def inventory() -> pd.Series:
    """Emissions of the standard inventory, index (code, year), Mt."""
    table = pd.read_csv(INVENTORY, dtype={"code": str})
    return table.set_index(["code", "year"])["total_mt"]


@pytest.fixture(scope="session")
def observed(panel: pd.DataFrame, inventory: pd.Series) -> ProvinceYears:
    """Province-years with the emissions of the standard inventory."""
    return province_years(panel, inventory)


@pytest.fixture(scope="session")
def base(complete: ProvinceYears) -> pd.DataFrame:
    return complete.of_year(2017)


@pytest.fixture(scope="session")
def function(complete: ProvinceYears, base: pd.DataFrame) -> DistanceFunction:
    return estimate_distance_function(complete.observations, base)


@pytest.fixture(scope="session")
def null_joint(complete: ProvinceYears, base: pd.DataFrame) -> DistanceFunction:
    return estimate_distance_function(complete.observations, base, AignerChu(null_joint=True))
