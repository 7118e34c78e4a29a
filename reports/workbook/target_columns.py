r"""What quotas that are cuts follow from, row by row of the workbook.

.. math:: e_i = \mathrm{clip}(o_i + \vartheta B_i,\ \ell_i, u_i),\qquad o_i = -B_i\,p_i/100,\qquad
          |x_i-e_i| \le d_i = B_i\,T/100
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from capshare.model.outcome.outcome import Outcome
from capshare.model.targets.burden import points_above_mean


@dataclass(frozen=True)
class TargetColumns:
    """Columns and numbers of a study of targets.

    Attributes
    ----------
    constant_mt : index (year, code); emissions at constant intensity, Mt CO2
    points : index (year, code); by which the entitled cut lies above the national one, percentage points
    offset_mt, distance_mt : index (year, code); o and d, Mt CO2
    part : index year; how much of the plan's cut the year asks for
    spread_points, distance_points : of the study, percentage points
    band_pct : least and most cut of the plan, %
    is_bound : whether the members of a tier get one cut
    """

    constant_mt: pd.Series
    points: pd.Series
    offset_mt: pd.Series
    distance_mt: pd.Series
    part: pd.Series
    spread_points: float
    distance_points: float
    band_pct: tuple[float, float]
    is_bound: bool


def target_columns(outcome: Outcome, provinces: pd.DataFrame) -> TargetColumns | None:
    """The columns of a run that sets targets; None of any other.

    Parameters
    ----------
    outcome : of a run
    provinces : index (year, code), the years shown; `score`
    """
    settings, path, share = outcome.study.settings, outcome.cap.path, outcome.allocation.raw_share
    burden, asked = settings.get("burden"), settings.get("targets")
    if burden is None or asked is None or share is None:
        return None
    constant = _constant_mt(share.loc[list(provinces.index)].astype(float), path["constant_intensity_mt"])
    cut = path["cut_pct"].astype(float)
    part, spread = cut / cut.iloc[-1], float(burden["spread_points"])
    own = {
        year: points_above_mean(rows.loc[year], constant.loc[year], spread * float(part[year]))
        for year, rows in provinces["score"].groupby(level="year")
    }
    points: pd.Series = pd.concat(own, names=["year", "code"])
    of_year = pd.Series(part[provinces.index.get_level_values("year")].to_numpy(), index=provinces.index)
    distance = float(asked["distance_points"])
    return TargetColumns(
        constant_mt=constant,
        points=points.loc[list(provinces.index)],
        offset_mt=-constant * points / 100,
        # 0 × inf is no number: without emissions there is nothing to be far from.
        distance_mt=(constant * distance * of_year / 100).where(constant > 0, 0.0),
        part=part,
        spread_points=spread,
        distance_points=distance,
        band_pct=(float(asked["band_pct"][0]), float(asked["band_pct"][1])),
        is_bound=asked["tiers"] == "bind",
    )


def _constant_mt(share: pd.Series, national_mt: pd.Series) -> pd.Series:
    """Emissions at constant intensity, of which the raw shares are what the national cut leaves."""
    year = share.index.get_level_values("year")
    total = pd.Series(national_mt.astype(float)[year].to_numpy(), index=share.index)
    return share * total / share.groupby(level="year").transform("sum")
