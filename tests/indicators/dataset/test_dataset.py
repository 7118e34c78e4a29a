"""The dataset's own questions: columns, and what they mean."""

import pytest

from capshare.base.errors import CapshareError
from capshare.indicators.dataset.catalogue import describe, shipped_datasets, shipped_folder
from capshare.indicators.dataset.data_package import load_dataset

CHINA = load_dataset("china-2017")


def test_select_keeps_the_order_asked_for():
    chosen = CHINA.select(["rd_intensity_pct", "gdp_1e8yuan"])
    assert list(chosen.columns) == ["rd_intensity_pct", "gdp_1e8yuan"]
    assert chosen.index.equals(CHINA.table.index)


def test_select_names_every_unknown_column_and_its_neighbour():
    with pytest.raises(CapshareError, match=r"'gdp_1e8yan'\. Did you mean gdp_1e8yuan") as caught:
        CHINA.select(["gdp_1e8yan", "coal_1e4t", "zzz"])
    assert len(caught.value.problems) == 2


def test_shipped_datasets():
    assert "china-2017" in shipped_datasets()
    assert (shipped_folder("china-2017") / "datapackage.json").is_file()


def test_describe():
    described = describe(CHINA)
    assert list(described.columns) == ["column", "unit", "title_en", "title_zh", "source", "status"]
    assert described["column"].tolist() == CHINA.table.columns.tolist()
    gdp = described.set_index("column").loc["gdp_1e8yuan"]
    assert gdp["unit"] == "1e8 yuan"
    assert gdp["source"] == "CSY 2018 T3-9 (before the 4th economic census)"
    assert (described.drop(columns="unit") != "").all(axis=None)
