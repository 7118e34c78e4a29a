"""Three regions by hand: 100, 50 and 50 Mt, cut by 19, 15 and 15 %, then by 20, 18 and 14 %."""

import pandas as pd
import pytest

from capshare.model.backtest.published_split import PublishedSplit

CODES = list("abc")


@pytest.fixture
def inputs():
    return pd.DataFrame(
        {
            "emissions_mt": [100.0, 50.0, 50.0],
            "gdp_1e8yuan": [1000.0, 300.0, 100.0],
            "population_1e4": [100.0, 60.0, 50.0],
        },
        index=CODES,
    )


@pytest.fixture
def split(inputs):
    """A published split of the three regions."""

    def make(kind, values, national_cut_pct=0.0, years=(2010, 2015), name="table"):
        published = pd.Series(values, index=CODES, dtype=float)
        return PublishedSplit(name, kind, published, inputs, national_cut_pct, *years)

    return make


@pytest.fixture
def first(split):
    return split("cuts", [19, 15, 15], 17, name="first")


@pytest.fixture
def second(split):
    return split("cuts", [20, 18, 14], 18, (2015, 2020), name="second")
