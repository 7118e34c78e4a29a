"""The power law against least squares with a dummy of each province, and the curves made of it."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad

from capshare.base.errors import CapshareError
from capshare.model.abatement.power_law import fit_power_law
from capshare.model.abatement.rising_curves import logarithmic_cost, power_cost


@pytest.fixture
def panel():
    """Five provinces over six years, weights of their own, around an elasticity of -0.5."""
    random = np.random.default_rng(3)
    index = pd.MultiIndex.from_product([list("abcde"), range(2001, 2007)], names=["code", "year"])
    intensity = pd.Series(random.uniform(0.5, 4, 30), index)
    level = pd.Series(np.repeat(random.uniform(4, 7, 5), 6), index)
    noise = pd.Series(random.normal(0, 0.2, 30), index)
    counts = pd.Series(np.repeat(random.uniform(0.2, 3, 5), 6) * random.uniform(0.9, 1.1, 30), index)
    return np.exp(level - 0.5 * np.log(intensity) + noise), intensity, counts


def test_against_weighted_least_squares_with_dummies(panel):
    price, intensity, counts = panel
    dummies = pd.get_dummies(price.index.get_level_values("code")).to_numpy(dtype=float)
    design = np.column_stack([np.log(intensity), dummies])
    root = np.sqrt(counts.to_numpy())
    coefficients, *_ = np.linalg.lstsq(design * root[:, None], np.log(price) * root, rcond=None)
    law = fit_power_law(price, intensity, counts)
    assert law.elasticity == pytest.approx(coefficients[0])
    assert law.provinces["fixed_effect"].to_numpy() == pytest.approx(coefficients[1:])
    residual = np.log(price) - design @ coefficients
    assert law.observations["residual"].to_numpy() == pytest.approx(residual.to_numpy())


def test_the_interval_is_that_of_clusters(panel):
    """The sandwich with dummies, term by term; 2.776 is Student's t at 97.5 % with 4 degrees of freedom."""
    price, intensity, counts = panel
    dummies = pd.get_dummies(price.index.get_level_values("code")).to_numpy(dtype=float)
    design, weight = np.column_stack([np.log(intensity), dummies]), np.diag(counts)
    bread = np.linalg.inv(design.T @ weight @ design)
    law = fit_power_law(price, intensity, counts)
    scores = design * (counts * law.observations["residual"]).to_numpy()[:, None]
    of_province = scores.reshape(5, 6, -1).sum(axis=1)
    variance = (bread @ of_province.T @ of_province @ bread)[0, 0] * 5 / 4 * 29 / 28
    half = (law.elasticity_high - law.elasticity_low) / 2
    assert half == pytest.approx(2.7764451 * np.sqrt(variance), rel=1e-6)
    assert law.elasticity_low < -0.5 < law.elasticity_high


def test_a_province_that_goes_the_other_way_is_named(panel):
    price, intensity, counts = panel
    own = price.index.get_level_values("code") == "b"
    other_way = price.where(~own, 300 * intensity**0.8)
    law = fit_power_law(other_way, intensity, counts)
    assert law.provinces.index[law.provinces["fits_badly"]].tolist() == ["b"]
    assert law.provinces["r_squared"]["b"] < 0
    assert law.provinces["residual_rms"].idxmax() == "b"


def test_prices_that_fall_with_abatement_make_no_curve(panel):
    price, intensity, counts = panel
    with pytest.raises(
        CapshareError, match=r"prices\.method: expected prices that rise .* elasticity of 0\.\d"
    ):
        fit_power_law(price * intensity, intensity, counts)


def test_a_price_of_nothing_has_no_logarithm(panel):
    price, intensity, counts = panel
    price = price.mask(price.index.isin([("c", 2003), ("d", 2005)]), 0.0)
    with pytest.raises(
        CapshareError, match=r"positive price in every province-year.* none in c 2003, d 2005"
    ):
        fit_power_law(price, intensity, counts)


START = pd.Series({"a": 100.0, "b": 40.0})


def test_the_power_curve_by_hand():
    """A quarter of the emissions left, b = -0.5: twice the price."""
    assert power_cost(START, 0.75, elasticity=-0.5).to_dict() == {"a": 200.0, "b": 80.0}
    assert power_cost(START, 0.0, elasticity=-0.5).to_dict() == START.to_dict()


def test_the_logarithmic_curve_starts_at_nothing_and_meets_the_power_curve():
    def cost(cut):
        return logarithmic_cost(START, cut, elasticity=-0.5, meeting_cut=0.19)

    assert (cost(0.0) == 0).all()
    assert cost(0.19).to_dict() == pytest.approx({"a": 100 / 0.9, "b": 40 / 0.9})
    assert cost(0.1).to_dict() == pytest.approx({code: q * 0.5 for code, q in cost(0.19).items()})
    # Total cost of a cut has a closed form: a ((1 - r) ln(1 - r) + r).
    scale = cost(1 - np.exp(-1))["a"]
    total, _ = quad(lambda cut: cost(cut)["a"], 0, 0.4)
    assert total == pytest.approx(scale * (0.6 * np.log(0.6) + 0.4))


def test_cuts_that_are_none():
    with pytest.raises(CapshareError, match=r"cut: expected a share .* below 1; found 1"):
        power_cost(START, 1.0, elasticity=-0.3)
    with pytest.raises(CapshareError, match=r"meeting_cut: .* found 0\. The first tonne is free"):
        logarithmic_cost(START, 0.2, elasticity=-0.3, meeting_cut=0.0)
