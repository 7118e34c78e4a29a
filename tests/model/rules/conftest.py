"""Provinces of 2017 with every column that a rule may need."""

from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"


@pytest.fixture
def provinces():
    table = pd.read_csv(DATA / "provinces.csv", dtype={"code": str}, index_col="code")
    published = pd.read_csv(DATA / "table1.csv", dtype={"code": str}, index_col="code").reindex(table.index)
    emissions_mt = published["emissions_1e8t"] * 100
    return pd.DataFrame(
        {
            "emissions_mt": emissions_mt,
            "constant_intensity_mt": 1.2 * emissions_mt,
            "cumulative_emissions_mt": 4 * emissions_mt,
            "population_1e4": table["population_1e4"].astype(float),
            "gdp_1e8yuan": table["gdp_1e8yuan"],
            "score": table["forest_stock_1e4m3"],
            "group": published["group"],
            "price_yuan_per_t": 8e4 / emissions_mt,
            "published_quota_mt": published["allocation_1e8t"] * 100,
        }
    )
