"""The four areas of China that planners speak of: east, central, west, northeast."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import StringIO

import pandas as pd

AREAS = ("east", "central", "west", "northeast")


@cache
def area_of_provinces() -> pd.Series:
    """The area of each province.

    Returns
    -------
    Series, index ``code``; one of ``AREAS``

    References
    ----------
    National Bureau of Statistics 2011, 东西中部和东北地区划分方法
    (how east, central, west and northeast are divided)
    """
    source = resources.files("capshare.reports.charts") / "areas.csv"
    return pd.read_csv(StringIO(source.read_text(encoding="utf-8")), dtype=str).set_index("code")["area"]
