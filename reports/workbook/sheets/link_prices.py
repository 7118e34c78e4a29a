"""What limits on the yearly change of quotas add to a province's prices; live where both years are shown."""

from __future__ import annotations

import pandas as pd

from capshare.reports.words.columns import PRICE
from capshare.reports.workbook.builder import WorkbookBuilder
from capshare.reports.workbook.grid import Field, Label
from capshare.reports.workbook.sheets.constraints import of_constraint

LINKS, _NEXT = "links_price", "next_year"
_RISE, _FALL = "rise_limit", "fall_limit"


def link_names(builder: WorkbookBuilder) -> tuple[str, ...]:
    """Names of the columns of :func:`link_fields`; none where no quota's change is limited.

    Parameters
    ----------
    builder : its data is read
    """
    if _RISE not in builder.data.outcome.prices.index.get_level_values("constraint"):
        return ()
    return (_NEXT, LINKS) if builder.data.several else (LINKS,)


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


def link_fields(builder: WorkbookBuilder) -> list[Field]:
    """The columns of the sheet of prices: the next of several years, and what the limits add.

    Parameters
    ----------
    builder : with the places of ``constraints`` and ``prices``, and the names of the assumptions
    """
    data, values = builder.data, links_price(builder).to_dict()
    if not data.several:
        # The change from the base year alone is limited.
        return [Field(LINKS, values, "live", lambda row: _own(builder, row), PRICE)]
    later = dict(zip(data.all_years, (*data.all_years[1:], ""), strict=True))
    following = Field(_NEXT, {row: later[row[0]] for row in data.rows}, unit="")
    if data.years != data.all_years:
        # The price of a year that is not shown stands on no sheet: the values are left.
        return [following, Field(LINKS, values, "solved", unit=PRICE)]
    return [following, Field(LINKS, values, "live", lambda row: _formula(builder, row), PRICE)]


def _formula(builder: WorkbookBuilder, row: Label) -> str:
    grid, change = builder.grids["prices"], builder.named("max_yearly_change")
    year, after = grid.at("year", row), grid.at(_NEXT, row)
    then_rise, then_fall = (of_constraint(builder, name, grid, row, _NEXT) for name in (_RISE, _FALL))
    ahead = f"({after}-{year})"
    then = f"(1+{change})^{ahead}*{then_rise}-(1-{change})^{ahead}*{then_fall}"
    return f"{_own(builder, row)}+IF(ISNUMBER({after}),{then},0)"


def _own(builder: WorkbookBuilder, row: Label) -> str:
    """What the limits on the row's own quota add, which hold it near the year before."""
    rise, fall = (of_constraint(builder, name, builder.grids["prices"], row) for name in (_RISE, _FALL))
    return f"{fall}-{rise}"


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
