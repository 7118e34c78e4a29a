from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.outcome.published import agreement, agreement_notes, from_table1, published_table
from capshare.reports.words.notes import note_texts

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"
FIGURES = [
    "group_adjusted_rand",
    "quota_share_error_mean",
    "quota_share_error_max",
    "quota_rank_correlation",
    "balance_signs_right",
    "balance_classes_right",
]


@pytest.fixture(scope="module")
def table1() -> pd.DataFrame:
    return pd.read_csv(DATA / "table1.csv", dtype={"code": str}).set_index("code")


@pytest.fixture(scope="module")
def ranking() -> pd.DataFrame:
    return pd.read_csv(DATA / "potential_ranking.csv", dtype={"code": str}).set_index("code")


@pytest.fixture
def published() -> pd.DataFrame:
    """Four made-up provinces, two groups."""
    return pd.DataFrame(
        {
            "group": ["I", "I", "II", "II"],
            "quota_mt": [40.0, 30.0, 20.0, 10.0],
            "balance_mt": [5.0, -5.0, 2.0, -2.0],
            "balance_class": ["slight surplus", "light deficit", "slight surplus", "light deficit"],
        },
        index=list("ABCD"),
    )


def test_table_1_in_our_units(table1):
    found = from_table1(table1)
    assert found.loc["320000"].to_dict() == {
        "group": "III",
        "quota_mt": 876.5,
        "balance_mt": 9.8,
        "balance_class": "slight surplus",
    }
    assert found["quota_mt"].sum() == pytest.approx(13490.1, abs=1e-6)


def test_table_1_agrees_with_itself(table1, ranking):
    study = from_table1(table1)
    found = agreement(study.sample(frac=1, random_state=3), study, -ranking["rank"], ranking["rank"])["value"]
    expected = dict(zip(FIGURES, [1, 0, 0, 1, 30, 30], strict=True)) | {"potential_rank_correlation": 1}
    assert found.to_dict() == pytest.approx(expected, abs=1e-12)


def test_ranking_holds_the_16_deficit_provinces_of_table_1(table1, ranking):
    assert set(ranking.index) == set(table1.index[table1["balance_1e8t"] < 0])
    assert ranking["rank"].tolist() == list(range(1, 17))
    names = table1.loc[ranking.index, "name_en"]
    # Bands as the study names them, doi 10.31497/zrzyxb.20210409.
    assert names[ranking["band"] == ">80"].tolist() == ["Zhejiang", "Tianjin", "Shandong"]
    assert names[ranking["band"] == "55-80"].tolist()[:2] == ["Fujian", "Chongqing"]
    assert names[ranking["band"] == "<45"].tolist()[-2:] == ["Ningxia", "Xinjiang"]
    assert ranking["band"].value_counts().to_dict() == {"55-80": 7, "<45": 6, ">80": 3}


def test_figures_of_a_small_example(published):
    ours = pd.DataFrame(
        {
            "group": ["x", "x", "x", "y"],
            "quota_mt": [60.0, 80.0, 40.0, 20.0],
            "balance_mt": [4.0, 5.0, 0.0, -2.0],
            "balance_class": ["slight surplus", "slight surplus", "balanced", "light deficit"],
        },
        index=list("ABCD"),
    )
    found = agreement(ours, published)
    assert found.index.tolist() == FIGURES
    assert found.columns.tolist() == ["value", "unit", "meaning"]
    # By hand: one of six pairs is together in both, expected 1, so no better than chance.
    expected = [0, 5, 10, 0.8, 2, 2]
    np.testing.assert_allclose(found["value"], expected, atol=1e-12)
    assert found.at["balance_signs_right", "unit"] == "of 4 provinces"
    assert "(at A)" in found.at["quota_share_error_max", "meaning"]


def test_published_table_is_ours_beside_theirs(published):
    ours = published.assign(quota_mt=[80.0, 60.0, 50.0, 10.0], group="all").loc[list("DCBA")]
    found = published_table(ours, published)
    assert found.columns.tolist() == [
        "quota_mt",
        "published_quota_mt",
        "balance_class",
        "published_balance_class",
        "group",
        "published_group",
        "quota_share_error_points",
    ]
    assert found.index.tolist() == list("DCBA")
    assert found["published_quota_mt"].tolist() == [10, 20, 30, 40]
    assert found["quota_share_error_points"].tolist() == pytest.approx([-5, 5, 0, 0], abs=1e-12)
    assert set(found["group"]) == {"all"}


def test_units_and_names_of_groups_do_not_matter(published):
    ours = published.assign(group=["7", "7", "3", "3"], quota_mt=published["quota_mt"] * 1000)
    found = agreement(ours, published)["value"]
    assert found.to_dict() == pytest.approx(dict(zip(FIGURES, [1, 0, 0, 1, 4, 4], strict=True)))


def test_equal_quotas_have_no_rank_correlation(published):
    found = agreement(published.assign(quota_mt=25.0), published)
    [note] = note_texts(agreement_notes(found, ranked=False), {})
    assert "quota_rank_correlation: all values of one side are equal" in note
    assert agreement_notes(agreement(published, published), ranked=False) == ()
    assert "quota_rank_correlation" not in found.index
    assert found["value"].notna().all()


def test_reversed_potential(published):
    rank = pd.Series([1, 2, 3], index=list("ABC"))
    found = agreement(published, published, pd.Series([10.0, 50, 90], index=list("ABC")), rank)
    assert found.at["potential_rank_correlation", "value"] == pytest.approx(-1)
    assert "3 provinces" in found.at["potential_rank_correlation", "meaning"]


def test_differing_provinces_are_named(published):
    with pytest.raises(CapshareError, match=r"without \['D'\], with \['E'\]"):
        agreement(published, published.rename(index={"D": "E"}))
    with pytest.raises(CapshareError, match=r"without \['D'\]"):
        published_table(published, published.drop(index="D"))
    score = pd.Series([1.0, 2], index=["A", "B"])
    with pytest.raises(CapshareError, match=r"published_potential_rank: .*without \['B'\], with \['C'\]"):
        agreement(published, published, score, pd.Series([1, 2], index=["A", "C"]))


def test_score_and_ranking_come_together(published):
    with pytest.raises(CapshareError, match="published_potential_rank: expected a Series beside the other"):
        agreement(published, published, pd.Series([1.0, 2], index=["A", "B"]))


def test_missing_columns_and_cells(published, table1):
    with pytest.raises(CapshareError, match=r"provinces: .*none named group, balance_class"):
        agreement(published[["quota_mt", "balance_mt"]], published)
    with pytest.raises(CapshareError, match=r"published\[B, quota_mt\]: expected a finite number"):
        agreement(published, published.where(published["quota_mt"] != 30))
    with pytest.raises(CapshareError, match=r"provinces\[C, group\]: expected a label; found an empty cell"):
        agreement(published.assign(group=["I", "I", None, "II"]), published)
    with pytest.raises(CapshareError, match="none named type_en"):
        from_table1(table1.drop(columns="type_en"))


def test_quotas_must_add_up_to_something(published):
    with pytest.raises(CapshareError, match="quota_mt: expected a sum above 0"):
        published_table(published.assign(quota_mt=0.0), published)
