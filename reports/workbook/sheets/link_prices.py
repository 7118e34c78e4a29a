"""What limits on the yearly change of quotas add to a province's prices; live where both years are shown."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label

LINKS = "links_price"
_RISE, _FALL = "rise_limit", "fall_limit"


def link_names(builder: WorkbookBuilder) -> tuple[str, ...]:
    """Name of the column of :func:`link_field`; none where nothing ties the years.

    Parameters
    ----------
    builder : its data is read
    """
    return (LINKS,) if _RISE in builder.data.outcome.prices.index.get_level_values("constraint") else ()


def links_price(builder: WorkbookBuilder) -> pd.Series:
    r"""What the limits on yearly change add for every province, index (year, code), yuan/t.

    .. math:: -\eta^+_i+\eta^-_i+(1+s)^n\eta^+_j-(1-s)^n\eta^-_j

    with j the same province in the next year allocated, n years later.

    Parameters
    ----------
    builder : its data is read: prices of the limits (yuan/t), and s
    """
    prices: dict[Label, float] = {}
    if link_names(builder):
        prices = builder.data.outcome.prices["price_yuan_per_t"].to_dict()

    def total(row: Label) -> float:
        return sum(factor * prices.get(label, 0.0) for factor, label in _terms(builder, row))

    return pd.Series({row: float(total(row)) for row in builder.data.rows})


def link_field(builder: WorkbookBuilder) -> Field:
    """The column of the sheet of prices.

    Parameters
    ----------
    builder : with the place of ``constraints``
    """
    source = builder.grids["constraints"]
    known, every = set(source.labels), set(builder.data.outcome.prices.index)

    def formula(row: Label) -> str:
        terms = [(factor, label) for factor, label in _terms(builder, row) if label in every]
        # The price of a year that is not shown stands on no sheet: the value is left.
        if not all(label in known for _, label in terms):
            return ""
        parts = [f"({factor!r})*{source.ref('price_yuan_per_t', label)}" for factor, label in terms]
        return "+".join(parts) or "0"

    return Field(LINKS, links_price(builder).to_dict(), "live", formula, PRICE)


def _terms(builder: WorkbookBuilder, row: Label) -> list[tuple[float, Label]]:
    """Factors and labels of the prices that a province's limits on yearly change have."""
    data, (year, code) = builder.data, row
    terms: list[tuple[float, Label]] = [(-1.0, (year, _RISE, code)), (1.0, (year, _FALL, code))]
    later = [other for other in data.all_years if other > year]
    if later:
        change, ahead = float(data.setting("smoothing.max_yearly_change", 0.0)), later[0] - year
        terms += [
            ((1 + change) ** ahead, (later[0], _RISE, code)),
            (-((1 - change) ** ahead), (later[0], _FALL, code)),
        ]
    return terms
