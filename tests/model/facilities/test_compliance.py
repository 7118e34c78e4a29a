"""What facilities hand in, calculated by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capshare.model.facilities.compliance import compliance
from capshare.model.facilities.rules import Terms

TERMS = Terms(
    advance_share=0.7, offset_share=0.05, carry_over_share=0.5, price_yuan_per_t=60.0, penalty_multiple=5.0
)


def one(emissions_t, quota_t, carried_t=0.0, offsets_t=0.0, terms=TERMS):
    values = (pd.Series([float(value)]) for value in (emissions_t, quota_t, carried_t, offsets_t))
    return compliance(*values, terms).iloc[0].to_dict()


def test_offsets_cover_five_per_cent_and_no_more():
    # 1 000 t with a quota of 900: 100 are lacking. Offsets may cover 5 % of 1 000 = 50, however many there
    # are; 950 are handed in, 50 stay uncovered, and cost 5 x 60 yuan each: 15 000 yuan.
    assert one(1000, 900, offsets_t=400) == pytest.approx(
        {
            "offset_limit_t": 50.0,
            "surrender_t": 950.0,
            "shortfall_t": 50.0,
            "offsets_used_t": 50.0,
            "surplus_t": 0.0,
            "penalty_yuan": 15_000.0,
        }
    )


def test_offsets_below_the_limit_are_used_as_far_as_they_go():
    # 30 of the 50 allowed: 930 handed in, 70 uncovered.
    found = one(1000, 900, offsets_t=30)
    assert (found["surrender_t"], found["shortfall_t"]) == (930.0, 70.0)


def test_no_offset_is_used_while_quotas_are_left():
    # 1 000 t with a quota of 980 and 100 carried, of which half counts: 1 030 are held, 30 are left over.
    found = one(1000, 980, carried_t=100, offsets_t=400)
    assert found["offsets_used_t"] == 0
    assert (found["surrender_t"], found["shortfall_t"], found["surplus_t"]) == (1000.0, 0.0, 30.0)


amounts = st.floats(0.0, 1e9)


@given(amounts, amounts, amounts, amounts)
def test_every_tonne_is_covered_or_short(emissions_t, quota_t, carried_t, offsets_t):
    found = one(emissions_t, quota_t, carried_t, offsets_t)
    assert found["surrender_t"] + found["shortfall_t"] == pytest.approx(emissions_t, rel=1e-12, abs=1e-6)
    assert min(found.values()) >= 0
    assert found["offsets_used_t"] <= found["offset_limit_t"]
    assert found["surplus_t"] == 0 or found["shortfall_t"] == 0
