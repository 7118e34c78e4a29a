"""The national cap, and each year at a glance."""

from __future__ import annotations

import pandas as pd

from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations
from capshare.model.notes import at_bounds
from capshare.model.outcome.national_cap import NationalCap


def national_cap(found: PreparedStudy, solved: YearlyAllocations) -> NationalCap:
    """The cap of each year with what came of it.

    Parameters
    ----------
    found, solved : of the run
    """
    rows = {year: _year(found, solved, year) for year in solved.data}
    years = pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")
    return NationalCap(found.inputs.cap, found.inputs.cap_starts, years)


def _year(found: PreparedStudy, solved: YearlyAllocations, year: int) -> dict[str, float]:
    data = solved.data[year]
    q, prices = in_year(solved.entitled, year), in_year(solved.prices, year)
    price, bounds = prices["price_yuan_per_t"], at_bounds(prices)
    caps = price["cap"]
    return {
        "cap_mt": found.inputs.cap["cap_mt"][year],
        "emissions_mt": data.provinces["emissions_mt"].sum(),
        "abatement_mt": q["abatement_mt"].sum(),
        "purchase_mt": q["purchase_mt"].sum(),
        "uncovered_mt": q["uncovered_mt"].sum(),
        "cost_1e8yuan": q["cost_1e8yuan"].sum(),
        "price_yuan_per_t": float((caps * data.caps_mt.reindex(caps.index)).sum() / data.caps_mt.sum()),
        "market_price_yuan_per_t": float(price["market"].iloc[0]),
        **{f"at_{name}": int(bounds[name]) for name in ("deviation", "floor", "ceiling")},
    }
