"""Rounded targets of what is outside the national market, by hand."""

import numpy as np
import pandas as pd
import pytest

from capshare.model.targets.rest import rest_rounded_cuts

CODES = pd.Index(["a", "b", "c"], name="code")


def test_steps_are_the_nearest_that_together_still_reach_the_cut():
    # 16.9 and 21.2 of 100 Mt each are 19.05 together. 17 and 21 are 19.0, too little; 17 and 21.5 are 19.25
    # and 0.1 + 0.3 points away, 17.5 and 21 are 19.25 and 0.6 + 0.2 away. The third has nothing outside.
    cuts = pd.Series([16.9, 21.2, np.nan], CODES)
    found = rest_rounded_cuts(cuts, pd.Series([100.0, 100.0, 0.0], CODES), 0.5)
    assert found.tolist() == pytest.approx([17.0, 21.5, np.nan], nan_ok=True)


def test_a_rest_that_may_rise_keeps_its_sign_and_nothing_outside_has_no_target():
    # -1.2 of 300 Mt and 10.0 of 100 Mt are 1.6 together. -1 and 9.5 are 1.625, the least beyond: -1 and 10
    # are 1.75, and -1.5 and 10.5 are 1.5, too little.
    found = rest_rounded_cuts(pd.Series([-1.2, 10.0], CODES[:2]), pd.Series([300.0, 100.0], CODES[:2]), 0.5)
    assert found.tolist() == pytest.approx([-1.0, 9.5])
    assert rest_rounded_cuts(pd.Series([np.nan], CODES[:1]), pd.Series([0.0], CODES[:1]), 0.5).isna().all()
