import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.outcome.potential import orient, potential, potential_notes
from capshare.reports.words.notes import note_texts

DATA = Path(__file__).parents[3] / "indicators" / "data" / "china-2017"


def said(found, indicators):
    """What is noticed about a ranking of the provinces of the indicators."""
    return "\n".join(note_texts(potential_notes(found, len(indicators)), {}))


def common_factor(provinces: int = 12, indicators: int = 4, seed: int = 5) -> pd.DataFrame:
    """Indicators that all measure one thing, with some noise."""
    rng = np.random.default_rng(seed)
    index = [f"P{i:02d}" for i in range(provinces)]
    able = np.linspace(0, 10, provinces)[:, None]
    values = able * np.arange(1, indicators + 1) + rng.normal(0, 1, (provinces, indicators))
    return pd.DataFrame(values, index=index, columns=[f"x{j}" for j in range(indicators)])


@pytest.fixture(scope="module")
def deficit_indicators() -> pd.DataFrame:
    """Five reasons to be able to cut, oriented, for the 16 deficit provinces of Table 1."""
    table1 = pd.read_csv(DATA / "table1.csv", dtype={"code": str}).set_index("code")
    short = table1.index[table1["balance_1e8t"] < 0]
    data = pd.read_csv(DATA / "provinces.csv", dtype={"code": str}).set_index("code").loc[short]
    indicators = pd.DataFrame(
        {
            "income": data["income_per_capita_yuan"],
            "rd": data["rd_intensity_pct"],
            "energy_intensity": data["energy_total_1e4tce"] / data["gdp_1e8yuan"],
            "carbon_intensity": table1["emissions_1e8t"].reindex(short) / data["gdp_1e8yuan"],
            "coal_share": data["coal_1e4t"] / data["energy_total_1e4tce"],
        }
    )
    less = dict.fromkeys(["energy_intensity", "carbon_intensity", "coal_share"], "less")
    return orient(indicators, {"income": "more", "rd": "more"} | less)


def test_one_common_factor_ranks_by_it():
    frame = common_factor()
    found = potential(frame)
    assert found.kept == ("PC1",)
    assert found.table["score"].iloc[[0, -1]].tolist() == [100, 0]
    assert found.table["rank"].tolist() == list(range(1, 13))
    assert found.table["score"].corr(frame.sum(axis=1), method="spearman") > 0.95
    assert found.kept_share == pytest.approx(found.components.eigenvalues["PC1"] / 4)


def test_tiers_by_score():
    found = potential(common_factor(24)).table
    assert (found.loc[found["tier"] == "high", "score"] > 80).all()
    assert (found.loc[found["tier"] == "low", "score"] < 50).all()
    assert found.loc[found["tier"] == "middle", "score"].between(50, 80).all()
    assert set(found["tier"]) == {"high", "middle", "low"}


def test_ranking_goes_with_the_study(deficit_indicators):
    # The ranking of Tian & Lin 2021, doi 10.31497/zrzyxb.20210409; its indicators are not public.
    published = pd.read_csv(DATA / "potential_ranking.csv", dtype={"code": str}).set_index("code")
    found = potential(deficit_indicators)
    assert set(found.table.index) == set(published.index)
    assert found.table["rank"].corr(published["rank"], method="spearman") > 0.95
    assert found.components.kmo > 0.5


@pytest.mark.parametrize(("keep", "kept"), [("kaiser", 1), (0.5, 1), (0.85, 2), (0.97, 4), (1.0, 5)])
def test_rule_for_keeping_components(deficit_indicators, keep, kept):
    found = potential(deficit_indicators, keep)
    assert len(found.kept) == kept
    assert keep == "kaiser" or found.kept_share >= keep - 1e-8


@pytest.mark.parametrize("flip", [[-1, -1, -1, -1], [1, 1, -1, 1], [-1, 1, 1, -1]])
def test_signs_of_the_eigenvectors_do_not_matter(monkeypatch, flip):
    rng = np.random.default_rng(2)
    frame = common_factor() + rng.normal(0, 20, (12, 4))
    eigh = np.linalg.eigh
    before = potential(frame, keep=1.0).table
    monkeypatch.setattr(np.linalg, "eigh", lambda matrix: (eigh(matrix)[0], eigh(matrix)[1] * flip))
    pd.testing.assert_frame_equal(potential(frame, keep=1.0).table, before)


