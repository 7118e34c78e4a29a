"""A plan's cut of intensity as caps; the pledge's arithmetic beside it."""

import numpy as np
import pandas as pd
import pytest

from capshare.base.errors import CapshareError
from capshare.model.cap.intensity_plan import intensity_plan_path, planned_cuts_pct, pledge_asks_pct

PLAN = {2026: 3.8, 2030: 17.0}
# NBS communiqués; the dataset has each with its source.
CHANGES = pd.Series({2021: -3.8, 2022: -0.8, 2023: 0.0, 2024: -3.4, 2025: -5.0})


def test_stated_years_are_met_and_intensity_falls_evenly_in_between():
    cuts = planned_cuts_pct(PLAN, base_year=2025)
    assert cuts["cut_pct"].loc[[2026, 2030]].tolist() == [3.8, 17.0]
    assert cuts["cut_status"].tolist() == ["stated", *["interpolated"] * 3, "stated"]
    left = 1 - cuts["cut_pct"] / 100
    np.testing.assert_allclose((left / left.shift()).dropna(), (0.83 / 0.962) ** 0.25)


def test_the_cap_of_golden_17():
    mt = pd.DataFrame({2030: [100.0, 50.0]}, index=["a", "b"])
    path = intensity_plan_path(planned_cuts_pct({2030: 17.0}, base_year=2029), mt)
    assert path["cap_mt"].tolist() == pytest.approx([124.5])
    assert path["constant_intensity_mt"].tolist() == [150.0]


def test_what_the_pledge_of_2021_asks_of_the_plan():
    achieved, asked = pledge_asks_pct(65.0, 48.4, CHANGES)
    assert achieved == pytest.approx(100 - 51.6 * 0.962 * 0.992 * 1.0 * 0.966 * 0.95)
    # About 22.5 %, well beyond the 17 % of the plan.
    assert asked == pytest.approx(22.55, abs=0.005)
    assert (1 - achieved / 100) * (1 - asked / 100) == pytest.approx(0.35)


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        ({}, "a year after the base year"),
        ({2025: 3.0}, "a year after the base year"),
        ({2024: 3.0, 2030: 17.0}, "years after 2025"),
        ({2026: 18.0, 2030: 17.0}, "at least 18"),
        ({2030: 100.0}, "less than 100 %"),
        ({2030: float("nan")}, "less than 100 %"),
    ],
)
def test_cuts_that_are_no_plan(cuts, said):
    with pytest.raises(CapshareError, match=said):
        planned_cuts_pct(cuts, base_year=2025)


def test_every_year_needs_its_emissions():
    with pytest.raises(CapshareError, match="2027"):
        intensity_plan_path(planned_cuts_pct(PLAN, base_year=2025), pd.DataFrame({2026: [1.0], 2030: [1.0]}))


@pytest.mark.parametrize(
    ("pledged", "achieved", "changes", "said"),
    [
        (100.0, 48.4, CHANGES, "pledged_cut_pct"),
        (65.0, -1.0, CHANGES, "achieved_cut_pct"),
        (65.0, 48.4, CHANGES.drop(2023), "2023"),
        (65.0, 48.4, CHANGES.replace(-5.0, np.nan), "2025"),
    ],
)
def test_pledges_that_cannot_be_reckoned_with(pledged, achieved, changes, said):
    with pytest.raises(CapshareError, match=said):
        pledge_asks_pct(pledged, achieved, changes)
