import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capshare.base.errors import CapshareError
from capshare.model.abatement.quadratic_form import level_terms, scale, slope_terms, terms
from capshare.model.abatement.technology import LEVELS

ARGUMENTS = LEVELS.arguments
TERMS = terms(ARGUMENTS)

values = st.lists(st.floats(0.1, 3), min_size=5, max_size=5)


@given(point=values, coefficients=st.lists(st.floats(-2, 2), min_size=len(TERMS), max_size=len(TERMS)))
@settings(max_examples=30, deadline=None)
def test_slopes_are_those_of_the_level(point, coefficients):
    at = pd.DataFrame([point], columns=list(ARGUMENTS))
    theta = np.array(coefficients)
    for argument in ARGUMENTS:
        step = 1e-5
        up, down = (at.assign(**{argument: at[argument] + sign * step}) for sign in (1, -1))
        numeric = (level_terms(up) - level_terms(down)) @ theta / (2 * step)
        assert slope_terms(at, argument) @ theta == pytest.approx(numeric, abs=1e-6)


def test_the_terms_of_one_point():
    at = pd.DataFrame([[2.0, 0.0, 0.0, 3.0, 0.0]], columns=list(ARGUMENTS))
    found = pd.Series(level_terms(at)[0], index=list(TERMS))
    assert found["capital_1e8yuan x capital_1e8yuan"] == 2.0
    assert found["capital_1e8yuan x gdp_1e8yuan"] == 6.0
    assert found["gdp_1e8yuan x gdp_1e8yuan"] == 4.5
    assert found["1"] == 1.0


def test_bad_cells_are_all_named():
    observations = pd.DataFrame([[1.0, np.nan, 1.0, -1.0, 1.0]], index=["110000"], columns=list(ARGUMENTS))
    with pytest.raises(CapshareError, match="110000, gdp_1e8yuan: expected a finite number >= 0") as caught:
        scale(observations, pd.Series(1.0, index=list(ARGUMENTS)))
    assert len(caught.value.problems) == 2


def test_a_missing_column_is_named():
    with pytest.raises(CapshareError, match="no emissions_mt"):
        scale(pd.DataFrame(columns=list(ARGUMENTS[:-1])), pd.Series(1.0, index=list(ARGUMENTS)))
