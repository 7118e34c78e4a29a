"""The years after the last pledge or plan, whose last cap is taken for the peak that emissions fall from."""

from __future__ import annotations

import pandas as pd

from capshare.base.errors import CapshareError, Problem
from capshare.model.cap.path import AbsoluteTarget, absolute_cap_path
from capshare.study.sections.years import Then

BELOW_PEAK = "below the peak"
_INPUTS = ["peak_year", "peak_mt", "peak_net_ghg_mt", "co2_share_of_cut", "target_year"]


def after_pledges(then: Then, path: pd.DataFrame, ratio: pd.Series) -> pd.DataFrame:
    """A path of pledged cuts with the years after the last.

    Parameters
    ----------
    then : what follows
    path : of :func:`~capshare.model.cap.path.intensity_cap_path`
    ratio : index year; national GDP, base year 1
    """
    falling = _falling(then, path)
    after = falling[["cap_mt"]].assign(gdp_ratio=ratio, cut_status=BELOW_PEAK)
    # What the later caps mean for intensity, beside the pledges.
    per_gdp = after["cap_mt"] / after["gdp_ratio"] / path["base_mt"].iloc[0]
    after["cut_pct"] = 100 - (100 - path["base_cut_pct"].iloc[0]) * per_gdp
    whole = pd.concat([path, after])
    stated = [column for column in path.columns if column not in after.columns]
    whole[stated] = whole[stated].ffill()
    whole = whole.assign(**falling[_INPUTS].iloc[0], cut_below_peak_pct=then.cut_pct)
    return whole.astype(dict.fromkeys(["base_year", "reference_year", "peak_year", "target_year"], int))


def after_plan(then: Then, path: pd.DataFrame, constant_mt: pd.DataFrame) -> pd.DataFrame:
    """A path of a plan's cuts with the years after it.

    Parameters
    ----------
    then : what follows
    path : of :func:`~capshare.chain.plan_targets.plan_path`
    constant_mt : code × year; emissions at the base year's carbon intensity, Mt CO2
    """
    falling, national = _falling(then, path), constant_mt.sum()
    after = falling[["cap_mt"]].assign(constant_intensity_mt=national, cut_status=BELOW_PEAK)
    # What the later caps mean for intensity, beside the plan.
    after["cut_pct"] = 100 * (1 - after["cap_mt"] / after["constant_intensity_mt"])
    whole = pd.concat([path, after[list(path.columns)]])
    whole = whole.assign(**falling[_INPUTS].iloc[0], cut_below_peak_pct=then.cut_pct)
    return whole.astype(dict.fromkeys(["peak_year", "target_year"], int))


def _falling(then: Then, path: pd.DataFrame) -> pd.DataFrame:
    """Caps after the last of the path, by equal steps to the target year."""
    last, peak = int(path.index[-1]), float(path["cap_mt"].iloc[-1])
    if then.target_year <= last:
        expected = f"a year after {last}, whose cap is taken for the peak"
        raise CapshareError(
            Problem("study", "cap.then.target_year", expected, str(then.target_year), "Choose a later year.")
        )
    target = AbsoluteTarget(
        peak_year=last,
        peak_mt=peak,
        peak_net_ghg_mt=peak * then.net_ghg_per_co2,
        cut_pct=then.cut_pct,
        co2_share_of_cut=then.co2_share_of_cut,
        target_year=then.target_year,
    )
    return absolute_cap_path(target, base_year=last, base_mt=peak).loc[last + 1 :]
