"""How far each choice of a study moves its result: one made otherwise at a time, and solved again."""

from __future__ import annotations

from typing import Any

import pandas as pd

from capshare.base.errors import CapshareError
from capshare.base.progress import counted
from capshare.base.years import in_year
from capshare.chain.prepared import PreparedStudy
from capshare.chain.solve import YearlyAllocations, solve_years
from capshare.chain.varied import varied
from capshare.model.outcome.sensitivity import Sensitivity, ranges
from capshare.model.targets.cuts import cut_pct
from capshare.study.choices import sides

SOLVED, UNSOLVED = "solved", "unsolved"
_NATION = ("value", "key", "status", "moved_mt", "price_yuan_per_t", "cost_1e8yuan", "reason")
_INDEX = ["choice", "side", "value", "code"]


def sensitivity(found: PreparedStudy, solved: YearlyAllocations) -> Sensitivity | None:
    """The last year's result with each choice made otherwise.

    Parameters
    ----------
    found, solved : of the run

    Returns
    -------
    Sensitivity, with the run itself for comparison in none of its rows; None where the study names no choice

    Raises
    ------
    CapshareError
        where a choice has a key or a value that no study has
    """
    asked = sides(found.study, found.path.name)
    if not asked:
        return None
    last = found.inputs.years[-1]
    own = _figures(found, in_year(solved.entitled, last)["quota_mt"], last)
    base = own["quota_mt"]
    nation: list[dict[str, Any]] = []
    provinces: dict[tuple[str, str, str], pd.DataFrame] = {}
    for side in counted("sensitivity", asked):
        row = {"choice": side.choice.choice, "side": side.side, "value": side.value, "key": side.choice.key}
        try:
            variant = varied(found, side.study)
            quotas, solution = solved_year(variant, variant.inputs.years[-1])
        except CapshareError as error:
            nation.append({**row, "status": UNSOLVED, "reason": next(error.lines())})
            continue
        moved = (quotas["quota_mt"] - base * (quotas["quota_mt"].sum() / base.sum())).abs().sum() / 2
        nation.append({**row, "status": SOLVED, "moved_mt": moved, **solution, "reason": side.choice.reason})
        provinces[row["choice"], row["side"], row["value"]] = quotas
    table = pd.DataFrame(nation).set_index(["choice", "side"])
    columns = [name for name in _NATION if name in table]
    joined = _joined(provinces, own)
    names = found.inputs.dataset.regions.names[["name_en", "name_zh"]]
    between = ranges(joined, own.iloc[:, -1])
    return Sensitivity(joined, table[columns], names.reindex(between.index).join(between))


def _joined(provinces: dict[tuple[str, str, str], pd.DataFrame], own: pd.DataFrame) -> pd.DataFrame:
    if not provinces:
        return pd.concat({("", "", ""): own.head(0)}, names=_INDEX)
    return pd.concat(provinces, names=_INDEX)


def solved_year(variant: PreparedStudy, year: int) -> tuple[pd.DataFrame, dict[str, float]]:
    """Quotas and cuts of a year, index code, and the nation's price and cost.

    Parameters
    ----------
    variant : of a study
    year : one of its years
    """
    if variant.numbers.year_rules.tie:
        whole = solve_years(variant, sides=False, losses=False)
        quota, caps = in_year(whole.entitled, year)["quota_mt"], in_year(whole.caps, year)
        price = caps["price_yuan_per_t"]
        cost = sum(allocation.objective_1e8yuan for allocation in whole.allocations.values())
    else:
        alone = variant.engine.allocate(variant.data(year))
        quota, price = alone.quantities["quota_mt"], alone.prices["price_yuan_per_t"]["cap"]
        cost = alone.objective_1e8yuan
    figures = {"cost_1e8yuan": float(cost)}
    if len(price) == 1:
        figures["price_yuan_per_t"] = float(price.iloc[0])
    return _figures(variant, quota, year), figures


def _figures(variant: PreparedStudy, quota_mt: pd.Series, year: int) -> pd.DataFrame:
    """Quotas of a year and, where GDP is known, the cuts that they are."""
    constant = variant.inputs.constant_intensity_mt(variant.study.study.base_year)
    table = quota_mt.rename("quota_mt").rename_axis("code").to_frame()
    if constant is not None:
        table["cut_pct"] = cut_pct(quota_mt, constant[year])
    return table