@pytest.mark.parametrize("flip", [1, -1])
def test_scores_are_the_same_where_coefficients_add_up_to_0(monkeypatch, flip):
    eigh = np.linalg.eigh
    monkeypatch.setattr(np.linalg, "eigh", lambda matrix: (eigh(matrix)[0], eigh(matrix)[1] * flip))
    opposed = pd.DataFrame({"b": [1.0, 2, 3, 4], "a": [4.0, 2, 3, 1]}, index=list("ABCD"))
    found = potential(opposed)
    assert re.search(r"direction of PC1 is hardly determined .* is 0\.000.* -1\.00", said(found, opposed))
    assert found.table["score"].to_dict() == pytest.approx({"A": 100, "C": 50, "B": 50, "D": 0})
    assert found.table.index[0] == "A"


@pytest.mark.parametrize("provinces", [0, 1, 2])
def test_fewer_than_3_provinces_are_not_ranked(provinces):
    few = common_factor().head(provinces)
    found = potential(few)
    assert f"no ranking of {provinces} deficit provinces" in said(found, few)
    assert found.table.empty
    assert found.table.columns.tolist() == ["score", "rank", "tier"]
    assert (found.components, found.kept, found.kept_share) == (None, (), None)


def test_constant_indicator_is_left_out_and_named():
    frame = common_factor()
    found = potential(frame.assign(flat=0.1))
    assert "flat is the same in every deficit province" in said(found, frame)
    assert found.constant == ("flat",)
    pd.testing.assert_frame_equal(found.table, potential(frame).table)


@pytest.mark.parametrize("columns", [["flat", "level"], ["flat", "level", "x0"]])
def test_too_few_indicators_that_vary(columns):
    frame = common_factor().assign(flat=0.1, level=3)[columns]
    found = potential(frame)
    assert "no ranking, as fewer than 2 indicators tell" in said(found, frame)
    assert found.table.empty
    assert found.components is None
    assert set(found.constant) == {"flat", "level"}


def test_three_provinces_are_ranked_without_kmo():
    found = potential(common_factor(3))
    assert "no KMO for 4 indicators of 3 provinces" in said(found, common_factor(3))
    assert found.table["rank"].tolist() == [1, 2, 3]
    assert found.components.kmo is None


def test_uncorrelated_indicators_have_no_eigenvalue_above_1():
    frame = pd.DataFrame({"a": [1.0, 1, -1, -1], "b": [1.0, -1, 1, -1]}, index=list("ABCD"))
    with pytest.raises(CapshareError, match="expected an eigenvalue above 1; found 1 as the largest"):
        potential(frame)


def test_equal_eigenvalues_are_reported():
    frame = pd.DataFrame({"a": [1.0, 1, -1, -1], "b": [1.0, -1, 1, -1]}, index=list("ABCD"))
    assert "PC1 and PC2 have the same eigenvalue" in said(potential(frame, keep=1.0), frame)


def test_equal_provinces_share_a_rank():
    frame = common_factor()
    twin = pd.concat([frame, frame.loc[["P05"]].rename(index={"P05": "twin"})])
    ranks = potential(twin).table["rank"]
    assert ranks["P05"] == ranks["twin"]


@pytest.mark.parametrize("keep", [0, -0.1, 1.1, np.nan, True, "kaisers", None])
def test_rule_that_does_not_exist(keep):
    with pytest.raises(CapshareError, match=r'keep: expected "kaiser" or a share of the variance'):
        potential(common_factor(), keep)


def test_repeated_province_is_named():
    frame = common_factor().rename(index={"P01": "P00"})
    with pytest.raises(CapshareError, match=r"\['P00'\] more than once"):
        potential(frame)


def test_missing_cell_is_named():
    frame = common_factor()
    frame.loc["P03", "x1"] = np.nan
    with pytest.raises(CapshareError, match=r"\[P03, x1\]: expected a finite number"):
        potential(frame)


def test_orient_turns_only_less():
    frame = pd.DataFrame({"a": [1.0, 2], "b": [3.0, 4]}, index=["A", "B"])
    assert orient(frame, {"b": "less", "a": "more"}).to_dict("list") == {"a": [1, 2], "b": [-3, -4]}


def test_orient_reports_everything_at_once():
    frame = pd.DataFrame({"a": [1.0], "b": [3.0]}, index=["A"])
    with pytest.raises(CapshareError, match=r"a: expected .* found no direction") as caught:
        orient(frame, {"b": "up", "c": "less"})
    assert [problem.place for problem in caught.value.problems] == ["a", "c", "b"]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)), st.floats(1e-3, 1e4), st.floats(-1e3, 1e3))
def test_order_and_units_do_not_matter(order, scale, shift):
    frame = common_factor()
    found = potential(frame.iloc[list(order)] * scale + shift).table
    pd.testing.assert_frame_equal(found, potential(frame).table, atol=1e-5)
