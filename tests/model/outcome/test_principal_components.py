import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.outcome.principal_components import kaiser_meyer_olkin, principal_components

# R. A. Johnson & D. W. Wichern, Applied Multivariate Statistical Analysis, census-tract data.
CENSUS = pd.DataFrame(
    [
        [5.935, 14.2, 2.265, 2.27, 2.91],
        [1.523, 13.1, 0.597, 0.75, 2.62],
        [2.599, 12.7, 1.237, 1.11, 1.72],
        [4.009, 15.2, 1.649, 0.81, 3.02],
        [4.687, 14.7, 2.312, 2.50, 2.22],
        [8.044, 15.6, 3.641, 4.51, 2.36],
        [2.766, 13.3, 1.244, 1.03, 1.97],
        [6.538, 17.0, 2.618, 2.39, 1.85],
        [6.451, 12.9, 3.147, 5.52, 2.01],
        [3.314, 12.2, 1.606, 2.18, 1.82],
        [3.777, 13.0, 2.119, 2.83, 1.80],
        [1.530, 13.8, 0.798, 0.84, 4.25],
        [2.768, 13.6, 1.336, 1.75, 2.64],
        [6.585, 14.9, 2.763, 1.91, 3.17],
    ],
    columns=["Pop", "School", "Employ", "Health", "Home"],
    index=[f"T{tract:02d}" for tract in range(1, 15)],
)


def equicorrelated(r: float, size: int = 3) -> pd.DataFrame:
    names = list("abcdefgh"[:size])
    return pd.DataFrame(np.where(np.eye(size, dtype=bool), 1.0, r), index=names, columns=names)


@pytest.fixture(scope="module")
def census():
    return principal_components(CENSUS)


def test_johnson_wichern_eigenvalues_and_first_component(census):
    np.testing.assert_allclose(census.eigenvalues, [3.0289, 1.2911, 0.5725, 0.0954, 0.0121], atol=5.1e-5)
    np.testing.assert_allclose(census.coefficients["PC1"], [0.558, 0.313, 0.568, 0.487, -0.174], atol=5.1e-4)


def test_labels_and_order(census):
    assert census.eigenvalues.index.tolist() == ["PC1", "PC2", "PC3", "PC4", "PC5"]
    assert census.scores.index.tolist() == CENSUS.index.tolist()
    assert census.coefficients.index.tolist() == CENSUS.columns.tolist()
    assert census.explained_share.sum() == pytest.approx(1, abs=1e-12)


def test_standardised_with_the_sample_standard_deviation(census):
    np.testing.assert_allclose(census.standard_deviations, np.std(CENSUS.to_numpy(), axis=0, ddof=1))
    np.testing.assert_allclose(census.scores.var(ddof=1), census.eigenvalues, rtol=1e-9)


def test_coefficients_have_length_1_and_loadings_are_correlations(census):
    np.testing.assert_allclose(census.coefficients.T @ census.coefficients, np.eye(5), atol=1e-12)
    found = [[np.corrcoef(CENSUS[x], census.scores[k])[0, 1] for k in census.scores] for x in CENSUS]
    np.testing.assert_allclose(census.loadings, found, atol=1e-9)


def test_sign_correlation_is_that_of_scores_and_mean_indicator(census):
    mean = CENSUS.apply(lambda x: (x - x.mean()) / x.std()).mean(axis=1)
    found = [np.corrcoef(census.scores[k], mean)[0, 1] for k in census.scores]
    np.testing.assert_allclose(census.sign_correlation, found, atol=1e-9)
    assert (census.sign_correlation > 0).all()
    assert np.square(census.sign_correlation).sum() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("flips", [[-1, -1, -1, -1, -1], [1, -1, 1, -1, 1], [-1, 1, 1, 1, -1]])
