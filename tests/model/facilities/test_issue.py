"""The two steps of issuing quotas, calculated by hand."""

import numpy as np
import pandas as pd
import pytest

from capshare.model.facilities.issue import advance_basis_t, advance_t, settled_t

FACILITIES = ["grew", "shrank", "new"]


@pytest.fixture
def basis():
    previous = pd.Series([1000.0, 2000.0, np.nan], FACILITIES)
    return advance_basis_t(previous, pd.Series([1200.0, 1300.0, 500.0], FACILITIES))


def test_topped_up_and_taken_back(basis):
    issued_t = advance_t(basis[0], 0.7)
    # 70 % of last year: 0.7 x 1 000 = 700, 0.7 x 2 000 = 1 400; of the new one's own year 0.7 x 500 = 350.
    assert issued_t.to_dict() == pytest.approx({"grew": 700.0, "shrank": 1400.0, "new": 350.0})
    # Quotas 1 170, 1 320 and 500: 470 on top, 1 400 - 1 320 = 80 back, 150 on top.
    settled = settled_t(pd.Series([1170.0, 1320.0, 500.0], FACILITIES), issued_t)
    assert settled.to_dict() == pytest.approx({"grew": 470.0, "shrank": -80.0, "new": 150.0})


def test_whose_year_before_is_unknown_is_said(basis):
    assert basis[1].to_dict() == {"grew": "last year", "shrank": "last year", "new": "this year"}
