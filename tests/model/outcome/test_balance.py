from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.outcome.balance import BALANCE_CLASSES, balance_mt, cause, classify

TABLE1 = Path(__file__).parents[3] / "indicators" / "data" / "china-2017" / "table1.csv"

# The typology in the text of Tian & Lin 2021, doi 10.31497/zrzyxb.20210409; where the text says "most of"
# only the members it names are here.
TYPOLOGY = {
    "low emissions, high quota": ["Beijing", "Shanghai", "Jiangxi", "Guangxi", "Sichuan", "Yunnan"],
    "low emissions, low quota": [
        "Jilin",
        "Hainan",
        "Qinghai",
        "Tianjin",
        "Hunan",
        "Guizhou",
        "Gansu",
        "Ningxia",
    ],
    "high emissions, high quota": [
        "Heilongjiang",
        "Jiangsu",
        "Henan",
        "Hubei",
        "Guangdong",
        "Zhejiang",
        "Anhui",
    ],
    "high emissions, low quota": ["Hebei", "Shanxi", "Liaoning", "Shandong", "Xinjiang"],
}


@pytest.fixture(scope="module")
def table1() -> pd.DataFrame:
    return pd.read_csv(TABLE1, dtype={"code": str}).set_index("code")


@pytest.fixture(scope="module")
def quota_mt(table1):
    return table1["allocation_1e8t"] * 100


@pytest.fixture(scope="module")
def emissions_mt(table1):
    return table1["emissions_1e8t"] * 100


def series(**values) -> pd.Series:
    return pd.Series(values, dtype=float)


def test_table_1_adds_up(table1):
    assert table1["allocation_1e8t"].sum() == pytest.approx(134.901, abs=1e-9)
    assert table1["emissions_1e8t"].sum() == pytest.approx(134.900, abs=1e-9)


def test_balance_is_that_of_table_1(table1, quota_mt, emissions_mt):
    balance = balance_mt(quota_mt, emissions_mt)
    assert balance.name == "balance_mt"
    np.testing.assert_allclose(balance / 100, table1["balance_1e8t"], atol=1.01e-3)
    assert (balance > 0).sum() == 14
    assert (balance < 0).sum() == 16


def test_thresholds_give_all_30_labels_of_table_1(table1, quota_mt, emissions_mt):
    classes = classify(balance_mt(quota_mt, emissions_mt))
    assert classes.to_dict() == table1["type_en"].to_dict()
    assert len(classes) == 30


def test_cause_is_the_typology_of_the_study(table1, quota_mt, emissions_mt):
    causes = cause(emissions_mt, quota_mt)
    causes.index = table1.loc[causes.index, "name_en"]
    assert {label: [causes[name] for name in names] for label, names in TYPOLOGY.items()} == {
        label: [label] * len(names) for label, names in TYPOLOGY.items()
    }


def test_pairs_by_label_not_by_position(quota_mt, emissions_mt):
    shuffled = emissions_mt.sample(frac=1, random_state=1)
    pd.testing.assert_series_equal(balance_mt(quota_mt, shuffled), balance_mt(quota_mt, emissions_mt))
    pd.testing.assert_series_equal(
        cause(shuffled, quota_mt).sort_index(), cause(emissions_mt, quota_mt).sort_index()
    )


@pytest.mark.parametrize(
    ("balance", "label"),
    [
        (300.0, "ample surplus"),
        (299.9, "moderate surplus"),
        (100.0, "moderate surplus"),
        (99.9, "slight surplus"),
        (2e-6, "slight surplus"),
        (9e-7, "balanced"),
        (0.0, "balanced"),
        (-9e-7, "balanced"),
        (-2e-6, "light deficit"),
        (-99.9, "light deficit"),
        (-100.0, "moderate deficit"),
        (-299.9, "moderate deficit"),
        (-300.0, "severe deficit"),
    ],
)
def test_class_at_the_edges(balance, label):
    assert classify(series(A=balance))["A"] == label


def test_thresholds_are_parameters():
    assert classify(series(A=5, B=-15, C=-25), slight_mt=10, severe_mt=20).tolist() == [
        "slight surplus",
        "moderate deficit",
        "severe deficit",
    ]
    assert cause(series(A=5, B=4), series(A=4, B=5), threshold_mt=5).tolist() == [
        "high emissions, low quota",
        "low emissions, high quota",
    ]


def test_differing_provinces_are_named():
    with pytest.raises(CapshareError, match=r"emissions_mt: .*without \['B'\], with \['C'\]"):
        balance_mt(series(A=1, B=1), series(A=1, C=1))
    with pytest.raises(CapshareError, match=r"quota_mt: .*with \['C'\] besides"):
        cause(series(A=1), series(A=1, C=1))


def test_a_repeated_province_is_named():
    repeated = pd.Series([1.0, 2.0], index=["A", "A"])
    with pytest.raises(CapshareError, match=r"\['A'\] more than once"):
        balance_mt(repeated, repeated)


@pytest.mark.parametrize("call", [lambda x: balance_mt(series(A=1, B=1), x), classify, lambda x: cause(x, x)])
def test_a_value_that_is_no_number_is_named(call):
    with pytest.raises(CapshareError, match=r"\[B, 0\]: expected a finite number; found nan"):
        call(series(A=1, B=np.nan))


@pytest.mark.parametrize(("slight", "severe"), [(300, 100), (100, 100), (0, 1), (np.nan, 1)])
def test_thresholds_out_of_order_are_refused(slight, severe):
    with pytest.raises(CapshareError, match="slight_mt < severe_mt"):
        classify(series(A=1), slight, severe)


@pytest.mark.parametrize("threshold", [0, -1, np.nan, np.inf])
def test_cause_needs_a_positive_threshold(threshold):
    with pytest.raises(CapshareError, match="threshold_mt: expected a positive, finite number"):
        cause(series(A=1), series(A=1), threshold)


def test_no_province_gives_no_label():
    empty = pd.Series(dtype=float)
    assert classify(empty).empty
    assert cause(empty, empty).empty


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-2000, 2000), min_size=1, max_size=8))
def test_class_worsens_as_the_balance_falls(values):
    falling = pd.Series(sorted(values, reverse=True))
    order = classify(falling).map(BALANCE_CLASSES.index)
    assert order.is_monotonic_increasing
