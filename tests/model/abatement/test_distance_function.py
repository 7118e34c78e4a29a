import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq

from capshare.base.errors import CapshareError


def gdp_kept(function, province, emissions_mt):
    """GDP at which a province with other emissions is as far from the frontier as before."""
    before = function.distance(province).iloc[0]

    def gap(gdp):
        moved = province.assign(gdp_1e8yuan=gdp, emissions_mt=emissions_mt)
        return function.distance(moved).iloc[0] - before

    gdp = province["gdp_1e8yuan"].iloc[0]
    return brentq(gap, 0.9 * gdp, 1.1 * gdp, xtol=1e-9)


@pytest.mark.parametrize("code", ["110000", "370000", "630000"])
def test_the_price_is_the_gdp_lost_per_tonne_along_the_isoquant(function, base, code):
    province = base.loc[[code]]
    emissions = province["emissions_mt"].iloc[0]
    higher, lower = (gdp_kept(function, province, emissions + step) for step in (0.01, -0.01))
    yuan_per_t = (higher - lower) * 1e8 / (0.02 * 1e6)
    assert function.price_yuan_per_t(province).iloc[0] == pytest.approx(yuan_per_t, rel=1e-5)


def test_the_slope_of_the_price_is_its_numeric_derivative(null_joint, base):
    up, down = (base.assign(emissions_mt=base["emissions_mt"] + step) for step in (0.01, -0.01))
    numeric = (null_joint.price_yuan_per_t(up) - null_joint.price_yuan_per_t(down)) / 0.02
    slope = null_joint.price_slope(base)
    assert slope.to_numpy() == pytest.approx(numeric.to_numpy(), rel=1e-5)
    assert (slope < 0).all()


def test_a_distance_of_one_is_one_mean_of_each(function):
    assert function.direction.tolist() == [function.means["gdp_1e8yuan"], -function.means["emissions_mt"]]


def test_every_result_keeps_the_index(function, base):
    shuffled = base.sample(frac=1, random_state=3)
    for result in (function.distance, function.price_yuan_per_t, function.price_slope):
        pd.testing.assert_series_equal(result(shuffled).reindex(base.index), result(base))


def test_no_price_where_gdp_has_no_value(null_joint, base):
    assert null_joint.coefficients["emissions_mt x emissions_mt"] < 0
    far = base.assign(capital_1e8yuan=base["capital_1e8yuan"] * 1000, emissions_mt=0.0)
    with pytest.raises(CapshareError, match="a distance that falls as GDP rises"):
        null_joint.price_yuan_per_t(far)


def test_a_missing_number_is_refused(function, base):
    with pytest.raises(CapshareError, match="110000, emissions_mt"):
        function.distance(
            base.assign(emissions_mt=base["emissions_mt"].where(base.index != "110000", np.nan))
        )
