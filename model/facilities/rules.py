"""Rules of a market for facilities: how quotas of a sector follow from emissions, output and a benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

Form = Literal["emissions", "band", "output"]
FORMS: tuple[Form, ...] = get_args(Form)
EMISSIONS, BAND, OUTPUT = FORMS


@dataclass(frozen=True, eq=False)
class SectorRule:
    """The rule of one sector in one year.

    Attributes
    ----------
    sector : what it is of
    form : "emissions" where the quota equals verified emissions; "band" where it follows the deviation from
        the benchmark within a band; "output" where it is benchmark times output, and heat
    slope : change of the quota, as a share of emissions, for a deviation of 1
    band : largest deviation that counts, on both sides
    benchmark : t CO2 per unit of output; None where none is stated for the sector
    classes : index unit_class; ``benchmark``, t CO2 per unit of output, and ``heat_benchmark``, t CO2 per
        GJ; without rows where the sector has no classes
    """

    sector: str
    form: Form
    slope: float
    band: float
    benchmark: float | None
    classes: pd.DataFrame


@dataclass(frozen=True)
class Terms:
    """Terms of the market that hold for every sector.

    Attributes
    ----------
    advance_share : of the previous year's emissions, issued in advance
    offset_share : of verified emissions, which offsets may cover
    carry_over_share : of what was carried from earlier years, which may be used
    price_yuan_per_t : of a quota
    penalty_multiple : fine for a tonne that is not covered, in prices of a quota
    """

    advance_share: float
    offset_share: float
    carry_over_share: float
    price_yuan_per_t: float
    penalty_multiple: float