def test_signs_of_the_eigenvectors_do_not_matter(monkeypatch, census, flips):
    eigh = np.linalg.eigh

    def flipped(matrix):
        values, vectors = eigh(matrix)
        return values, vectors * flips

    monkeypatch.setattr(np.linalg, "eigh", flipped)
    again = principal_components(CENSUS)
    pd.testing.assert_frame_equal(again.scores, census.scores)
    pd.testing.assert_series_equal(again.sign_correlation, census.sign_correlation)


@pytest.mark.parametrize("flip", [1, -1])
def test_sign_is_fixed_even_where_the_coefficients_add_up_to_0(monkeypatch, flip):
    eigh = np.linalg.eigh
    monkeypatch.setattr(np.linalg, "eigh", lambda matrix: (eigh(matrix)[0], flip * eigh(matrix)[1]))
    opposed = pd.DataFrame({"z": [1.0, 2, 3, 4], "a": [4.0, 2, 3, 1]}, index=list("ABCD"))
    found = principal_components(opposed)
    assert found.sign_correlation["PC1"] == 0
    assert found.coefficients["PC1"].to_dict() == pytest.approx({"z": -(0.5**0.5), "a": 0.5**0.5})
    assert found.sign_correlation["PC2"] == pytest.approx(1)


def test_perfectly_opposed_indicators_have_no_mean_to_turn_to():
    opposed = pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [-1.0, -2, -3, -5]}, index=list("ABCD"))
    found = principal_components(opposed)
    assert found.sign_correlation.tolist() == [0]
    assert found.coefficients.at["a", "PC1"] > 0


def test_components_without_variance_are_left_out():
    doubled = CENSUS.assign(Twice=CENSUS["Pop"] * 2 + 1)
    found = principal_components(doubled)
    assert len(found.eigenvalues) == 5
    assert found.kmo is None
    frames = [found.loadings, found.scores, found.coefficients]
    assert all(np.isfinite(frame.to_numpy()).all() for frame in frames)


def test_more_indicators_than_provinces():
    found = principal_components(CENSUS.head(4))
    assert len(found.eigenvalues) == 3
    assert found.kmo is None


def test_kmo_of_equal_correlations():
    # Own: three indicators that correlate at 1/2 have partial correlations of 1/3, so KMO = 9/13.
    assert kaiser_meyer_olkin(equicorrelated(0.5)) == pytest.approx(9 / 13)


def test_kmo_of_two_indicators_is_one_half():
    assert kaiser_meyer_olkin(equicorrelated(0.3, 2)) == pytest.approx(0.5)


@pytest.mark.parametrize("correlation", [equicorrelated(1.0), equicorrelated(0.0), equicorrelated(-0.5)])
def test_kmo_does_not_exist_for_singular_or_uncorrelated_indicators(correlation):
    assert kaiser_meyer_olkin(correlation) is None


def test_all_problems_of_a_frame_at_once():
    frame = pd.DataFrame([[1.0], [1.0]], index=["A", "B"], columns=["flat"])
    with pytest.raises(CapshareError, match="flat with one value everywhere") as caught:
        principal_components(frame)
    assert len(caught.value.problems) == 3


def test_an_indicator_named_twice_is_refused():
    with pytest.raises(CapshareError, match="Pop twice"):
        principal_components(CENSUS[["Pop", "Pop", "Home"]])


def test_a_missing_cell_is_named():
    with pytest.raises(CapshareError, match=r"\[T03, Health\]: expected a finite number; found nan"):
        principal_components(CENSUS.where(CENSUS != 1.11))


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(14)), st.permutations(range(5)), st.floats(0.01, 1e4), st.floats(-1e3, 1e3))
def test_order_and_units_do_not_matter(rows, columns, scale, shift):
    census = principal_components(CENSUS)
    found = principal_components(CENSUS.iloc[list(rows), list(columns)] * scale + shift)
    np.testing.assert_allclose(found.scores.loc[CENSUS.index], census.scores, atol=1e-6)
    np.testing.assert_allclose(found.eigenvalues, census.eigenvalues, atol=1e-8)
